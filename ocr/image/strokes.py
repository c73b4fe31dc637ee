"""Where print is, told by its strokes: darker than what is right beside them, at any light."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image import transform
from ocr.image.raster import Gray

LOOKED_AT_DPI = 75

_STROKE_PX = 9  # at that resolution: what is wider, as a shadow or a desk around the sheet, is no print
_PERCENTILE, _SHARE, _LEAST = 99, 0.4, 24  # of the darkest strokes' depth: what still counts

Floats = npt.NDArray[np.float64]


def places(page: Gray, dpi: int) -> tuple[Floats, Floats, tuple[int, int]]:
    """Across and down of the print's pixels on the page at ``LOOKED_AT_DPI``, and its width and height so."""
    small = transform.coarse(page, min(1.0, LOOKED_AT_DPI / dpi))
    depth = _depth(small)
    least = max(_LEAST, _SHARE * float(np.percentile(depth, _PERCENTILE)))
    ys, xs = np.nonzero(depth > least)
    return xs.astype(np.float64), ys.astype(np.float64), (small.shape[1], small.shape[0])


def share(small: Gray) -> float:
    """What part of a coarse picture is print."""
    return float((_depth(small) > _LEAST).mean()) if small.size else 0.0


def _depth(small: Gray) -> Gray:
    """By how much each pixel is darker than what is beside its stroke."""
    square = np.ones((_STROKE_PX, _STROKE_PX), np.uint8)
    return np.asarray(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, square), dtype=np.uint8)
