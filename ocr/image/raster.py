"""A page as pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""RGB of shape (height, width, 3)."""

Gray = npt.NDArray[np.uint8]
"""Brightness of shape (height, width), 0 is black."""

Mask = npt.NDArray[np.bool_]
"""Which pixels of a page are meant, of shape (height, width)."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The scan behind a page: resolution in dots per inch, bits per pixel, share of the page it covers."""

    dpi: float
    bits_per_pixel: int
    cover: float = 1.0


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as RGB pixels of shape (height, width, 3) at ``dpi``.

    ``scan`` is what was scanned, None for a page that was never paper (vectors and fonts);
    ``turned_deg`` the rotation that the file itself asks for, already applied.
    """

    pixels: Pixels
    dpi: int
    scan: Scan | None = None
    turned_deg: int = 0

    def turned(self, turns: int) -> Raster:
        """The page after so many quarter turns counter-clockwise."""
        return replace(self, pixels=np.ascontiguousarray(np.rot90(self.pixels, turns)))
