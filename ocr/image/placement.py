"""Where the pixels that were read lie on the page they were made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ocr.page import Box


@dataclass(frozen=True, slots=True)
class Placement:
    """How the page was placed to be read: turned a little about its centre, then scaled.

    ``width`` and ``height`` are the page's in pixels; the turn is counter-clockwise; ``scale`` is pixels
    that were read per pixel of the page.
    """

    width: int
    height: int
    angle_deg: float = 0.0
    scale: float = 1.0

    def on_page(self, box: Box) -> Box:
        """The box of what was read in the page's own pixels, cut at its edges."""
        middle_x, middle_y = (value / self.scale for value in box.middle)
        turn = -math.radians(self.angle_deg)
        dx, dy = middle_x - self.width / 2, middle_y - self.height / 2
        x = math.cos(turn) * dx + math.sin(turn) * dy + self.width / 2 - box.w / self.scale / 2
        y = -math.sin(turn) * dx + math.cos(turn) * dy + self.height / 2 - box.h / self.scale / 2
        left, top = max(0, round(x)), max(0, round(y))
        right = min(self.width, round(x + box.w / self.scale))
        bottom = min(self.height, round(y + box.h / self.scale))
        return Box(left, top, max(0, right - left), max(0, bottom - top))
