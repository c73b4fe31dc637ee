"""The kinds of hard pages by name, and a document's pages as such a kind gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from tests.support.scanmaker.ageing import GOOD, WORN, Ageing, aged
from tests.support.scanmaker.document import Document, load_document
from tests.support.scanmaker.hard import camera, ink, marks, paper
from tests.support.scanmaker.hard.pixels import Effect
from tests.support.scanmaker.painting import render_document
from tests.support.scanmaker.two_up import Crease, Joint, two_up
from tests.support.scanmaker.typesetting import text_of
from tests.support.scanmaker.writers import as_bilevel_pdf, as_pdf

_UNAGED = Ageing(blur_px=0)
_GREY, _BILEVEL = "grey", "bilevel"
_PAINT_DPI = 200

EFFECTS: Mapping[str, Effect] = {
    "ribbon": ink.ribbon,
    "carbon": ink.carbon,
    "mimeograph": ink.mimeograph,
    "dot_matrix": ink.dot_matrix,
    "coloured_paper": paper.coloured,
    "bleed_through": paper.bleed_through,
    "punched": paper.punched,
    "negative": paper.negative,
    "penned": marks.penned,
    "photographed": camera.photographed,
    "curved": camera.curved,
    "held": camera.held,
    "shaded": camera.shaded,
}
"""Each effect alone: ``EFFECTS[name](page, dpi, rng)``."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How it is set (``typed``, so many words ``struck`` out), scanned, and what more the file holds.

    ``before`` the scanner print and paper change, ``after`` it the scan.
    """

    before: tuple[Effect, ...] = ()
    ageing: Ageing = GOOD
    after: tuple[Effect, ...] = ()
    typed: bool = False
    struck: int = 0
    dpi: int = _PAINT_DPI
    tone: str = "colour"
    extra: str = ""


KINDS: Mapping[str, _Kind] = {
    "plain": _Kind(),
    "grey": _Kind(tone=_GREY, ageing=WORN),
    "bilevel": _Kind(tone=_BILEVEL),
    "dpi_98": _Kind(dpi=98),
    "dpi_120": _Kind(dpi=120, tone=_GREY),
    "photograph": _Kind(after=(camera.photographed,)),
    "curved_photograph": _Kind(after=(camera.curved,)),
    "fingers": _Kind(after=(camera.held,)),
    "shadow": _Kind(after=(camera.shaded,)),
    "typewriter": _Kind(typed=True, before=(ink.ribbon,), ageing=WORN),
    "carbon_copy": _Kind(typed=True, before=(ink.carbon,), ageing=WORN),
    "struck_words": _Kind(typed=True, struck=6, before=(ink.ribbon,)),
    "typed_grey": _Kind(typed=True, before=(ink.ribbon,), ageing=WORN, tone=_GREY, dpi=150),
    "pen_marks": _Kind(before=(marks.penned,)),
    "dot_matrix": _Kind(typed=True, before=(ink.dot_matrix,)),
    "mimeograph": _Kind(typed=True, before=(ink.mimeograph,), ageing=replace(WORN, tint=(226, 208, 170))),
    "bleed_through": _Kind(before=(paper.bleed_through,)),
    "coloured_paper": _Kind(before=(paper.coloured,)),
    "punched": _Kind(after=(paper.punched,)),
    "negative": _Kind(after=(paper.negative,), tone=_GREY),
    "two_up": _Kind(extra="two_up"),
    "landscape_table": _Kind(extra="table"),
    "picture_of_page": _Kind(extra="picture"),
}


@dataclass(frozen=True, slots=True)
class HardPages:
    """Pages as pictures at ``dpi``, what each of them says ("" where that is not known), their tone."""

    pages: tuple[Image.Image, ...]
    texts: tuple[str, ...]
    dpi: int
    tone: str

    def pdf(self) -> bytes:
        """The pages as a file: bilevel without loss, others as JPEG."""
        if self.tone == _BILEVEL:
            return as_bilevel_pdf(self.pages, self.dpi)
        return as_pdf([page.convert("L") if self.tone == _GREY else page for page in self.pages], self.dpi)


def hard_pages(name: str, document: Document, seed: int = 1) -> HardPages:
    """The document's pages in the kind of that name; the same arguments give the same pixels."""
    kind = KINDS[name]
    document = replace(document, typed=kind.typed, struck=kind.struck)
    painted = render_document(document, _UNAGED, _PAINT_DPI, seed)
    texts = text_of(document)
    rng = np.random.default_rng([seed, len(painted)])
    if kind.extra == "table":
        painted[1:1], texts[1:1] = [marks.table_aside(_PAINT_DPI, rng)], [""]
    elif kind.extra == "picture":
        painted, texts = [*painted, marks.pictured(_another(seed), _PAINT_DPI)], [*texts, ""]
    pages = [_scanned(page, kind, rng) for page in painted]
    if kind.extra == "two_up":
        pages, texts = _paired(pages, texts)
    return HardPages(tuple(pages), tuple(texts), kind.dpi, kind.tone)


def _another(seed: int) -> Image.Image:
    return render_document(load_document("kh_212"), _UNAGED, _PAINT_DPI, seed)[0]


def _scanned(page: Image.Image, kind: _Kind, rng: np.random.Generator) -> Image.Image:
    for effect in kind.before:
        page = effect(page, _PAINT_DPI, rng)
    page = aged(page, kind.ageing, _PAINT_DPI, rng)
    for effect in kind.after:
        page = effect(page, _PAINT_DPI, rng)
    share = kind.dpi / _PAINT_DPI
    size = round(page.width * share), round(page.height * share)
    return page if share == 1 else page.resize(size, Image.Resampling.LANCZOS)


def _paired(pages: list[Image.Image], texts: list[str]) -> tuple[list[Image.Image], list[str]]:
    """Two pages a sheet, the last one maybe alone beside a blank one."""
    joint = Joint(apart_mm=2.0, crease=Crease.SHADOW)
    sheets, said = [], []
    for first in range(0, len(pages), 2):
        right = pages[first + 1] if first + 1 < len(pages) else None
        sheets.append(two_up(pages[first], right, _PAINT_DPI, joint))
        said.append("\n".join(texts[first : first + 2]))
    return sheets, said
