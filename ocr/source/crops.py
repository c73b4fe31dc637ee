"""Pictures of a page for a person's eyes: the neighbourhood of a box, or the head, as PNG."""

from __future__ import annotations

from pathlib import Path

import cv2

from ocr.image import transform
from ocr.image.raster import Pixels
from ocr.page import Box
from ocr.source import pages
from ocr.source.files import Kind

_HEAD_SHARE = 0.35
_HEAD_DPI = 150
_MARGIN_INCHES = 0.5


def picture(path: Path, kind: Kind, number: int, box: Box | None, max_page_pixels: int) -> bytes:
    """The page (1-based) half an inch around the box as PNG; its upper third where there is none.

    ``box`` is in pixels of the page as ``ocr.read_page`` read it. Raises ``Unreadable``.
    """
    raster = pages.sheet(path, kind, number, max_page_pixels).raster
    return png(_cut(raster.pixels, raster.dpi, box))


def _cut(pixels: Pixels, dpi: int, box: Box | None) -> Pixels:
    height, width = pixels.shape[:2]
    margin = round(_MARGIN_INCHES * dpi)
    if box is None or box.x >= width or box.y >= height:
        return transform.coarse(pixels[: max(1, round(height * _HEAD_SHARE))], min(1.0, _HEAD_DPI / dpi))
    top, left = max(0, box.y - margin), max(0, box.x - margin)
    return pixels[top : box.bottom + margin, left : box.right + margin]


def png(pixels: Pixels) -> bytes:
    """RGB pixels as a PNG file (ISO/IEC 15948)."""
    return cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))[1].tobytes()
