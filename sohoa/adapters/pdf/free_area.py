"""Where on page 1 the visible block fits without covering ink."""

from __future__ import annotations

import numpy as np

from sohoa.adapters.pdf.geometry import Rect
from sohoa.adapters.pdf.render import Pixels

MARGIN_MM = 25.0
_EDGE_PT = 8.5
_CLEARANCE_PT = 6.0
_STEP_PT = 2.0
_CONTRAST = 40
_LIGHT = 160
_SPECKS = 0.0005
_RIGHT_SHARE = 0.5


def free_area(
    shown: Pixels, dpi: float, width_pt: float, height_pt: float, corner: str = "right"
) -> Rect | None:
    """The free place nearest the top corner, in points from the bottom left; None if there is none.

    The block stands in the top margin (NĐ 30/2020, Phụ lục I: 20-25 mm), above Quốc hiệu, in that half of
    the page.
    """
    if corner == "left":
        mirrored = free_area(shown[:, ::-1], dpi, width_pt, height_pt)
        page = shown.shape[1] * 72 / dpi
        return (page - mirrored[2], mirrored[1], page - mirrored[0], mirrored[3]) if mirrored else None
    margin = int(np.ceil((MARGIN_MM / 25.4 * 72 + _CLEARANCE_PT) * dpi / 72))
    ink = _sums(_is_ink(shown[:margin], _paper(shown)))
    page_height, page_width = shown.shape[0] * 72 / dpi, shown.shape[1] * 72 / dpi
    lowest = page_height - MARGIN_MM * 72 / 25.4
    top = page_height - _EDGE_PT
    while top - height_pt >= lowest:
        right = page_width - _EDGE_PT
        while right - width_pt >= page_width * _RIGHT_SHARE:
            place = (right - width_pt, top - height_pt, right, top)
            if _is_free(ink, place, page_height, dpi):
                return place
            right -= _STEP_PT
        top -= _STEP_PT
    return None


def _paper(shown: Pixels) -> np.ndarray:
    """The paper's colour: the most usual one, from a sample of the rows."""
    return np.asarray(np.median(shown[:: max(1, shown.shape[0] // 200)].reshape(-1, 3), axis=0))


def _is_ink(shown: Pixels, paper: np.ndarray) -> np.ndarray:
    """Pixels that differ from the paper: darker, or of a colour; all of them where the paper is dark."""
    if paper.min() < _LIGHT:
        return np.ones(shown.shape[:2], dtype=bool)
    return np.asarray(np.abs(shown.astype(np.int16) - paper.astype(np.int16)).max(axis=2) > _CONTRAST)


def _sums(mask: np.ndarray) -> np.ndarray:
    return np.pad(np.cumsum(np.cumsum(mask, axis=0, dtype=np.int64), axis=1), ((1, 0), (1, 0)))


def _is_free(sums: np.ndarray, place: Rect, page_height: float, dpi: float) -> bool:
    scale = dpi / 72
    left, right = (place[0] - _CLEARANCE_PT) * scale, (place[2] + _CLEARANCE_PT) * scale
    top = (page_height - place[3] - _CLEARANCE_PT) * scale
    bottom = (page_height - place[1] + _CLEARANCE_PT) * scale
    rows, columns = sums.shape[0] - 1, sums.shape[1] - 1
    x0, x1 = max(0, int(left)), min(columns, int(np.ceil(right)))
    y0, y1 = max(0, int(top)), min(rows, int(np.ceil(bottom)))
    inked = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    return bool(inked <= _SPECKS * (x1 - x0) * (y1 - y0))
