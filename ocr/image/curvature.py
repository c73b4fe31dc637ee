"""Lines that are bent because the paper did not lie flat: how, found from the print itself, and straightened.

Only heights change: lines that rise and fall are levelled, letters keep their width.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image import strokes
from ocr.image.raster import Gray
from ocr.image.strokes import Floats
from ocr.page import Box

_LEAST_PRINT = 1500
_WHITE = 255
_PARTS = ((3, 2), (6, 5))  # columns and rows that the page is looked at in, first roughly
_STEEPEST = 0.08
_ROUGH_SLOPES = (-0.03, -0.02, -0.01, 0.01, 0.02, 0.03)
_LEAST_SLOPING = 0.25  # share of the print
_LEAST_POINTS = 60
_LEAST_PARTS = 8
_POWERS = tuple((i, j) for i in range(4) for j in range(3))  # of the place across and down, in the slope
_CALM = 0.02  # on the polynomial: against waves that few parts speak for
_ROUNDS = 3
_OUTLIER = 0.008
_LEAST_BEND_INCHES = 0.02
_LEAST_GAINS = (1.05, 1.06)  # of the sharpness of lines: of a part at a slope, of the page


@dataclass(frozen=True, slots=True)
class Curve:
    """How far below its level place the print lies, by where it is on a page of that size in pixels."""

    width: int
    height: int
    slopes: tuple[float, ...]

    def straightened(self, page: Gray) -> Gray:
        """The page with level lines."""
        xs, ys = np.meshgrid(np.arange(self.width), np.arange(self.height))
        lower = (ys + self.below(xs, ys)).astype(np.float32)
        across = xs.astype(np.float32)
        straight = cv2.remap(page, across, lower, cv2.INTER_CUBIC, borderValue=_WHITE)
        return np.asarray(straight, dtype=np.uint8)

    def on_page(self, box: Box) -> Box:
        """The box of something straightened where it is on the bent page."""
        x, y = (np.asarray([place]) for place in box.middle)
        return Box(box.x, box.y + round(float(self.below(x, y)[0])), box.w, box.h)

    def below(self, xs: npt.NDArray[Any], ys: npt.NDArray[Any]) -> Floats:
        """By how much, at places in pixels: the slopes summed up from the middle of the page."""
        across, down = (2 * place / side - 1 for place, side in ((xs, self.width), (ys, self.height)))
        total = np.zeros(np.shape(across))
        for (i, j), slope in zip(_POWERS, self.slopes, strict=True):
            total += slope * across ** (i + 1) / (i + 1) * down**j
        return total * self.width / 2


def found(page: Gray, dpi: int, skew_deg: float) -> Curve | None:
    """How the lines are bent, the page's skew apart; None where they are straight enough to be read."""
    xs, ys, (width, height) = strokes.places(page, dpi)
    ys = ys - np.tan(np.radians(skew_deg)) * (xs - width / 2)
    if len(xs) < _LEAST_PRINT:
        return None
    rough = [part for _, _, part in _parts(xs, ys, (width, height), _PARTS[0])]
    sloping = sum(len(part[0]) for part in rough if _is_sloping(*part))
    if sloping < _LEAST_SLOPING * len(xs):
        return None
    curve = _fitted(xs, ys, width, height)
    if curve is None:
        return None
    below = curve.below(xs, ys)
    if np.ptp(below) < _LEAST_BEND_INCHES * strokes.LOOKED_AT_DPI:
        return None
    if _sharpness(ys - below) < _LEAST_GAINS[1] * _sharpness(ys):
        return None
    return Curve(page.shape[1], page.shape[0], curve.slopes)


def _fitted(xs: Floats, ys: Floats, width: int, height: int) -> Curve | None:
    """A smooth field of slopes through those of the parts, outliers such as seals and pictures apart."""
    terms, slopes, weights = list[list[float]](), list[float](), list[float]()
    for across, down, part in _parts(xs, ys, (width, height), _PARTS[1]):
        terms.append([across**i * down**j for i, j in _POWERS])
        slopes.append(_slope(*part))
        weights.append(len(part[0]) ** 0.5)
    if len(slopes) < _LEAST_PARTS:
        return None
    matrix, wanted, weight = np.asarray(terms), np.asarray(slopes), np.asarray(weights) / max(weights)
    calm = np.diag([_CALM * (i + j) ** 2 for i, j in _POWERS])
    found, trust = np.zeros(len(_POWERS)), weight
    for _ in range(_ROUNDS):
        weighted = matrix * trust[:, None]
        found = np.linalg.solve(weighted.T @ matrix + calm, weighted.T @ wanted)
        trust = weight / (1 + ((wanted - matrix @ found) / _OUTLIER) ** 2)
    return Curve(width, height, tuple(float(slope) for slope in found))


def _parts(
    xs: Floats, ys: Floats, size: tuple[int, int], grid: tuple[int, int]
) -> Iterator[tuple[float, float, tuple[Floats, Floats]]]:
    """The dark points of each part with enough of them, and its middle, -1 to 1 across and down the page."""
    columns, rows = grid
    cell = (xs * columns // size[0]) * rows + ys * rows // size[1]
    for column in range(columns):
        for row in range(rows):
            inside = cell == column * rows + row
            if np.count_nonzero(inside) >= _LEAST_POINTS:
                yield (2 * column + 1) / columns - 1, (2 * row + 1) / rows - 1, (xs[inside], ys[inside])


def _is_sloping(xs: Floats, ys: Floats) -> bool:
    """Whether lines are clearly sharper at some slope than level."""
    level = _sharpness(ys)
    return any(_sharpness(ys - xs * slope) > _LEAST_GAINS[0] * level for slope in _ROUGH_SLOPES)


def _slope(xs: Floats, ys: Floats) -> float:
    """By how much the lines fall a pixel to the right."""
    best = 0.0
    for reach, width in ((_STEEPEST, 0.01), (0.01, 0.002)):
        tried = np.arange(best - reach, best + reach + width / 2, width)
        best = float(max(tried, key=lambda slope: _sharpness(ys - xs * slope)))
    return best


def _sharpness(levels: Floats) -> float:
    """How unevenly print is spread over heights: much where lines are level."""
    whole = np.rint(levels).astype(np.int64)
    counts = np.bincount(whole - whole.min()).astype(np.float64)
    return float((counts**2).sum())
