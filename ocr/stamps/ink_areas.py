"""Shapes of stamps and seals in a coloured ink: where they are, how they are tilted, their frames.

Sizes: round seals 36-42 mm (rule of 1994 and circulars 08/2003, 21/2012), secrecy stamps 20-40 x 8 mm
with two frames (Thông tư 24/2020/TT-BCA), urgency stamps 20-40 x 8 mm with one (Nghị định 30/2020).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocr.image import areas
from ocr.image.raster import Mask
from ocr.page import Box
from ocr.stamps import frames_touched

_MM_PER_INCH = 25.4
_SEAL_MM = (29.0, 47.0)
_SEAL_ASPECT = 1.25
_STAMP_WIDTH_MM = (9.0, 110.0)
_STAMP_HEIGHT_MM = (4.0, 60.0)
_SMALL_MM = (5.5, 16.0, 14.0, 50.0)
_INK = (0.07, 0.75)  # paler is soiling, fuller a painted area or a picture
_LARGE_MM = 24.0
_LETTERED = 0.2
_LEAST_SIDE_MM = 4.0
_LEAST_POINTS = 20
_TILT_SAMPLE = 300
_TILT_POINTS = 1000
_HUNDRED = 100
_REACH_CELLS = 2
_LINE_SHARE = 0.6
_SIDE_SHARE = 0.45  # of the height: further inside, stems of letters are no frame
_THICKEST = 0.25  # of the stamp's height: two frames run into one
_EDGE = 0.15
_MAX_TILT_DEG = 45


@dataclass(frozen=True, slots=True)
class Area:
    """A patch of ink: its box on the page, and the smallest rectangle around it.

    ``tilt_deg`` levels the rectangle when the page is turned counter-clockwise by it; ``wide_mm`` and
    ``high_mm`` are the level rectangle's sides, ``fill`` the share of it that is ink.
    """

    box: Box
    tilt_deg: float
    wide_mm: float
    high_mm: float
    fill: float

    @property
    def is_seal(self) -> bool:
        """Whether it has the size and shape of a round seal."""
        short, long = sorted((self.wide_mm, self.high_mm))
        return _SEAL_MM[0] <= short and long <= _SEAL_MM[1] and long <= _SEAL_ASPECT * short

    @property
    def is_stamp_sized(self) -> bool:
        """Whether a stamp may be so wide and high."""
        return (
            _STAMP_WIDTH_MM[0] <= self.wide_mm <= _STAMP_WIDTH_MM[1]
            and _STAMP_HEIGHT_MM[0] <= self.high_mm <= _STAMP_HEIGHT_MM[1]
        )

    @property
    def is_large(self) -> bool:
        """Whether it is higher and wider than any mark: several stamps that touch, or a stamp and a seal."""
        return min(self.wide_mm, self.high_mm) > _LARGE_MM

    @property
    def is_lettered(self) -> bool:
        """Whether it is as full and as high as lines of bold capitals are, unlike what a pen writes."""
        short, long = sorted((self.wide_mm, self.high_mm))
        return self.fill >= _LETTERED and short <= _SMALL_MM[1] and long <= 2 * _SMALL_MM[3]

    @property
    def is_small_stamp(self) -> bool:
        """Whether it has the size of a secrecy or urgency mark, worn edges allowed."""
        short, long = sorted((self.wide_mm, self.high_mm))
        return _SMALL_MM[0] <= short <= _SMALL_MM[1] and _SMALL_MM[2] <= long <= _SMALL_MM[3]


@dataclass(frozen=True, slots=True)
class Frame:
    """How many frame lines surround a stamp's text, and the box inside the innermost."""

    lines: int
    inside: Box


def stamp_areas(ink: Mask, dpi: int) -> list[Area]:
    """What may be seals and stamps, from top to bottom; parts inside a larger one are left out.

    Frames that touch something else are areas of their own, too.
    """
    boxes = sorted(areas.areas(ink, areas.cell_px(dpi), _REACH_CELLS), key=lambda box: -box.w * box.h)
    outer: list[Box] = []
    for box in boxes:
        if min(box.w, box.h) / dpi * _MM_PER_INCH >= _LEAST_SIDE_MM and not any(
            o.holds(box.middle) for o in outer
        ):
            outer.append(box)
    found = [_area(ink, box, dpi) for box in outer]
    found += [
        _area(ink, box, dpi)
        for area in found
        if area.is_large and not area.is_seal
        for box in frames_touched.frames(ink, area.box, dpi)
    ]
    kept = (
        area for area in found if _INK[0] <= area.fill <= _INK[1] and (area.is_seal or area.is_stamp_sized)
    )
    return sorted(kept, key=lambda area: (area.box.y, area.box.x))


