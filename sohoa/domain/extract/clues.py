"""What a file's name says about the number: weak evidence that agrees or contradicts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ocr.vietnamese.folding import letters
from sohoa.domain.extract.calibration import FileNameShares
from sohoa.domain.extract.offices import IN_FILE_NAMES
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.vietnamese import nfc


@dataclass(frozen=True, slots=True)
class NameClue:
    """A number in the file's name; ``abbreviation`` is the type or office it stands beside, or empty.

    ``suffix`` are letters behind its digits: ``15b QĐ``.
    """

    number: str
    abbreviation: str
    share: float
    suffix: str = ""


def name_clues(file_name: str, types: TypeTable, shares: FileNameShares) -> tuple[NameClue, ...]:
    """Numbers of the name, those beside a type's abbreviation first; years and dates are left out."""
    stem = nfc(file_name).rsplit("/", 1)[-1]
    stem = re.sub(r"(\.signed|\.pdf|\.tiff?|\.jpe?g|\.png|_signed)+", " ", stem, flags=re.IGNORECASE)
    stem = re.sub(r"\(\d+\)\s*$", " ", stem.strip())  # a browser's second download
    stem = _without_years(
        re.sub(r"(?<!\d)\d{1,4}[-._]\d{1,2}[-._]\d{2,4}(?!\d)([-._]\d\d(?!\d))*", " ", stem)
    )
    marks = {letters(text) for kind in types.types for text in kind.abbreviations} | {
        letters(text) for text in IN_FILE_NAMES
    }
    clues: dict[str, NameClue] = {}
    for match in re.finditer(r"(?<!\d)(\d{1,5})(?!\d)((?:[a-eđA-EĐ]|bis|ter)(?![^\W\d_]))?", stem):
        number, suffix = match[1].lstrip("0"), match[2] or ""
        beside = _beside(stem, match.start(), match.end(), marks)
        if not number or (not beside and _is_year(number)):
            continue
        clue = NameClue(number, beside, shares.beside_abbreviation if beside else shares.bare, suffix)
        if number not in clues or clues[number].share < clue.share:
            clues[number] = clue
    return tuple(sorted(clues.values(), key=lambda clue: -clue.share))


def _without_years(stem: str) -> str:
    """The name without its years where it holds another number, too: ``15_QD-UBND_2019`` is number 15."""
    numbers = re.findall(r"(?<!\d)\d{1,5}(?!\d)", stem)
    if all(map(_is_year, numbers)):
        return stem
    return re.sub(r"(?<!\d)\d{4}(?!\d)", lambda match: " " if _is_year(match[0]) else match[0], stem)


def _is_year(number: str) -> bool:
    return 1945 <= int(number) <= 2100


def _beside(stem: str, start: int, end: int, marks: set[str]) -> str:
    after = re.match(r"[\s_./-]*([^\W\d_]+)", stem[end:])
    before = re.search(r"([^\W\d_]+)[\s_.-]*(?:s[oố])?[\s_.-]*$", stem[:start], re.IGNORECASE)
    for match in (after, before):
        if match and letters(match.group(1)) in marks:
            return match.group(1)
    return ""
