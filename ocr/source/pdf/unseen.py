"""Pictures of what a page holds beside what it shows, looked at for marks of secrecy only.

Annotations alone, hidden ones among them; layers that are off; what lies outside the crop box.
"""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

from ocr.image.raster import Raster
from ocr.page import Box
from ocr.source.pdf import layers
from ocr.source.pdf.annotations import Corners
from ocr.source.pdf.drawing import drawn
from ocr.source.pdf.opening import POINTS_PER_INCH, device_box
from ocr.source.pdf.scans import Scale

_DPI = 200
_MOST_PIXELS = 40_000_000
_LEAST_POINTS = 3.0
_ALIKE = 40
_WHITE = 255


def of_annotations(alone: bytes, scale: Scale) -> Raster:
    """The one page of a PDF of annotations; ``scale`` is that of their page. Raises PdfiumError."""
    return _picture(alone, scale)[0]


def of_page(document: pikepdf.Pdf, number: int, turn: int, scale: Scale) -> Raster | None:
    """The page of that number with all layers on and all of its sheet, less what it shows.

    ``turn`` is its rotation. None where nothing is left. Raises what pikepdf and PDFium do for damaged files.
    """
    page, settings = document.pages[number - 1], document.Root.get("/OCProperties")
    left, bottom, right, top = (float(side) for side in page.cropbox)
    everything, shown = _picture(_bare(document, page, turn, None), scale, (left, bottom, right, top))
    as_set, _ = _picture(_bare(document, page, turn, settings), scale)
    inside = np.s_[shown.y : shown.bottom, shown.x : shown.right]
    whole, seen = everything.pixels[inside], as_set.pixels[inside]
    whole[np.abs(whole.astype(np.int16) - seen).max(axis=2) <= _ALIKE] = _WHITE
    return everything if (everything.pixels < _WHITE).any() else None


def hides(document: pikepdf.Pdf, number: int) -> bool:
    """Whether the page of that number may hold more than it shows: layers that are off, a cut margin."""
    page = document.pages[number - 1]
    return _is_cropped(page) or layers.may_be_off(document, page)


def _is_cropped(page: pikepdf.Page) -> bool:
    sides = zip(page.mediabox, page.cropbox, strict=True)
    return any(abs(float(media) - float(crop)) > _LEAST_POINTS for media, crop in sides)


def _bare(document: pikepdf.Pdf, page: pikepdf.Page, turn: int, settings: pikepdf.Object | None) -> bytes:
    """A PDF of the page alone, without annotations and crop box, with these settings of its layers."""
    with pikepdf.new() as single:
        left, bottom, right, top = (float(side) for side in page.mediabox)
        copy = single.add_blank_page(page_size=(max(3.0, right - left), max(3.0, top - bottom))).obj
        copy.MediaBox, copy.Rotate = pikepdf.Array([left, bottom, right, top]), turn
        copy.Resources = single.copy_foreign(document.make_indirect(page.resources))
        if "/Group" in page.obj:
            copy.Group = single.copy_foreign(document.make_indirect(page.obj.Group))
        copy.Contents = single.copy_foreign(
            document.make_indirect(page.obj.get("/Contents", pikepdf.Array()))
        )
        if settings is not None:
            single.Root.OCProperties = single.copy_foreign(document.make_indirect(settings))
        buffer = io.BytesIO()
        single.save(buffer)
        return buffer.getvalue()


def _picture(pdf: bytes, scale: Scale, region: Corners = (0, 0, 0, 0)) -> tuple[Raster, Box]:
    """The first page, and the region on its pixels."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        width, height = page.get_size()
        most = POINTS_PER_INCH * (_MOST_PIXELS / max(1.0, width * height)) ** 0.5
        page_dpi = min(_DPI * scale.page_dpi / scale.dpi, most)
        pixels, box = drawn(page, page_dpi), device_box(page, region, page_dpi)
        page.close()
        return Raster(pixels, max(1, round(page_dpi * scale.dpi / scale.page_dpi))), box
    finally:
        document.close()
