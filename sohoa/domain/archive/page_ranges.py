"""Page ranges of a file that holds several documents: ``1-3 4-6``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Range = tuple[int, int]
"""First and last page, 1-based, inclusive."""

_RANGE = re.compile(r"([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?")
_PART = re.compile(r"p([1-9]\d*)-([1-9]\d*)")


def parse_ranges(texts: Sequence[str], whole: Range) -> tuple[Range, ...]:
    """The ranges in order; together they are exactly the pages of ``whole``, so that no page is lost.

    ``4`` means ``4-4``. Raises ``ValueError`` with a sentence.
    """
    ranges = tuple(_range(text) for text in texts)
    if len(ranges) < 2:
        raise ValueError("a split needs at least two page ranges, like 1-3 4-6")
    expected = whole[0]
    for first, last in ranges:
        if first != expected or last < first:
            raise ValueError(
                f"the ranges must follow each other from page {whole[0]} on: {first}-{last} does not"
            )
        expected = last + 1
    if expected != whole[1] + 1:
        raise ValueError(f"the last range must end with page {whole[1]}")
    return ranges


def joined(ranges: Sequence[Range]) -> Range:
    """One range of several; raises ``ValueError`` where they are fewer than two or do not follow."""
    ranks = sorted(ranges)
    if len(ranks) < 2:
        raise ValueError("a merge needs at least two parts")
    for (_, last), (first, _) in pairwise(ranks):
        if first != last + 1:
            raise ValueError(f"page {last} and page {first} do not follow each other")
    return ranks[0][0], ranks[-1][1]


def part_name(pages: Range) -> str:
    """The ``part`` of a record id: ``p1-3``."""
    return f"p{pages[0]}-{pages[1]}"


def pages_of_part(part: str, count: int) -> Range:
    """The pages of a part; an empty part is the whole file of so many pages."""
    found = _PART.fullmatch(part)
    return (int(found[1]), int(found[2])) if found else (1, count)


def within(counts: Sequence[int], pages: Range) -> tuple[tuple[int, Range], ...]:
    """Where pages are that are numbered through files of so many pages each.

    The place of each file that holds some of them, from 0, with the pages inside that file.
    """
    found, before = list[tuple[int, Range]](), 0
    for place, count in enumerate(counts):
        first, last = max(pages[0] - before, 1), min(pages[1] - before, count)
        found += [(place, (first, last))] if first <= last else []
        before += count
    return tuple(found)


def _range(text: str) -> Range:
    found = _RANGE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no page range: write 1-3 or 4")
    return int(found[1]), int(found[2] or found[1])
