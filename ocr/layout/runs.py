"""Runs: words of one printed line with no gap as wide as between columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ocr.page import Box, Word

_COLUMN_GAP = 2.2
_SAME_ROW = 0.45
_GUTTER_REACH = 4.0


@dataclass(frozen=True)
class Run:
    """Neighbouring words of one line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        return Box.around(word.box for word in self.words)

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return self.box.middle[1]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def split_wide(line: Sequence[Word]) -> Iterator[Run]:
    """The line parted where the gap is more than twice the height of its print."""
    if not line:
        return
    words = sorted(line, key=lambda word: word.box.x)
    height = max(1, sorted(word.box.h for word in words)[len(words) // 2])
    start = 0
    for index in range(1, len(words)):
        if words[index].box.x - words[index - 1].box.right > _COLUMN_GAP * height:
            yield Run(tuple(words[start:index]))
            start = index
    yield Run(tuple(words[start:]))


def split_at_gap(run: Run, x: int, row: float) -> tuple[Run, ...]:
    """The run parted at its widest gap near ``x``, where it reaches across; else the run itself."""
    words = run.words
    best, cut = 0.0, 0
    for index in range(1, len(words)):
        before, after = words[index - 1].box.right, words[index].box.x
        if before <= x + row and after >= x - _GUTTER_REACH * row and after - before > best:
            best, cut = after - before, index
    if not cut or not run.box.x < x - row or run.box.right < x + row:
        return (run,)
    return Run(words[:cut]), Run(words[cut:])


def joined(runs: Sequence[Run]) -> Iterator[tuple[Word, ...]]:
    """Printed lines from top to bottom: runs at the same height become one, from left to right."""
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if line and not _same_row(line, run):
            yield _in_order(line)
            line = []
        line.append(run)
    if line:
        yield _in_order(line)


def _same_row(line: Sequence[Run], run: Run) -> bool:
    """Whether the run overlaps the line in height, and stands beside its parts, not on them."""
    tallest = max(line, key=lambda other: other.box.h)
    shared = min(tallest.box.bottom, run.box.bottom) - max(tallest.box.y, run.box.y)
    return shared > _SAME_ROW * min(tallest.box.h, run.box.h)


def _in_order(line: Sequence[Run]) -> tuple[Word, ...]:
    return tuple(word for run in sorted(line, key=lambda run: run.box.x) for word in run.words)
