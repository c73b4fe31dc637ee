"""Between pictures and the numbers that effects work on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]
Effect = Callable[[Image.Image, int, np.random.Generator], Image.Image]
"""What is done to a page, an RGB picture at so many dpi; all chance comes from the generator."""


def light_of(page: Image.Image) -> Pixels:
    """Brightness 0 to 1, shape (height, width, 3)."""
    return np.asarray(page.convert("RGB"), dtype=np.float32) / np.float32(255)


def picture_of(light: Pixels) -> Image.Image:
    """The picture of brightness 0 to 1."""
    return Image.fromarray((light * 255).clip(0, 255).round().astype(np.uint8))
