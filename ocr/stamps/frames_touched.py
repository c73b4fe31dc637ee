"""Frames of stamps that touch a seal, another stamp or a signature: found by their long level lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import cv2
import numpy as np

from ocr.image import transform
from ocr.image.raster import Mask
from ocr.page import Box

_MM_PER_INCH = 25.4
_LEAST_LINE_MM = 12.0  # a seal's rim runs level for less
_THICKEST_MM = 4.0  # two lines close together, tilted
_HEIGHT_MM = (5.0, 22.0)
_ALIKE = 0.8
_MOST = 3
_SIDE_MM, _SIDE_SHARE = 3.0, 0.7
_FULLEST = 0.4


def frames(ink: Mask, around: Box, dpi: int) -> Iterator[Box]:
    """Boxes of the page, the highest first, between two lines that lie one over the other."""
    per_mm = dpi / _MM_PER_INCH
    patch = ink[around.y : around.bottom, around.x : around.right]
    lines = list(_lines(patch, per_mm))
    pairs = [pair for pair in combinations(lines, 2) if _is_frame(*pair, per_mm)]
    kept: list[Box] = []
    for upper, lower in sorted(pairs, key=lambda pair: -abs(pair[0].y - pair[1].y)):
        box = Box.around((upper, lower))
        known = any(other.holds(box.middle) for other in kept)
        if len(kept) < _MOST and not known and _has_sides(patch, box, per_mm):
            kept.append(box)
            yield Box(around.x + box.x, around.y + box.y, box.w, box.h)


def _lines(patch: Mask, per_mm: float) -> Iterator[Box]:
    """Level lines; a tilt of a pixel or two is let pass."""
    level = np.ones((1, round(_LEAST_LINE_MM * per_mm)), np.uint8)
    long = cv2.morphologyEx(transform.grown(patch, 1).view(np.uint8), cv2.MORPH_OPEN, level)
    _, _, groups, _ = cv2.connectedComponentsWithStats(long)
    for x, y, wide, high, _ in groups[1:].tolist():
        if high <= _THICKEST_MM * per_mm:
            yield Box(x, y, wide, high)


def _is_frame(upper: Box, lower: Box, per_mm: float) -> bool:
    upper, lower = sorted((upper, lower), key=lambda line: line.y)
    shared = min(upper.right, lower.right) - max(upper.x, lower.x)
    least, most = (height * per_mm for height in _HEIGHT_MM)
    return least <= lower.y - upper.y <= most and shared >= _ALIKE * max(upper.w, lower.w)


def _has_sides(patch: Mask, box: Box, per_mm: float) -> bool:
    """Whether a line goes down at either end and little ink is in between, unlike in a seal."""
    inside = patch[box.y : box.bottom, box.x : box.right]
    reach = round(_SIDE_MM * per_mm)
    grown = transform.grown(inside, 1)
    left, right = (side.mean(axis=0).max() for side in (grown[:, :reach], grown[:, -reach:]))
    return bool(min(left, right) >= _SIDE_SHARE and inside.mean() <= _FULLEST)
