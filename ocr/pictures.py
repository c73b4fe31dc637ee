"""Pictures of a page for a person's eyes: the neighbourhood of a box, or the head, as PNG."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from ocr import images
from ocr.files import Kind
from ocr.page import Box
from ocr.pdf import sheets
from ocr.raster import Pixels

_HEAD_SHARE = 0.35
_HEAD_DPI = 150
_MARGIN_INCHES = 0.5
_PNG = b"\x89PNG\r\n\x1a\n"


def picture(path: Path, kind: Kind, number: int, box: Box | None, max_page_pixels: int) -> bytes:
    """The page (1-based) half an inch around the box as PNG; its upper third where there is none.

    ``box`` is in pixels of the page as ``ocr.reading`` read it. Raises ``Unreadable``.
    """
    if kind is Kind.PDF:
        raster = sheets.sheet(path, number, max_page_pixels).raster
    else:
        raster = images.rasterise(path, number, max_page_pixels)
    return png(_cut(raster.pixels, raster.dpi, box))


def _cut(pixels: Pixels, dpi: int, box: Box | None) -> Pixels:
    height, width = pixels.shape[:2]
    margin = round(_MARGIN_INCHES * dpi)
    if box is None or box.x >= width or box.y >= height:
        return images.coarse(pixels[: max(1, round(height * _HEAD_SHARE))], min(1.0, _HEAD_DPI / dpi))
    top, left = max(0, box.y - margin), max(0, box.x - margin)
    return pixels[top : box.bottom + margin, left : box.right + margin]


def png(pixels: Pixels) -> bytes:
    """RGB pixels as a PNG file (ISO/IEC 15948): one IDAT chunk, no filters, no metadata."""
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
