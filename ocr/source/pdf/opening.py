"""Opening PDFs with PDFium, mended by pikepdf where their structure is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.errors import Unreadable
from ocr.page import Box
from ocr.source.pdf import repair

POINTS_PER_INCH = 72


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document as it is, or written anew where its structure is damaged; raises ``Unreadable``."""
    try:
        document = pdfium.PdfDocument(path)
        _find_every_page(document)
    except pdfium.PdfiumError as error:
        document = _repaired(path, error)
    try:
        yield document
    finally:
        document.close()


@contextmanager
def loaded(document: pdfium.PdfDocument, number: int, *, forms: bool = False) -> Iterator[pdfium.PdfPage]:
    """The page of that number, 1-based, with its form fields if they are to be drawn.

    Raises ``Unreadable``.
    """
    try:
        if forms:
            document.init_forms()
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Unreadable("broken", f"page {number} cannot be loaded") from error
    try:
        yield page
    finally:
        page.close()


def device_box(page: pdfium.PdfPage, corners: tuple[float, float, float, float], dpi: float) -> Box:
    """A rectangle (left, bottom, right, top) of the page's own space in pixels of the upright page."""
    width, height = (round(side / POINTS_PER_INCH * dpi) for side in page.get_size())
    left, bottom, right, top = corners
    xs, ys = [], []
    for x, y in ((left, bottom), (right, top)):
        column, row = pdfium_c.c_int(), pdfium_c.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, column, row)
        xs.append(min(max(column.value, 0), width))
        ys.append(min(max(row.value, 0), height))
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _find_every_page(document: pdfium.PdfDocument) -> None:
    """Raise PdfiumError unless the page tree leads to every page (their contents are not parsed)."""
    try:
        for index in range(len(document)):
            document.get_page_size(index)
    except pdfium.PdfiumError:
        document.close()
        raise


def _repaired(path: Path, cause: pdfium.PdfiumError) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(repair.rewritten(path))
    except pdfium.PdfiumError as error:
        raise Unreadable("broken", "no PDF library opens it") from error
    except Unreadable as error:
        if cause.err_code in {pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY}:
            raise Unreadable("encrypted", "opens only with a password or a key") from error
        raise
