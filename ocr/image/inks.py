"""Coloured inks on a page: red (seals, stamps) and blue or violet (signatures, handwriting, arrival stamps).

Signatures in blue and red seals are duty (Nghị định 30/2020, Điều 13 and Phụ lục I); the print is black.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ocr.image.raster import Gray, Mask, Pixels
from ocr.image.transform import blurred, excess, gray
from ocr.page import Box

_MIN_CHROMA = 42
_SAMPLED = 4
_DARK = 60
_PRINT = 128
_WHITE = 255
_PAPER_PERCENTILE = 75
_LEAST_PAPER = 120


@dataclass(frozen=True, slots=True)
class Inks:
    """Where each ink is, as masks of the page's shape."""

    red: Mask
    blue: Mask


def dark(pixels: Pixels) -> Mask:
    """Where the page bears print or any dark ink."""
    mask: Mask = gray(pixels) < _PRINT
    return mask


def outside(ink: Mask, boxes: Iterable[Box], margin_px: int = 0) -> Mask:
    """The ink that lies in none of the boxes, each widened by the margin."""
    left = ink.copy()
    for box in boxes:
        top, start = max(0, box.y - margin_px), max(0, box.x - margin_px)
        left[top : box.bottom + margin_px, start : box.right + margin_px] = False
    return left


def is_colourless(pixels: Pixels) -> bool:
    """Whether a sample of the page bears no colour at all: nothing can be told apart by ink."""
    sample = pixels[::_SAMPLED, ::_SAMPLED].astype(np.int16)
    return sample.size == 0 or int(np.ptp(sample, axis=2).max()) < _MIN_CHROMA // 2


def separate(pixels: Pixels) -> Inks:
    """The red and the blue ink; the colour fringes of black print are thin and pale and stay out.

    Colours are taken relative to the paper, so that a bluish scan or yellowed paper is no ink.
    """
    red, green, blue = (blurred(_relative(pixels[:, :, i])) for i in range(3))
    return Inks(
        red=(excess(red, np.maximum(green, blue)) > _MIN_CHROMA) & (red > _DARK),
        blue=(excess(blue, red) > _MIN_CHROMA) & (blue > _DARK) & (blue >= green),
    )


def _relative(channel: Gray) -> Gray:
    """The channel scaled so that the paper is white."""
    paper = float(np.percentile(channel[::8, ::8], _PAPER_PERCENTILE)) if channel.size else _WHITE
    if paper < _LEAST_PAPER or paper >= _WHITE:
        return channel
    table = np.minimum(np.arange(256) * (_WHITE / paper), _WHITE).astype(np.uint8)
    scaled: Gray = table[channel]
    return scaled
