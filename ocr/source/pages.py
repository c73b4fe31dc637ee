"""One page of a file of any kind, as dark print on light paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ocr.image import decode, negative
from ocr.source.files import Kind
from ocr.source.pdf import sheets
from ocr.source.pdf.sheets import Sheet


def sheet(path: Path, kind: Kind, number: int, max_page_pixels: int) -> Sheet:
    """The page of that number (1-based), a negative turned to positive; raises ``Unreadable``."""
    if kind is Kind.PDF:
        found = sheets.sheet(path, number, max_page_pixels)
    else:
        found = Sheet(decode.rasterise(path, number, max_page_pixels))
    pixels = negative.positive(found.raster.pixels)
    return replace(found, raster=replace(found.raster, pixels=pixels))
