"""Connected areas of a mask on a coarse grid of square cells, in plain numpy."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from ocr.inks import Mask
from ocr.page import Box

_MM_PER_INCH = 25.4


def cell_px(dpi: int, millimetres: float = 1.0) -> int:
    """Pixels of a cell's side."""
    return max(1, round(dpi * millimetres / _MM_PER_INCH))


def areas(mask: Mask, side_px: int, reach: int = 1) -> Iterator[Box]:
    """Boxes, in pixels of the mask, around groups of inked cells at most ``reach`` cells apart."""
    cells = _inked(mask, side_px)
    left = {(int(y), int(x)) for y, x in np.argwhere(cells)}
    steps = [(y, x) for y in range(-reach, reach + 1) for x in range(-reach, reach + 1)]
    while left:
        start = left.pop()
        group, edge = [start], deque([start])
        while edge:
            y, x = edge.popleft()
            near = [(y + dy, x + dx) for dy, dx in steps if (y + dy, x + dx) in left]
            left.difference_update(near)
            group.extend(near)
            edge.extend(near)
        yield _box(group, side_px, mask.shape)


def _inked(mask: Mask, side_px: int) -> Mask:
    """Cells of which at least 4 % is ink."""
    height, width = (-(-n // side_px) * side_px for n in mask.shape)
    whole = np.zeros((height, width), dtype=bool)
    whole[: mask.shape[0], : mask.shape[1]] = mask
    blocks = whole.reshape(height // side_px, side_px, width // side_px, side_px)
    counts = blocks.sum(axis=(1, 3))
    inked: Mask = counts >= max(1, 0.04 * side_px * side_px)
    return inked


def _box(group: list[tuple[int, int]], side_px: int, shape: tuple[int, ...]) -> Box:
    top, bottom = min(y for y, _ in group) * side_px, (max(y for y, _ in group) + 1) * side_px
    left, right = min(x for _, x in group) * side_px, (max(x for _, x in group) + 1) * side_px
    bottom, right = min(bottom, shape[0]), min(right, shape[1])
    return Box(left, top, right - left, bottom - top)
