"""PDF pages by PDFium: count, sizes, scan resolution, pixels. The only module that opens PDFs with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr import pdf_repair
from ocr.errors import Unreadable
from ocr.raster import Raster, Scan

MIN_DPI = 150
MAX_DPI = 300
_POINTS_PER_INCH = 72
_SCAN_COVER = 0.5
_FORM_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """An image drawn on a page: share of the page's area, resolution and depth of its pixels."""

    cover: float
    dpi: float
    bits_per_pixel: int
    pixels: int


def check(path: Path, max_pages: int, max_page_pixels: int) -> int:
    """Page count of an openable PDF within the limits; raises ``Unreadable``."""
    with _opened(path) as document:
        count = len(document)
        if count == 0:
            raise Unreadable("no_pages")
        if count > max_pages:
            raise Unreadable("too_many_pages", f"{count} pages, limit {max_pages}")
        for number in range(1, count + 1):
            with _page(document, number) as page:
                _check_size(page, number, max_page_pixels)
        return count


def _check_size(page: pdfium.PdfPage, number: int, max_page_pixels: int) -> None:
    width, height = (side / _POINTS_PER_INCH * MIN_DPI for side in page.get_size())
    if width < 1 or height < 1:
        raise Unreadable("broken", f"page {number} has no area")
    largest = max((picture.pixels for picture in _pictures(page)), default=0)
    if max(width * height, largest) > max_page_pixels:
        raise Unreadable("page_too_large", f"page {number}, limit {max_page_pixels} pixels")


def rasterise(path: Path, number: int, max_page_pixels: int) -> Raster:
    """The page without annotations and form fields: what was printed, not what was put on later."""
    with _opened(path) as document, _page(document, number) as page:
        scan = _scan(page)
        dpi = _render_dpi(page, scan, max_page_pixels)
        bitmap = page.render(scale=dpi / _POINTS_PER_INCH, may_draw_forms=False, draw_annots=False)
        return Raster(_rgb(bitmap), dpi, scan, page.get_rotation())


def _rgb(bitmap: pdfium.PdfBitmap) -> np.ndarray:
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, 2::-1])


def _render_dpi(page: pdfium.PdfPage, scan: Scan | None, max_page_pixels: int) -> int:
    """The scan's own resolution within 150..300, less where the page would break the pixel limit."""
    wanted = MAX_DPI if scan is None else min(MAX_DPI, max(MIN_DPI, round(scan.dpi)))
    width, height = (side / _POINTS_PER_INCH for side in page.get_size())
    possible = int((max_page_pixels / (width * height)) ** 0.5)
    return max(1, min(wanted, possible))


def _scan(page: pdfium.PdfPage) -> Scan | None:
    """The scan behind the page: pictures that together cover at least half of it, or None."""
    pictures = list(_pictures(page))
    cover = sum(picture.cover for picture in pictures)
    if cover < _SCAN_COVER:
        return None
    main = max(pictures, key=lambda picture: picture.cover)
    return Scan(
        main.dpi, max(p.bits_per_pixel for p in pictures if p.cover >= main.cover / 2), min(1.0, cover)
    )


def _pictures(page: pdfium.PdfPage) -> Iterator[Picture]:
    width, height = page.get_size()
    for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=_FORM_DEPTH):
        try:
            columns, rows = image.get_px_size()
            left, bottom, right, top = image.get_bounds()
            depth = image.get_metadata().bits_per_pixel
        except pdfium.PdfiumError:
            continue
        wide, high = right - left, top - bottom
        if wide > 0 and high > 0:
            dpi = max(columns / wide, rows / high) * _POINTS_PER_INCH
            if page.get_rotation() % 180 == 0 and columns:
                dpi = columns / wide * _POINTS_PER_INCH
            yield Picture(wide * high / (width * height), dpi, depth, columns * rows)


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document as it is, or written anew where its structure is damaged."""
    try:
        document = pdfium.PdfDocument(path)
        _load_every_page(document)
    except pdfium.PdfiumError as error:
        document = _repaired(path, error)
    try:
        yield document
    finally:
        document.close()


def _load_every_page(document: pdfium.PdfDocument) -> None:
    """Raise PdfiumError unless the page tree leads to every page (without parsing their contents)."""
    try:
        for index in range(len(document)):
            document.get_page_size(index)
    except pdfium.PdfiumError:
        document.close()
        raise


def _repaired(path: Path, cause: pdfium.PdfiumError) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(pdf_repair.rewritten(path))
    except pdfium.PdfiumError as error:
        raise Unreadable("broken", "no PDF library opens it") from error
    except Unreadable as error:
        if cause.err_code in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}:
            raise Unreadable("encrypted", "opens only with a password or a key") from error
        raise


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Unreadable("broken", f"page {number} cannot be loaded") from error
    try:
        yield page
    finally:
        page.close()
