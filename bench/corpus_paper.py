"""One invented paper as a scan, with the truth about it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image

from bench.corpus_carriers import Carrier, carried
from bench.corpus_names import Clue
from bench.corpus_texts import generator
from tests.support.scanmaker import (
    Ageing,
    Document,
    Impression,
    as_bilevel_pdf,
    as_pdf,
    hard_pages,
    render_document,
)
from tests.support.scanmaker.ageing import aged
from tests.support.scanmaker.landscape import annex
from tests.support.scanmaker.layout import broken, words
from tests.support.scanmaker.typeface import Face

_SECRETS = {Impression.SECRET, Impression.TOP_SECRET}


@dataclass(frozen=True)
class Paper:
    """One scan: the name of its file without ending and what that is worth, the paper, how it was scanned.

    ``shelf`` is where it belongs, ``hard`` a kind of ``hard_pages``, ``landscape`` sets the body across as a
    table; fields that are ``unasked`` are left out of the truth; ``also`` are names as right as its own;
    ``cited`` are the number and notation of the paper that an annex names as its own, ``titled`` the heading
    that says all there is of the subject (``GIẤY PHÉP XÂY DỰNG``).
    """

    name: str
    clue: Clue
    document: Document
    ageing: Ageing
    dpi: int
    tone: str
    seed: int
    carrier: Carrier = Carrier.PLAIN
    shelf: str = ""
    hard: str = ""
    landscape: bool = False
    unasked: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cited: tuple[str, ...] = ()
    titled: str = ""

    @property
    def secret(self) -> bool:
        """Whether nothing of it may be read."""
        return self.carrier is Carrier.STAMPED or bool(_SECRETS & set(self.document.impressions))

    def pdf(self) -> bytes:
        """The file as a scanner, or what comes after it, delivers it."""
        if self.hard:
            return hard_pages(self.hard, self.document, self.seed).pdf()
        pages = self._pages()
        chance = generator(f"{self.seed}/{self.name}/{self.carrier}")
        return carried(self.carrier, self.document, pages, self.dpi, self._written, chance)

    def _pages(self) -> list[Image.Image]:
        if not self.landscape:
            return render_document(self.document, self.ageing, self.dpi, self.seed)
        page = annex(self.document.body, self.dpi)
        return [aged(page, self.ageing, self.dpi, np.random.default_rng(self.seed))]

    def _written(self, pages: Sequence[Image.Image], dpi: int) -> bytes:
        if self.tone == "bilevel":
            return as_bilevel_pdf(pages, dpi)
        return as_pdf(pages if self.tone == "colour" else [_gray(page) for page in pages], dpi)

    def truth(self) -> dict[str, Any]:
        """The fields by their names in the collections; of a secret paper nothing but its outcome."""
        if self.secret:
            return {"outcome": "quarantined"}
        paper = self.document
        number, notation = self.cited or (paper.number, paper.notation)
        fields = {
            "so": number,
            "ky_hieu": notation,
            "ngay_ban_hanh": paper.issued.isoformat() if paper.issued else "",
            "co_quan_ban_hanh": paper.organ_name,
            "loai_van_ban": paper.type_name,
            "trich_yeu": " ".join(paper.subject) or self.titled,
            "nguoi_ky": paper.signer,
        }
        lacking = {"so": "code_number", "ky_hieu": "code_notation", "ngay_ban_hanh": "issued_date",
                   "trich_yeu": "subject", "nguoi_ky": "signer_name"}  # fmt: skip
        scan = {"dpi": self.dpi, "tone": self.tone, "handwritten": paper.handwritten,
                "clue": self.clue.value, "carrier": self.carrier.value,
                "signers": 1 + len(paper.co_signers), "hard": self.hard,
                "year": paper.year}  # fmt: skip
        absent = [name for key, name in lacking.items() if not fields[key] and name not in self.unasked]
        found = fields | {"absent": absent, "scan": scan}
        also = {name: list(names) for name, names in self.also.items() if names}
        return found | {"shelf": self.shelf, "also": also} if self.shelf else found


def _gray(page: Image.Image) -> Image.Image:
    return page.convert("L")


def ageing_of(chance: random.Random, year: int, tone: str) -> Ageing:
    """What the years since did to a paper, and the scanner."""
    near = chance.uniform
    age = min(1.0, max(0.0, (2027 - year) / 28)) * near(0.2, 1)
    paper = tuple(round(255 - depth * age) for depth in (14, 22, 45))
    return Ageing(
        skew_deg=round(near(-1.2, 1.2), 2),
        tint=(255, 255, 255) if tone == "bilevel" else (paper[0], paper[1], paper[2]),
        fade=round(0.25 * age * near(0.3, 1), 3),
        blur_px=round(near(0.3, 0.8), 2),
        noise=round(near(0, 4), 1),
        blotch=round(8 * age, 1) if chance.random() < 0.4 else 0.0,
        specks=chance.randrange(0, 90),
        edge_shadow=chance.random() < 0.2,
    )


def broken_lines(text: str, width: float, size: float, face: Face, *, is_letter: bool) -> tuple[str, ...]:
    """A subject in lines no wider than ``width`` points."""
    if not text:
        return ()
    room = width - (22 if is_letter else 0)  # ``V/v`` stands before the first line
    lines: Sequence[Sequence[Any]] = broken(words(text, face, size), room, width)
    return tuple(" ".join(piece.text for piece in line) for line in lines)
