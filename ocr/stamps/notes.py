"""Notes written on a page by pen in blue: where they stand, never what they say.

A note is wider than the numbers that a clerk fills in, stands above the place of the signature, and under no
seal: what a seal covers is a signature.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ocr.image import transform
from ocr.image.raster import Mask
from ocr.page import Box
from ocr.stamps.ink_areas import Area

_LEAST_MM = (15.0, 5.0)
_UPPER_SHARE = 0.6
_PEN_MM = 1.6  # no pen draws so broad a stroke
_BROAD_SHARE = 0.05
_MM_PER_INCH = 25.4


def is_note(ink: Mask, area: Area, dpi: int, seals: Iterable[Box] = ()) -> bool:
    """Whether a patch of ink of the page has the size, place and strokes of a handwritten note."""
    box, millimetre = area.box, dpi / _MM_PER_INCH
    sized = box.w >= _LEAST_MM[0] * millimetre and box.h >= _LEAST_MM[1] * millimetre
    low = box.middle[1] > _UPPER_SHARE * ink.shape[0]
    if not sized or low or any(_meet(box, seal) for seal in seals):
        return False
    patch = np.ascontiguousarray(ink[box.y : box.bottom, box.x : box.right])
    broad = transform.shrunk(patch, round(_PEN_MM * millimetre)).sum()
    return bool(broad <= _BROAD_SHARE * patch.sum() / (_PEN_MM * millimetre))


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) > max(one.x, other.x)
    return across and min(one.bottom, other.bottom) > max(one.y, other.y)
