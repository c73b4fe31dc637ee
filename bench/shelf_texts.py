"""Names of people of several peoples, subjects, and bodies of consolidated texts, forms and annexes."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

from bench.corpus_texts import filled
from tests.support.scanmaker import Document

Words = Mapping[str, Any]
_PROGRAM_LETTERS = 40


def person(chance: random.Random, words: Words) -> str:
    """Somebody's name; ``H'`` and what follows are one word."""
    forms = words["people"]
    form = chance.choices(forms, [one["weight"] for one in forms])[0]
    parts = [chance.choice(stock) for stock in form["parts"]]
    if form.get("glued"):
        parts[:2] = ["".join(parts[:2])]
    return " ".join(parts)


@dataclass(frozen=True)
class Topic:
    """What a paper is about and the words that may open its subject; "" has none."""

    thing: str
    openings: Sequence[str]

    def about(self, chance: random.Random, slots: Mapping[str, str]) -> str:
        """The subject as printed."""
        opening = chance.choice(self.openings)
        return filled(f"{opening} {self.thing}".strip(), slots) if opening else ""


def folded(text: str) -> str:
    """Without marks, as English heads print names."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def consolidated_body(chance: random.Random, slots: Mapping[str, str], heading: str) -> tuple[str, ...]:
    """What is consolidated, and by what it was amended."""
    mark = "NĐ-CP" if heading == "NGHỊ ĐỊNH" else "TT-BCT"
    first, second = (f"{chance.randrange(2, 180)}/{int(slots['y']) - back}/{mark}" for back in (4, 1))
    kind = heading.capitalize()
    return (
        f"{kind} số {first} ngày 12 tháng 3 năm {int(slots['y']) - 4}, có hiệu lực kể từ ngày 01 tháng 5 năm "
        f"{int(slots['y']) - 4}, được sửa đổi, bổ sung bởi:",
        f"{kind} số {second} ngày 20 tháng 6 năm {int(slots['y']) - 1}, có hiệu lực kể từ ngày 05 tháng 8 "
        f"năm {int(slots['y']) - 1}.",
    )


def form_body(
    chance: random.Random, words: Words, slots: Mapping[str, str], cited: str, style: str
) -> tuple[str, ...]:
    """A form to fill in, or an annex that says what it belongs to."""
    if style == "form":
        return tuple(words["blanks"])
    rows = chance.sample(words["rows"], 5)
    listed = [f"{row}. {thing} xã {slots['x']}: {chance.randrange(40, 900)} triệu đồng"
              for row, thing in enumerate(rows, 1)]  # fmt: skip
    return (f"={annex_title(chance, words)}", f"~{annex_source(slots, cited)}", *listed)


def signed_forms(
    chance: random.Random, words: Words, shelf: Words, agency: Words, document: Document, day: date
) -> dict[str, Any]:
    """How a paper is signed where no pen does it under one name: lines of a program, a table of several.

    A shelf without such signs draws no chance.
    """
    if "posts" in agency:
        first, *others = agency["posts"]
        rows = [(document.signer, first), *((person(chance, words), post) for post in others)]
        return {"signed_rows": tuple(rows if chance.random() < 0.6 else chance.sample(rows, len(rows)))}
    if "program_signed" not in shelf:
        return {}
    hour, minute = chance.randrange(7, 18), chance.randrange(60)
    at = f"{day.day:02d}-{day.month:02d}-{day.year} {hour:02d}:{minute:02d}:07"
    post = document.signer_position.capitalize()
    slots = {"organ": document.organ_name, "at": at, "mail": "vanthu", "post": post}
    of_person, of_agency = (chance.choice(words["programs"]) for _ in range(2))
    found = {"signature_text": _short_lines(of_person, slots | {"who": document.signer})}
    if chance.random() < 0.5:
        lines = (of_agency[0], of_agency[-1])
        found["head_signature"] = _short_lines(lines, slots | {"who": document.organ_name})
    return found


def _short_lines(patterns: Sequence[str], slots: Mapping[str, str]) -> tuple[str, ...]:
    """The lines, those that are too long for their place broken."""
    return tuple(part for pattern in patterns for part in wrap(filled(pattern, slots), _PROGRAM_LETTERS))


def annex_title(chance: random.Random, words: Words) -> str:
    """What an annex lists."""
    return str(chance.choice(words["annexes"])).upper()


def annex_source(slots: Mapping[str, str], cited: str) -> str:
    """The paper that an annex belongs to."""
    kind = "Quyết định" if "QĐ" in cited else "Kế hoạch"
    source = "(Kèm theo {kind} số {cited} ngày {day}/{month}/{y} của UBND tỉnh {p})"
    return filled(source, {**slots, "kind": kind, "cited": cited})