def _area(ink: Mask, box: Box, dpi: int) -> Area:
    crop = ink[box.y : box.bottom, box.x : box.right]
    step = max(1, max(crop.shape) // _TILT_SAMPLE)
    ys, xs = np.nonzero(crop[::step, ::step])
    count = len(ys)
    if count < _LEAST_POINTS:
        return Area(box, 0.0, 0.0, 0.0, 0.0)
    thinned = slice(None, None, max(1, count // _TILT_POINTS))
    ys, xs = ys[thinned], xs[thinned]

    def extents(angle: float) -> tuple[float, float]:
        turn = np.radians(angle)
        across, down = xs * np.cos(turn) - ys * np.sin(turn), xs * np.sin(turn) + ys * np.cos(turn)
        wide, high = (_spread(values) + 1 for values in (across, down))
        return wide, high

    def badness(angle: float) -> float:
        wide, high = extents(angle)
        # A tilt must save area to be believed: stamps stand level more often than not.
        return wide * high * (1 + abs(angle) / 900)

    coarse = min(np.arange(-_MAX_TILT_DEG, _MAX_TILT_DEG + 1, 3.0), key=badness)
    tilt = float(min(np.arange(coarse - 2, coarse + 2.1, 0.5), key=badness))
    wide, high = extents(tilt)
    scale = step / dpi * _MM_PER_INCH
    return Area(box, -tilt, wide * scale, high * scale, count / (wide * high))


def _spread(values: npt.NDArray[np.float64]) -> float:
    """How far apart the values lie, the outermost hundredth at either end left out."""
    off = len(values) // _HUNDRED
    ordered = np.partition(values, (off, len(values) - 1 - off))
    return float(ordered[len(values) - 1 - off] - ordered[off])


def frame(dark: Mask) -> Frame:
    """Frame lines of a levelled stamp, counted on its four sides.

    The outermost line of a side lies at its edge, and lines are thin: letters that fill a row are none.
    """
    height, width = dark.shape
    reach = min(width / 3, _SIDE_SHARE * height)
    rows, columns = (_thin(_lines(dark.mean(axis=axis)), height) for axis in (1, 0))
    top = _from_edge([line for line in rows if line[1] < height / 2], height)
    bottom = _from_edge([_flipped(line, height) for line in rows if line[0] > height / 2], height)
    left = _from_edge([line for line in columns if line[1] < reach], height)
    right = _from_edge([_flipped(line, width) for line in columns if line[0] > width - reach], height)
    counts = sorted(len(side) for side in (top, bottom, left, right))
    if not counts[1]:
        return Frame(0, Box(0, 0, width, height))
    x, y, right_off, bottom_off = (
        max((end for _, end in side), default=0) for side in (left, top, right, bottom)
    )
    return Frame(counts[1], Box(x, y, width - right_off - x, height - bottom_off - y))


_Line = tuple[int, int]


def _thin(lines: list[_Line], height: int) -> list[_Line]:
    return [line for line in lines if line[1] - line[0] <= _THICKEST * height]


def _flipped(line: _Line, length: int) -> _Line:
    """The same line counted from the other edge."""
    return length - line[1], length - line[0]


def _from_edge(lines: list[_Line], height: int) -> list[_Line]:
    """The lines of a side, counted from its edge: none where the first is too far inside, none far behind it.

    What is level further inside are letters: the bars of two ``T``.
    """
    found: list[_Line] = []
    for start, end in sorted(lines):
        if start - (found[-1][1] if found else 0) > _EDGE * height:
            break
        found.append((start, end))
    return found


def _lines(shares: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """First and one past the last index of each group of rows (or columns) that are nearly all ink."""
    found: list[tuple[int, int]] = []
    for index in np.flatnonzero(shares > _LINE_SHARE):
        if found and index <= found[-1][1]:
            found[-1] = found[-1][0], int(index) + 1
        else:
            found.append((int(index), int(index) + 1))
    return found
