"""Work on a page's pixels by OpenCV: brightness, size and turn, blur, masks.

One thread: a page is one worker's work, and workers share the cores.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from ocr.image.raster import Gray, Mask, Pixels

cv2.setNumThreads(1)

_WHITE = 255
_WITH_ALPHA = 4
_LEAST_TURN_DEG = 0.2
_LEVELS = 4  # of edges in a hollow letter: two of the outline around it, two of that around its eye
_LOBES = 2  # of the low-pass filter on either side of its middle


def gray(pixels: Pixels) -> Gray:
    """Brightness as the eye sees it (ITU-R BT.601)."""
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def opaque(pixels: Pixels) -> Pixels:
    """The page's RGB, contiguous, without the fourth channel that it may have."""
    if pixels.shape[2] == _WITH_ALPHA:
        return _array(cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB))
    return np.ascontiguousarray(pixels)


def darkest(pixels: Pixels) -> Gray:
    """The darkest of the three channels: any ink shows in it as if it were black."""
    red, green, blue = cv2.split(pixels)
    return _array(cv2.min(cv2.min(red, green), blue))


def placed(page: Gray, ratio: float, angle_deg: float) -> Gray:
    """The page at another size and turned counter-clockwise about its centre; white comes in at the corners.

    One interpolation for both, cubic, after a filter that takes out what the smaller page cannot hold
    (sinc, Lanczos window): measured best for reading. Turns below 0.2 degrees are left out.
    """
    smooth = _smoothed(page, ratio)
    size = _size(page, ratio)
    if abs(angle_deg) < _LEAST_TURN_DEG:
        return page if ratio == 1 else _array(cv2.resize(smooth, size, interpolation=cv2.INTER_CUBIC))
    middle = (page.shape[1] - 1) / 2, (page.shape[0] - 1) / 2
    turn = cv2.getRotationMatrix2D(middle, angle_deg, ratio)
    turn[:, 2] += (size[0] - page.shape[1]) / 2, (size[1] - page.shape[0]) / 2
    turned = cv2.warpAffine(
        smooth, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=_WHITE
    )
    return _array(turned)


def scaled(page: Gray, ratio: float) -> Gray:
    """The page at another size, fit to be read."""
    return placed(page, ratio, 0.0)


def levelled(page: Gray, angle_deg: float) -> Gray:
    """The page turned counter-clockwise about its centre; white comes in at the corners."""
    return placed(page, 1.0, angle_deg)


def coarse(page: Pixels, ratio: float) -> Pixels:
    """The page (RGB or grey) at a smaller size, fast: mean of the pixels that fall together."""
    return page if ratio == 1 else _array(cv2.resize(page, _size(page, ratio), interpolation=cv2.INTER_AREA))


def blurred(channel: Gray) -> Gray:
    """Mean of 3 x 3 pixels."""
    return _array(cv2.blur(channel, (3, 3), borderType=cv2.BORDER_REPLICATE))


def excess(channel: Gray, over: Gray) -> Gray:
    """By how much a channel is brighter than another, nothing where it is darker."""
    return _array(cv2.subtract(channel, over))


def grown(mask: Mask, times: int) -> Mask:
    """The mask with its edges moved out by ``times`` pixels on all sides."""
    square = np.ones((2 * times + 1, 2 * times + 1), np.uint8)
    return np.asarray(cv2.dilate(mask.view(np.uint8), square), dtype=bool)


def shrunk(mask: Mask, side_px: int) -> Mask:
    """What is left of the mask where a square of that side fits into it: nothing of thin strokes."""
    square = np.ones((max(1, side_px), max(1, side_px)), np.uint8)
    return np.asarray(cv2.erode(mask.view(np.uint8), square), dtype=bool)


def filled(mask: Mask) -> Mask:
    """The mask with what its outlines enclose, but not with what those enclose: hollow letters made solid."""
    found, nested = cv2.findContours(mask.astype(np.uint8), cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
    solid = np.zeros(mask.shape, np.uint8)
    parents = nested[0, :, 3].tolist() if len(found) else []
    for index in sorted(range(len(parents)), key=lambda index: _depth(parents, index)):
        inside_outlines = _depth(parents, index) % _LEVELS == _LEVELS - 1
        cv2.drawContours(solid, found, index, int(not inside_outlines), cv2.FILLED)
    return np.asarray(solid | mask.astype(np.uint8), dtype=bool)


def _depth(parents: list[int], index: int) -> int:
    """In how many other edges the edge at that place lies."""
    depth = 0
    while (index := parents[index]) >= 0:
        depth += 1
    return depth


def _smoothed(page: Gray, ratio: float) -> Gray:
    if ratio >= 1:
        return page
    reach = round(_LOBES / ratio)
    at = np.arange(-reach, reach + 1)
    taps = np.sinc(at * ratio) * np.sinc(at / (reach + 1))
    taps /= taps.sum()
    return _array(cv2.sepFilter2D(page, -1, taps, taps, borderType=cv2.BORDER_REPLICATE))


def _size(page: Pixels, ratio: float) -> tuple[int, int]:
    """Width and height after scaling, at least one pixel each."""
    height, width = page.shape[:2]
    return max(1, math.floor(width * ratio + 0.5)), max(1, math.floor(height * ratio + 0.5))


def _array(picture: object) -> Gray:
    return np.asarray(picture, dtype=np.uint8)
