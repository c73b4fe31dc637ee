"""One printed line cut from its page, upright and level, and the way back to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from ocr.image import transform
from ocr.image.placement import Placement
from ocr.image.raster import Gray
from ocr.page import Box, Word

_QUARTER_DEG = 90


@dataclass(frozen=True, slots=True)
class Upright:
    """The page's brightness at ``dpi`` and how it must be turned counter-clockwise to be read."""

    pixels: Gray
    dpi: int
    turned_deg: int
    skew_deg: float


@dataclass(frozen=True, slots=True)
class LinePicture:
    """The line's brightness; ``left`` and ``top`` are where it was cut from the page."""

    pixels: Gray
    left: int
    top: int
    placement: Placement

    def on_page(self, box: Box) -> Box:
        """A box of the picture in the page's own pixels."""
        found = self.placement.on_page(box)
        return Box(self.left + found.x, self.top + found.y, found.w, found.h)


def cut(words: Sequence[Word], page: Upright, across: float, along: float, dpi: int = 0) -> LinePicture:
    """The line with margins in heights of its print: ``across`` it and ``along`` it.

    ``dpi`` is the picture's, that of the page when 0.
    """
    lying = page.turned_deg % (2 * _QUARTER_DEG) != 0
    row = median(word.box.w if lying else word.box.h for word in words)
    dx, dy = (across, along) if lying else (along, across)
    box = Box.around(word.box for word in words)
    top, bottom = max(0, round(box.y - dy * row)), round(box.bottom + dy * row)
    left, right = max(0, round(box.x - dx * row)), round(box.right + dx * row)
    part = page.pixels[top:bottom, left:right]
    scale = dpi / page.dpi if dpi else 1.0
    turns = page.turned_deg // _QUARTER_DEG
    placement = Placement(part.shape[1], part.shape[0], page.skew_deg, scale, turns)
    upright = np.ascontiguousarray(np.rot90(part, turns))
    return LinePicture(transform.placed(upright, scale, page.skew_deg), left, top, placement)
