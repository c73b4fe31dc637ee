"""Page sizes of the archive copy: a page measured in pixels or inches becomes as large as its paper."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Name, Pdf

from ocr.page import Page
from sohoa.adapters.pdf import document
from sohoa.adapters.pdf.geometry import number

_SAME_SHAPE = 0.03
_SAME_SIZE = 0.1
_POINTS_PER_INCH = 72

Size = tuple[float, float]


def believed(shown: Size, read: Page) -> Size:
    """The page's size in points: as it is shown, or as it was read where that is larger or smaller."""
    as_read = read.width_px * _POINTS_PER_INCH / read.dpi, read.height_px * _POINTS_PER_INCH / read.dpi
    wider, higher = as_read[0] / shown[0], as_read[1] / shown[1]
    if abs(wider / higher - 1) > _SAME_SHAPE or abs(wider - 1) <= _SAME_SIZE:
        return shown
    return as_read


def dots_per_inch(shown: Size, read: Page, dpi: float) -> float:
    """Pixels for 72 units of a page of that size, so that it is drawn at ``dpi`` of its paper."""
    return dpi * believed(shown, read)[0] / shown[0]


def fit(pdf: Pdf, page: pikepdf.Page, read: Page) -> bool:
    """Scale a page that is not as large as it was read, boxes and content; whether that was needed."""
    frame = document.frame(page.obj)
    width = frame.shown_size[0]
    factor = believed(frame.shown_size, read)[0] / width
    if factor == 1:
        return False
    for key in (Name.MediaBox, Name.CropBox):
        if key in page.obj:
            page.obj[key] = Array([round(float(side) * factor, 4) for side in page.obj[key].as_list()])
    if Name.UserUnit in page.obj:
        del page.obj.UserUnit
    scale = number(factor)
    document.add_over(pdf, page, b"")
    page.contents_add(pdf.make_stream(f"{scale} 0 0 {scale} 0 0 cm\n".encode("ascii")), prepend=True)
    return True
