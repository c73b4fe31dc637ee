"""Connected areas of a mask on a coarse grid of square cells."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from ocr.image.raster import Mask
from ocr.page import Box

_MM_PER_INCH = 25.4
_INKED = 0.04
_TOUCHING = 8


def cell_px(dpi: int, millimetres: float = 1.0) -> int:
    """Pixels of a cell's side."""
    return max(1, round(dpi * millimetres / _MM_PER_INCH))


def areas(mask: Mask, side_px: int, reach: int = 1, down: int = 0) -> Iterator[Box]:
    """Boxes, in pixels of the mask, around groups of inked cells at most ``reach`` cells apart.

    ``down`` is how far apart they may be up and down, where that is another distance.
    """
    down = down or reach
    cells = np.pad(_inked(mask, side_px), ((0, down), (0, reach))).astype(np.uint8)
    # Cells grown to that size touch exactly when the cells are at most that far apart.
    grown = cv2.getStructuringElement(cv2.MORPH_RECT, (reach, down))
    joined = cv2.dilate(cells, grown, anchor=(reach - 1, down - 1))
    _, _, groups, _ = cv2.connectedComponentsWithStats(joined, connectivity=_TOUCHING)
    height, width = mask.shape
    for column, row, wide, high, _ in groups[1:].tolist():
        x, y = column * side_px, row * side_px
        right, bottom = (column + wide - reach + 1) * side_px, (row + high - down + 1) * side_px
        yield Box(x, y, min(right, width) - x, min(bottom, height) - y)


def _inked(mask: Mask, side_px: int) -> Mask:
    """Cells of which at least 4 % is ink."""
    height, width = mask.shape
    padded = np.pad(mask.view(np.uint8), ((0, -height % side_px), (0, -width % side_px)))
    rows = np.add.reduce(padded.reshape(-1, side_px, padded.shape[1]), axis=1, dtype=np.uint16)
    counts = rows.reshape(len(rows), -1, side_px).sum(axis=2, dtype=np.uint16)
    inked: Mask = counts >= max(1, _INKED * side_px * side_px)
    return inked
