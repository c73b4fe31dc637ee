"""What registries, scanning shops and telephones call the files of papers; some names mislead."""

from __future__ import annotations

import random
import re
from datetime import date
from enum import StrEnum

from sohoa.domain.search.folding import fold_plain
from tests.support.scanmaker import Document


class Clue(StrEnum):
    """What a file's name says about its paper."""

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"


_RIGHT_SHARE, _WRONG_SHARE = 0.45, 0.2


def file_name(chance: random.Random, document: Document, day: date, index: int) -> tuple[str, Clue]:
    """A name without ending; a paper without number is now and then called after another one."""
    turn = chance.random()
    if turn < _WRONG_SHARE:
        number, year = _another(chance, document.number, day.year)
        return _named(chance, document, number, year, day), Clue.WRONG
    if turn < _WRONG_SHARE + _RIGHT_SHARE and document.number:
        return _named(chance, document, document.number, day.year, day), Clue.RIGHT
    return _counted(chance, day, index), Clue.NONE


def _another(chance: random.Random, number: str, year: int) -> tuple[str, int]:
    """Another number, often one nearby, now and then another year, too."""
    own = _digits(number)
    near = chance.random() < 0.4 and own > 0
    other = own + chance.randrange(1, 4) if near else chance.randrange(1, 3000)
    year += chance.choice((0, 0, -1, 1, 3))
    return f"{other + (other == own):02d}", year


def _digits(number: str) -> int:
    """The number without the letters behind it."""
    found = re.match(r"\d+", number)
    return int(found[0]) if found else 0


def _named(chance: random.Random, document: Document, number: str, year: int, day: date) -> str:
    """Number, type and year in one of the manners of registries."""
    notation = re.sub(r"^\d+/", "", document.notation) or "QĐ-UBND"
    mark = fold_plain(notation).upper().replace(" ", "-")
    first = mark.split("-")[0]
    return chance.choice((
        f"{number} {mark}", f"{first}-{_digits(number):04d}-{year}", f"{number}-{mark}.signed",
        f"{first} so {number}", f"{number}_{mark}_{year}", f"{year}_{number}_{mark}", f"{number}{first}",
        f"{number}.{mark}", f"{first} {number} ({day.day}-{day.month}-{year})", f"{mark} {number} nam {year}",
    ))  # fmt: skip


def _counted(chance: random.Random, day: date, index: int) -> str:
    """What scanners and telephones count, a file code, or words."""
    made = f"{chance.randrange(2019, 2026)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    return chance.choice((
        f"scan_{day.year}_{index:04d}", f"scan{chance.randrange(1, 400):04d}", f"IMG_{made}_{index:06d}",
        f"IMG_{chance.randrange(1, 9999):04d}", f"SKM_C250i{made}{index:04d}",
        f"Doc{chance.randrange(1, 90)}", "van ban",
        f"H49.64.33.{day.year}.{chance.randrange(1, 300)}.{chance.randrange(1, 60):03d}",
    ))  # fmt: skip
