"""Where the pixels that were read lie on the page they were made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ocr.page import Box


@dataclass(frozen=True, slots=True)
class Placement:
    """How the page was turned to be read: quarter turns, a small turn about the centre, then the scale.

    ``width`` and ``height`` are the page's in pixels; both turns are counter-clockwise; ``scale`` is
    pixels that were read per pixel of the page.
    """

    width: int
    height: int
    angle_deg: float = 0.0
    scale: float = 1.0
    turns: int = 0

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the page after the quarter turns."""
        return (self.width, self.height) if self.turns % 2 == 0 else (self.height, self.width)

    def on_page(self, box: Box) -> Box:
        """The box of what was read in the page's own pixels, cut at its edges."""
        x, y, w, h = self._upright(box)
        if self.turns % 4 == 1:
            x, y, w, h = self.width - y - h, x, h, w
        elif self.turns % 4 == 2:
            x, y = self.width - x - w, self.height - y - h
        elif self.turns % 4 == 3:
            x, y, w, h = y, self.height - x - w, h, w
        left, top = max(0, round(x)), max(0, round(y))
        right, bottom = min(self.width, round(x + w)), min(self.height, round(y + h))
        return Box(left, top, max(0, right - left), max(0, bottom - top))

    def _upright(self, box: Box) -> tuple[float, float, float, float]:
        width, height = self.upright_size
        middle_x, middle_y = (value / self.scale for value in box.middle)
        turn = -math.radians(self.angle_deg)
        dx, dy = middle_x - width / 2, middle_y - height / 2
        x = math.cos(turn) * dx + math.sin(turn) * dy + width / 2
        y = -math.sin(turn) * dx + math.cos(turn) * dy + height / 2
        w, h = box.w / self.scale, box.h / self.scale
        return x - w / 2, y - h / 2, w, h
