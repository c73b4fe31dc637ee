"""One printed line cut from its page, upright and level, and the way back to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ocr.image import transform
from ocr.image.placement import Placement
from ocr.image.raster import Gray
from ocr.page import Box, Word


@dataclass(frozen=True, slots=True)
class Upright:
    """The brightness of an upright page at ``dpi`` and the turn counter-clockwise that levels its lines."""

    pixels: Gray
    dpi: int
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
    row = median(word.box.h for word in words)
    box = Box.around(word.box for word in words)
    top, bottom = max(0, round(box.y - across * row)), round(box.bottom + across * row)
    left, right = max(0, round(box.x - along * row)), round(box.right + along * row)
    part = page.pixels[top:bottom, left:right]
    scale = dpi / page.dpi if dpi else 1.0
    placement = Placement(part.shape[1], part.shape[0], page.skew_deg, scale)
    return LinePicture(transform.placed(part, scale, page.skew_deg), left, top, placement)
