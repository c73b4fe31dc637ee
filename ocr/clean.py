"""The derivative that is read: never stored, never shown; the page's own pixels stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ocr.page import Box
from ocr.raster import Gray, Pixels

READ_DPI = 240


@dataclass(frozen=True, slots=True)
class Derivative:
    """Grey pixels to read, and the ratio of the page's pixels to them."""

    pixels: Gray
    dpi: int
    ratio: float

    def on_page(self, box: Box) -> Box:
        """The box in the page's own pixels."""
        r = self.ratio
        return Box(round(box.x * r), round(box.y * r), round(box.w * r), round(box.h * r))


def cleaned(pixels: Pixels, dpi: int) -> Derivative:
    """The page's derivative for recognition."""
    gray = pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    return Derivative(gray.astype(np.uint8), dpi, 1.0)
