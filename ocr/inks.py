"""Coloured inks on a page: red (seals, stamps) and blue or violet (signatures, handwriting, arrival stamps).

Signatures in blue and red seals are duty (Nghị định 30/2020, Điều 13 and Phụ lục I); the print is black.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ocr.raster import Gray, Pixels

Mask = npt.NDArray[np.bool_]

_MIN_CHROMA = 42
_DARK = 60
_GRAY_WEIGHTS = (77, 150, 29)


@dataclass(frozen=True, slots=True)
class Inks:
    """Where each ink is, as masks of the page's shape."""

    red: Mask
    blue: Mask


def gray(pixels: Pixels) -> Gray:
    """Brightness as the eye sees it."""
    red, green, blue = (pixels[:, :, i].astype(np.uint16) for i in range(3))
    weighted = red * _GRAY_WEIGHTS[0] + green * _GRAY_WEIGHTS[1] + blue * _GRAY_WEIGHTS[2]
    return (weighted >> 8).astype(np.uint8)


def separate(pixels: Pixels) -> Inks:
    """The red and the blue ink; the colour fringes of black print are thin and pale and stay out."""
    red, green, blue = (_blurred(pixels[:, :, i]) for i in range(3))
    return Inks(
        red=(red - np.maximum(green, blue) > _MIN_CHROMA) & (red > _DARK),
        blue=(blue - red > _MIN_CHROMA) & (blue > _DARK) & (blue >= green),
    )


def _blurred(channel: Gray) -> npt.NDArray[np.int16]:
    """Mean of 3 x 3 pixels."""
    wide = np.pad(channel.astype(np.int16), 1, mode="edge")
    rows = wide[:-2] + wide[1:-1] + wide[2:]
    mean: npt.NDArray[np.int16] = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) // 9
    return mean
