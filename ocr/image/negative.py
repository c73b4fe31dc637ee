"""Negatives: light print on dark ground, as microfilms and some scanners give it, turned to dark on light.

A dark photograph is no negative: its ground is uneven, and no letters stand on it.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image import resolution, transform
from ocr.image.raster import Gray, Pixels
from ocr.page import Box

_SAMPLED = 8
_DARK = 110
_LEAST_DARK_SHARE = 0.3
_BLOCKS = 64  # along the page's long side
_GROUND_PERCENTILE = 30
_EVEN = 30  # levels around the middle of the ground
_LEAST_EVEN = 0.8
_LEAST_AREA = 0.25
_MOST_CHROMA = 40
_LIGHTER = 70
_PRINT_SHARE = (0.003, 0.35)


def positive(pixels: Pixels) -> Pixels:
    """The page with its negative part turned to positive; the page itself where it has none."""
    if (transform.gray(pixels[::_SAMPLED, ::_SAMPLED]) < _DARK).mean() < _LEAST_DARK_SHARE:
        return pixels
    box = _dark_ground(transform.gray(pixels))
    if box is None or not _is_negative(pixels[box.y : box.bottom, box.x : box.right]):
        return pixels
    result = pixels.copy()
    part = result[box.y : box.bottom, box.x : box.right]
    np.subtract(255, part, out=part)
    return result


def _dark_ground(page: Gray) -> Box | None:
    """The largest rectangle whose ground is dark and even; None where there is none of some size."""
    side = max(1, -(-max(page.shape) // _BLOCKS))
    ground = _ground(page, side)
    dark = (ground < _DARK).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    if count < 2:
        return None
    left, top, wide, high, area = (int(value) for value in stats[1:][stats[1:, cv2.CC_STAT_AREA].argmax()])
    inside = ground[top : top + high, left : left + wide]
    middle = np.median(inside[inside < _DARK])
    even = (np.abs(inside - middle) <= _EVEN).mean()
    if even < _LEAST_EVEN or area < _LEAST_AREA * ground.size:
        return None
    x, y = left * side, top * side
    return Box(x, y, min(page.shape[1] - x, wide * side), min(page.shape[0] - y, high * side))


def _ground(page: Gray, side: int) -> npt.NDArray[np.float32]:
    """How bright the ground of each block is."""
    height, width = page.shape
    padded = np.pad(page, ((0, -height % side), (0, -width % side)), mode="edge")
    blocks = padded.reshape(padded.shape[0] // side, side, padded.shape[1] // side, side)
    step = max(1, side // 12)
    ground: npt.NDArray[np.float32] = np.percentile(
        blocks[:, ::step, :, ::step], _GROUND_PERCENTILE, axis=(1, 3)
    ).astype(np.float32)
    return ground


def _is_negative(part: Pixels) -> bool:
    """Whether light letters stand on the colourless dark ground."""
    sample = part[::_SAMPLED, ::_SAMPLED].reshape(-1, 3)
    ground = np.median(sample, axis=0)
    if np.ptp(ground) > _MOST_CHROMA:
        return False
    page = transform.gray(part)
    light = float((page > np.median(page) + _LIGHTER).mean())
    if not _PRINT_SHARE[0] <= light <= _PRINT_SHARE[1]:
        return False
    ratio = min(1.0, resolution.LOOKED_AT_PX / max(page.shape))
    return resolution.letter_height(transform.coarse(255 - page, ratio)) > 0
