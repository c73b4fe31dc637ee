"""The scan behind a PDF page, and how large the page is drawn to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.image import resolution, transform
from ocr.image.raster import Scan
from ocr.source.pdf.drawing import drawn
from ocr.source.pdf.opening import POINTS_PER_INCH

MIN_DPI = 150
MAX_DPI = 300
FORM_DEPTH = 8
_SCAN_COVER = 0.5


@dataclass(frozen=True, slots=True)
class Picture:
    """An image drawn on a page: share of the page's area, resolution and depth of its pixels."""

    cover: float
    dpi: float
    bits_per_pixel: int
    pixels: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How a page is drawn: pixels for 72 of its units, the resolution they are believed to have, its scan."""

    page_dpi: float
    dpi: int
    scan: Scan | None


def pictures(page: pdfium.PdfPage) -> Iterator[Picture]:
    """The images on a page, measured in its own units."""
    width, height = page.get_size()
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=FORM_DEPTH):
        try:
            columns, rows = image.get_px_size()
            left, bottom, right, top = image.get_bounds()
            depth = image.get_metadata().bits_per_pixel
        except pdfium.PdfiumError:
            continue
        wide, high = right - left, top - bottom
        if wide > 0 and high > 0:
            dpi = max(columns / wide, rows / high) * POINTS_PER_INCH
            if page.get_rotation() % 180 == 0 and columns:
                dpi = columns / wide * POINTS_PER_INCH
            yield Picture(wide * high / (width * height), dpi, depth, columns * rows)


def scan_of(page: pdfium.PdfPage) -> Scan | None:
    """The scan behind the page, in its own units: pictures that cover at least half of it, or None."""
    found = list(pictures(page))
    cover = sum(picture.cover for picture in found)
    if cover < _SCAN_COVER:
        return None
    main = max(found, key=lambda picture: picture.cover)
    return Scan(main.dpi, max(p.bits_per_pixel for p in found if p.cover >= main.cover / 2), min(1.0, cover))


def scale_of(page: pdfium.PdfPage, max_page_pixels: int) -> Scale:
    """How to draw it: the scan's own resolution within 150..300, less where that would break the limit.

    A page of no paper's size may be measured in pixels or inches (/UserUnit is unknown to PDFium, too): its
    letters tell.
    """
    scan, unit = scan_of(page), believed_unit(page)
    if scan is not None:
        scan = replace(scan, dpi=scan.dpi / unit)
    wanted = MAX_DPI if scan is None else min(MAX_DPI, max(MIN_DPI, round(scan.dpi)))
    width, height = (side / POINTS_PER_INCH * unit for side in page.get_size())
    possible = int((max_page_pixels / (width * height)) ** 0.5)
    dpi = max(1, min(wanted, possible))
    return Scale(dpi * unit, dpi, scan)


def believed_unit(page: pdfium.PdfPage) -> float:
    """How many times larger the page is believed to be than it says."""
    width, height = (side / POINTS_PER_INCH for side in page.get_size())
    if resolution.is_paper(width, height):
        return 1.0
    dpi = float(resolution.LOOKED_AT_PX / max(width, height))
    letter = resolution.letter_height(transform.gray(drawn(page, dpi))) * resolution.LOOKED_AT_PX
    scan = scan_of(page)
    if not letter and (scan is None or resolution.is_usual_dpi(scan.dpi)):
        return 1.0
    return dpi / resolution.believed(width * dpi, height * dpi, dpi, letter)
