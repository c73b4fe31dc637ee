"""Reading errors against closed lists: a known name but for its marks, or but for one letter.

Only for fields with a closed vocabulary, never for running text. Names that lie equally near decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from ocr.vietnamese.folding import fold
from sohoa.domain.vietnamese import normalise

_LEAST_LETTERS = 3  # words of Vietnamese that are shorter have another word beside them at every letter


class Slip(IntEnum):
    """What was misread, the least first."""

    NONE = 0
    MARKS = 1
    LETTER = 2


def slip(read: str, known: str) -> Slip | None:
    """How the reading differs from the name; None where it is another name.

    A letter is one letter of one word, wrong, lost or too many.
    """
    if toned(read) == toned(known):
        return Slip.NONE
    words, others = fold(normalise(read)).split(), fold(normalise(known)).split()
    if words == others:
        return Slip.MARKS
    if len(words) != len(others):
        return None
    (one, other), *more = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if more or min(len(one), len(other)) < _LEAST_LETTERS or Levenshtein.distance(one, other) > 1:
        return None
    return Slip.LETTER


def nearest(read: str, names: Iterable[str], most: Slip = Slip.LETTER) -> tuple[str, Slip] | None:
    """The listed name that was misread and how; None where none is near, or several are equally near."""
    found: dict[Slip, set[str]] = {}
    for name in names:
        how = slip(read, name)
        if how is not None and how <= most:
            found.setdefault(how, set()).add(name)
    if not found:
        return None
    least = min(found)
    return (found[least].pop(), least) if len(found[least]) == 1 else None


def toned(text: str) -> str:
    """The text with its marks in small letters and the present place of the tone: for comparing."""
    return normalise(text).casefold()
