"""The gutter of a sheet that two pages share: the strip between them, blank or with a crease in it.

Sought on a small levelled copy. Lengths are in units of a 297th of the sheet's height: millimetres where the
pages are A4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import radians, tan

import cv2
import numpy as np

from ocr.image import clean, transform
from ocr.image.raster import Gray, Mask

_WIDTHS = (1.15, 1.8)  # of its height
_LEAST_PX = 1.5  # of a unit: a smaller picture is a cutting
_UNITS = 297
_PX = 3  # of a unit on the small copy
_DPI = 75  # of the small copy where the pages are A4
_PRINT = 215
_SPECK = 1.2
_CREASE_PIECE, _CREASE_RIM, _CREASE_SHARE = 15.0, 1.5, 0.5
_MIDDLE = (0.4, 0.6)
_LEAST, _LEAST_AT_A_CREASE = 12.0, 5.0
_EDGE = 1.0
_BUSY_PERCENTILE, _FAINT_ROW = 90, 0.1
_ROW = (0.8, 10.0)
_WIDEST_BLANK = 8.0  # between words of a full row
_FULL_ROW, _FULL_ROWS = 0.5, 3
_TABLE = 30.0
_LEVEL, _LEAST_LEVEL, _LEVEL_SHARE = 0.8, 4, 0.8

_Span = tuple[int, int]


def find(sheet: Gray) -> int:
    """Where on a landscape sheet the right one of two pages begins, in its pixels; 0 for a single page.

    No print crosses the gutter from top to bottom, it lies near the middle, and it is wider than an outer
    margin or has a crease in it. One page at least reads like one, in full rows or by a table of its own; the
    other may be blank, but its rows are not those of the first, as one table's would be.
    """
    height, width = sheet.shape
    if not _WIDTHS[0] <= width / height <= _WIDTHS[1] or height < _LEAST_PX * _UNITS:
        return 0
    ratio = min(1.0, _PX * _UNITS / height)
    unit = ratio * height / _UNITS
    small = clean.flattened(clean.without_border(transform.coarse(sheet, ratio)), _DPI)
    skew = clean.skew_deg(np.where(small < _PRINT, np.uint8(0), np.uint8(255)), _DPI)
    dark = transform.levelled(small, skew) < _PRINT
    ink, is_creased = _without_crease(_without_specks(dark, unit), unit)
    slant = abs(tan(radians(skew))) * ink.shape[0]
    blank = _blank(ink, max((_LEAST_AT_A_CREASE if is_creased else _LEAST) * unit, slant + _EDGE * unit))
    if blank is None:
        return 0
    rim = min((blank[1] - blank[0]) // 2, round(slant / 2 + _EDGE * unit))
    middle = min(max(ink.shape[1] // 2, blank[0] + rim), blank[1] - rim)
    halves = _Half(ink[:, :middle], unit), _Half(ink[:, middle:][:, ::-1], unit)
    margins = [min(begin for begin, _ in half.full) for half in halves if half.full]
    apart = is_creased or blank[1] - blank[0] >= min(margins, default=0)
    return round(middle * width / ink.shape[1]) if apart and _are_two(*halves) else 0


def _without_specks(dark: Mask, unit: float) -> Mask:
    """What is dark, without dust."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    large = sides.max(axis=1) >= _SPECK * unit
    large[0] = False
    kept: Mask = large[labels]
    return kept


def _without_crease(ink: Mask, unit: float) -> tuple[Mask, bool]:
    """The ink without upright lines and shadows near the middle, and whether they run along a crease."""
    first, last = (round(share * ink.shape[1]) for share in _MIDDLE)
    upright = np.ones((round(_CREASE_PIECE * unit), 1), np.uint8)
    lines = cv2.morphologyEx(ink[:, first:last].astype(np.uint8), cv2.MORPH_OPEN, upright)
    if not lines.any():
        return ink, False
    rim = np.ones((1, 2 * round(_CREASE_RIM * unit) + 1), np.uint8)
    rest = ink.copy()
    rest[:, first:last] &= cv2.dilate(lines, rim) == 0
    return rest, bool(lines.any(axis=1).mean() >= _CREASE_SHARE)


def _blank(ink: Mask, least: float) -> _Span | None:
    """The widest blank strip from top to bottom that reaches into the middle."""
    first, last = (round(share * ink.shape[1]) for share in _MIDDLE)
    spans = (span for span in _spans(np.logical_not(ink.any(axis=0))) if span[1] > first and span[0] < last)
    widest = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    return widest if widest[1] - widest[0] >= least else None


@dataclass(frozen=True)
class _Half:
    """The print of one half of the sheet, from its outer edge inwards, of so many pixels a unit."""

    ink: Mask
    unit: float

    @cached_property
    def rows(self) -> list[_Span]:
        """Printed rows and whatever else stands between two blank rows, from top to bottom."""
        counts = self.ink.sum(axis=1)
        if not counts.any():
            return []
        busy = np.percentile(counts[counts > 0], _BUSY_PERCENTILE)
        return [*_spans(counts > _FAINT_ROW * busy)]

    @property
    def printed(self) -> list[float]:
        """Middles of the rows as high as print."""
        least, most = (height * self.unit for height in _ROW)
        return [(top + bottom) / 2 for top, bottom in self.rows if least <= bottom - top <= most]

    @cached_property
    def full(self) -> list[_Span]:
        """Columns of the full rows: those that fill half a page without a wide blank."""
        return [self._longest(*row) for row in self.rows if self._is_full(row)]

    def _is_full(self, row: _Span) -> bool:
        begin, end = self._longest(*row)
        return row[1] - row[0] >= _ROW[0] * self.unit and end - begin >= _FULL_ROW * self.ink.shape[1]

    @property
    def reads(self) -> bool:
        """Whether it has full rows of print."""
        highest = _ROW[1] * self.unit
        printed = [row for row in self.rows if row[1] - row[0] <= highest]
        return sum(self._is_full(row) for row in printed) >= _FULL_ROWS

    @property
    def is_page(self) -> bool:
        """Whether it has full rows of print, or a table."""
        tables = [row for row in self.rows if row[1] - row[0] >= _TABLE * self.unit]
        return self.reads or any(map(self._is_full, tables)) or len(self.full) >= _FULL_ROWS

    def _longest(self, top: int, bottom: int) -> _Span:
        """Columns of the widest run of ink without a wide blank."""
        inked = np.flatnonzero(self.ink[top:bottom].any(axis=0))
        wide = np.flatnonzero(np.diff(inked) > _WIDEST_BLANK * self.unit)
        begins, ends = np.append(inked[0], inked[wide + 1]), np.append(inked[wide], inked[-1])
        widest = int(np.argmax(ends - begins))
        return int(begins[widest]), int(ends[widest])


def _are_two(left: _Half, right: _Half) -> bool:
    if not left.rows or not right.rows:
        return left.reads or right.reads
    readable = left.is_page, right.is_page
    return all(readable) or (any(readable) and not _on_one_level(left, right))


def _on_one_level(left: _Half, right: _Half) -> bool:
    """Whether nearly every row of the half with fewer rows stands beside one of the other half."""
    fewer, more = sorted((left.printed, right.printed), key=len)
    near = sum(any(abs(one - other) <= _LEVEL * left.unit for other in more) for one in fewer)
    return len(fewer) >= _LEAST_LEVEL and near >= _LEVEL_SHARE * len(fewer)


def _spans(mask: Mask) -> Iterator[_Span]:
    """First and one past the last of every run of what is true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.view(np.int8), [0]))))
    return ((int(begin), int(end)) for begin, end in pairwise(edges) if mask[begin])
