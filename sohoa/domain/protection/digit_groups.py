"""Numbers as papers write them, in groups, and as OCR reads them: ``O`` for 0, ``I``, ``l`` and ``|`` for 1.

Texts are those of ``ocr.vietnamese.folding.fold_in_place``: an offset in them is one in the original.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

DIGIT = r"[0-9oil|]"
NUMBER_AHEAD = r"(?=[(+]?[oil|]{0,3}[0-9])"

_MOST_GROUPS = 9
_GROUP = re.compile(rf"[oil|]{{0,3}}[0-9]{DIGIT}*(?!\w)")
_GAP = re.compile(r"(?: {1,2}| ?[.\-–)] ?)(?=[0-9oil|(])\(?")
_GAP_OVER_LINES = re.compile(r"(?: {1,2}| ?[.\-–)] ?|\n)(?=[0-9oil|(])\(?")
_AS_DIGITS = str.maketrans("oil|", "0111")

Group = tuple[int, int]


def groups_at(text: str, start: int, *, over_lines: bool = False) -> list[Group]:
    """Groups of digits from there on, each with its start and end; a blank, dot or hyphen between them."""
    gap = _GAP_OVER_LINES if over_lines else _GAP
    found: list[Group] = []
    while len(found) < _MOST_GROUPS and (group := _GROUP.match(text, start)):
        found.append(group.span())
        between = gap.match(text, group.end())
        if between is None:
            break
        start = between.end()
    return found


def sizes(groups: Sequence[Group]) -> tuple[int, ...]:
    """How many digits each group has."""
    return tuple(end - start for start, end in groups)


def digits(text: str, groups: Sequence[Group]) -> str:
    """The digits of the groups, with what OCR confused set right."""
    return "".join(text[start:end] for start, end in groups).translate(_AS_DIGITS)


def is_number(text: str, groups: Sequence[Group]) -> bool:
    """Whether at least two thirds of it were read as digits."""
    signs = "".join(text[start:end] for start, end in groups)
    return 3 * sum(sign.isdecimal() for sign in signs) >= 2 * len(signs) > 0


def first_groups(groups: Sequence[Group], count: int) -> list[Group] | None:
    """The first groups that together have exactly so many digits, or None."""
    total = 0
    for number, (start, end) in enumerate(groups, start=1):
        total += end - start
        if total == count:
            return list(groups[:number])
    return None
