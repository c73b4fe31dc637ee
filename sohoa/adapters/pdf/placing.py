"""Finds or makes the place of the visible block on page 1 of a document."""

from __future__ import annotations

import math
from pathlib import Path

from pikepdf import Array, Name, Object

from sohoa.adapters.pdf import document
from sohoa.adapters.pdf.free_area import free_area
from sohoa.adapters.pdf.geometry import Frame, Rect
from sohoa.adapters.pdf.render import Unrenderable, rendering
from sohoa.adapters.pdf.values import DeriveOptions
from sohoa.ports import BlockPlace

_DPI = 100
_PADDING_PT = 6.0
_LARGEST = 14_400


def make_room(page: Object, source: Path | bytes, options: DeriveOptions) -> tuple[str, BlockPlace | None]:
    """``margin``, ``strip`` or ``invisible`` and the block's place; a strip enlarges the page in place."""
    if not options.block_width:
        return "invisible", None
    frame = document.frame(page)
    free = _free(frame, source, options)
    if free is not None:
        return "margin", _placement(frame, free)
    if options.no_room != "strip":
        return "invisible", None
    strip = _strip(page, frame, options)
    return ("strip", strip) if strip else ("invisible", None)


def _free(frame: Frame, source: Path | bytes, options: DeriveOptions) -> Rect | None:
    """The free place in shown space units."""
    try:
        with rendering(source) as renderer:
            shown = renderer.page(1, _DPI)
    except Unrenderable:
        return None
    physical_dpi = shown.shape[1] / frame.shown_size[0] * 72 / frame.unit
    place = free_area(shown, physical_dpi, options.block_width, options.block_height, options.corner)
    return tuple(side / frame.unit for side in place) if place else None  # type: ignore[return-value]


def _strip(page: Object, frame: Frame, options: DeriveOptions) -> BlockPlace | None:
    """Add white on top of the page as shown; None where the page is too narrow or too large."""
    width, height = frame.shown_size
    pad = _PADDING_PT / frame.unit
    block_width, block_height = options.block_width / frame.unit, options.block_height / frame.unit
    extra = math.ceil(block_height + 2 * pad)
    if block_width + 2 * pad > width or height + extra > _LARGEST:
        return None
    box = frame.to_user((0, 0, width, height + extra))
    page.MediaBox = Array([round(side, 4) for side in box])
    if Name.CropBox in page:
        del page[Name.CropBox]
    left = pad if options.corner == "left" else width - pad - block_width
    bottom = height + pad
    return _placement(frame, (left, bottom, left + block_width, bottom + block_height))


def _placement(frame: Frame, rect: Rect) -> BlockPlace:
    return BlockPlace(*frame.to_user(rect), rotation=frame.rotation)
