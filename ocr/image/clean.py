"""The derivative that is read: never stored, never shown; the page's own pixels stay as they are.

Coloured inks out, upright, background even, smaller: measured on real scans this reads better than
the page itself, and faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ocr.image import strokes
from ocr.image.raster import Gray, Mask, Pixels
from ocr.image.transform import excess, gray, grown
from ocr.page import Box

READ_DPI = 200
_WHITE = 255
_PRINT_BELOW_INK = 120
_INK_HALO_PX = 2
_NEAR_PX = 24  # around ink, 2 mm at 300 dpi
_RED = 20
_BLOCKS_PER_INCH = 8
_PAPER_PERCENTILE = 90
_FEW = 3  # per cent of the page that print or pictures may fill
_EVEN_PAPER = 235
_DARK = 128
_RIM_STEP = 4
_RIM_BLACK = 0.35
_RIM_MOST = 0.1
_RIM_PRINT = 0.003
_RIM_DARKER = 0.7  # than the paper beside it
_SKEW_DPI = 75
_MIN_DARK_POINTS = 200
_PRINT_SHARE = (0.005, 0.15)


def bleached(pixels: Pixels, ink: Mask) -> Gray:
    """Brightness with the ink taken out; black print below it stays: it is dark in every channel.

    Near the ink whatever is red goes, too: a seal's lines too thin or too pale to be told from the paper
    alone. ``ink`` may be coarser than ``pixels``.
    """
    result = gray(pixels)
    height, width = result.shape
    step = ink.shape[0] / height
    near = grown(ink, max(1, round(_NEAR_PX * step)))
    for box in _bands(near):
        top, bottom = (side * height // ink.shape[0] for side in (box.y, box.bottom))
        left, right = (side * width // ink.shape[1] for side in (box.x, box.right))
        rows = np.arange(top, bottom) * ink.shape[0] // height
        columns = np.arange(left, right) * ink.shape[1] // width
        part = pixels[top:bottom, left:right]
        brightest = part.max(axis=2)
        redness = excess(part[:, :, 0], np.maximum(part[:, :, 1], part[:, :, 2]))
        halo = grown(ink[np.ix_(rows, columns)], _INK_HALO_PX)
        red = near[np.ix_(rows, columns)] & (redness > _RED)
        cleaned = np.where((halo | red) & (brightest > _PRINT_BELOW_INK), _WHITE, brightest)
        result[top:bottom, left:right] = np.where(halo | red, cleaned, result[top:bottom, left:right])
    return result


def _bands(ink: Mask) -> Iterator[Box]:
    """Boxes around the rows that bear ink."""
    bearing = np.flatnonzero(ink.any(axis=1))
    for rows in np.split(bearing, np.flatnonzero(np.diff(bearing) > 1) + 1) if len(bearing) else ():
        columns = np.flatnonzero(ink[rows[0] : rows[-1] + 1].any(axis=0))
        left, top = int(columns[0]), int(rows[0])
        yield Box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def flattened(page: Gray, dpi: int) -> Gray:
    """The page with its paper made evenly white, whatever the light, the paper's colour or its folds.

    A page whose paper is white already is left as it is: that reads better.
    """
    side = max(8, round(dpi / _BLOCKS_PER_INCH))
    height, width = page.shape
    padded = np.pad(page, ((0, -height % side), (0, -width % side)), mode="edge")
    rows, columns = padded.shape[0] // side, padded.shape[1] // side
    blocks = padded.reshape(rows, side, columns, side)
    paper = np.percentile(blocks[:, ::2, :, ::2], _PAPER_PERCENTILE, axis=(1, 3)).astype(np.float32)
    if np.percentile(paper, _FEW) >= _EVEN_PAPER:
        return page
    paper = _local_maximum(paper)
    even = _interpolation(height, rows, side) @ paper @ _interpolation(width, columns, side).T
    result: Gray = np.clip(page / np.maximum(even, 1) * _WHITE, 0, _WHITE).astype(np.uint8)
    return result


def without_border(page: Gray) -> Gray:
    """The page with the black rim white that a scanner leaves around paper smaller than its glass.

    What bears print, or is hardly darker than the paper beside it, is no rim but lies in shadow.
    """
    dark = page[::_RIM_STEP, ::_RIM_STEP] < _DARK
    top, bottom = _rims(dark.mean(axis=1))
    left, right = _rims(dark.mean(axis=0))
    if not any((top, bottom, left, right)):
        return page
    inner = page.copy()
    for rim, beside in _rim_places(page.shape, top, bottom, left, right):
        lid, paper = page[rim][::_RIM_STEP, ::_RIM_STEP], page[beside][::_RIM_STEP, ::_RIM_STEP]
        if lid.size and np.median(lid) < _RIM_DARKER * np.median(paper) and strokes.share(lid) < _RIM_PRINT:
            inner[rim] = _WHITE
    return inner


def _rim_places(shape: tuple[int, ...], *rims: int) -> Iterator[tuple[Any, Any]]:
    """Each rim at the top, bottom, left and right, and the strip of paper beside it."""
    height, width = shape
    top, bottom, left, right = (rim * _RIM_STEP for rim in rims)
    wide = max(_RIM_STEP, height // 40)
    yield np.s_[:top], np.s_[top : top + wide]
    yield np.s_[height - bottom :], np.s_[height - bottom - wide : height - bottom]
    yield np.s_[:, :left], np.s_[:, left : left + wide]
    yield np.s_[:, width - right :], np.s_[:, width - right - wide : width - right]


def _rims(shares: npt.NDArray[np.float64]) -> tuple[int, int]:
    """How many rows (or columns) at both ends are mostly black; at most a tenth of the page."""
    most = int(len(shares) * _RIM_MOST)
    black = shares > _RIM_BLACK
    ends = (black[:most], black[::-1][:most])
    first, last = (len(end) if end.all() else int(np.argmin(end)) for end in ends)
    return first, last


def skew_deg(page: Gray, dpi: int) -> float:
    """The angle, counter-clockwise in degrees within 5, by which turning the page levels its lines."""
    step = max(1, round(dpi / _SKEW_DPI))
    dark = page[::step, ::step] < _DARK
    if _PRINT_SHARE[0] <= dark.mean() <= _PRINT_SHARE[1]:
        ys, xs = (places.astype(np.float64) for places in np.nonzero(dark))
    else:  # faint print, or shadow on it
        xs, ys, _ = strokes.places(page, dpi)
    if len(ys) < _MIN_DARK_POINTS:
        return 0.0

    def sharpness(angle: float) -> float:
        levels = np.rint(ys - xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(levels - levels.min()).astype(np.float64)
        return float((counts**2).sum())

    best = 0.0
    for reach, width in ((5.0, 0.5), (0.4, 0.1), (0.08, 0.02)):
        best = max(np.arange(best - reach, best + reach + width / 2, width), key=sharpness)
    return float(best)


def _local_maximum(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The brightest of each block and its eight neighbours: blocks full of print borrow their paper."""
    rows, columns = values.shape
    wide = np.pad(values, 1, mode="edge")
    nine = [wide[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    brightest: npt.NDArray[np.float32] = np.max(nine, axis=0)
    return brightest


def _interpolation(length: int, blocks: int, side: int) -> npt.NDArray[np.float32]:
    """Matrix (length, blocks) that spreads block values linearly over pixels."""
    at = np.clip((np.arange(length) + 0.5) / side - 0.5, 0, blocks - 1)
    low = np.minimum(at.astype(np.int64), max(0, blocks - 2))
    part = (at - low).astype(np.float32)
    matrix = np.zeros((length, blocks), dtype=np.float32)
    matrix[np.arange(length), low] = 1 - part
    if blocks > 1:
        matrix[np.arange(length), low + 1] += part
    return matrix
