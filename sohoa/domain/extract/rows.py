"""Rows of print that were read as one line: cut apart again before rules look at lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ocr.page import Box, Line, Page, Word

_TALL = 1.7  # heights of its words: a line that is higher may hold two rows, or be skewed
_APART = 0.6  # heights: middles of words on one row are closer, even on a skewed page
_LEAST = 2  # words of a row
_SHARED = 0.5  # of the shorter row's width


def with_rows(page: Page) -> Page:
    """The page with every line that holds words of several rows cut into those rows, from top to bottom."""
    lines = tuple(row for line in page.lines for row in _rows(line))
    return page if len(lines) == len(page.lines) else replace(page, lines=lines)


def _rows(line: Line) -> Iterator[Line]:
    height = median(word.box.h for word in line.words)
    words = sorted(line.words, key=lambda word: word.box.middle[1])
    rows = [*_groups(words, _APART * height)] if line.box.h > _TALL * height else []
    if not all(_below(one, other) for one, other in pairwise(rows)):
        rows = []
    if not rows:
        yield line
    for row in rows:
        yield Line(tuple(sorted(row, key=lambda word: word.box.x)), line.zone)


def _groups(words: Sequence[Word], apart: float) -> Iterator[list[Word]]:
    begin = 0
    for index, (above, below) in enumerate(pairwise(words), 1):
        if below.box.middle[1] - above.box.middle[1] > apart:
            yield list(words[begin:index])
            begin = index
    yield list(words[begin:])


def _below(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether both are rows, one below the other; words that stand one after the other are slanting."""
    first, second = (Box.around(word.box for word in row) for row in (one, other))
    shared = min(first.right, second.right) - max(first.x, second.x)
    return min(len(one), len(other)) >= _LEAST and shared > _SHARED * min(first.w, second.w)
