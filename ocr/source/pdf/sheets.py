"""PDF pages as PDFium sees them: count, sizes, the scan behind them, pixels, text layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.errors import Unreadable
from ocr.image.raster import Raster
from ocr.page import Box, Mark, Word
from ocr.source.pdf import appearances, attachments, drawn_text, scans, text
from ocr.source.pdf.annotations import hide
from ocr.source.pdf.drawing import drawn
from ocr.source.pdf.opening import POINTS_PER_INCH, loaded, opened

_PAGES_AT_ONCE = 20
_STRAIGHT = 10  # segments of two nested frames


def check(path: Path, max_pages: int, max_page_pixels: int) -> tuple[int, frozenset[int], bool]:
    """Page count of an openable PDF within the limits, its pages with text and no scan, and whether it
    carries other files.

    Raises ``Unreadable``.
    """
    with opened(path) as document:
        count, carries = len(document), attachments.has_any(document)
    if count == 0:
        raise Unreadable("no_pages")
    if count > max_pages:
        raise Unreadable("too_many_pages", f"{count} pages, limit {max_pages}")
    born_digital: set[int] = set()
    for first in range(1, count + 1, _PAGES_AT_ONCE):
        numbers = range(first, min(first + _PAGES_AT_ONCE, count + 1))
        typed, carriers = _checked(path, numbers, max_page_pixels)
        born_digital |= typed
        carries = carries or carriers
    return count, frozenset(born_digital), carries


def _checked(path: Path, numbers: range, max_page_pixels: int) -> tuple[set[int], bool]:
    """Those of the pages with text and no scan, and whether any carries a file.

    PDFium keeps what it loaded until the document is closed.
    """
    born_digital, carries = set(), False
    with opened(path) as document:
        for number in numbers:
            with loaded(document, number) as page:
                _check_size(page, number, max_page_pixels)
                if _is_born_digital(page):
                    born_digital.add(number)
                carries = carries or attachments.on_page(page)
    return born_digital, carries


def _check_size(page: pdfium.PdfPage, number: int, max_page_pixels: int) -> None:
    width, height = (side / POINTS_PER_INCH * scans.MIN_DPI for side in page.get_size())
    if width <= 0 or height <= 0:
        raise Unreadable("broken", f"page {number} has no area")
    largest = max((picture.pixels for picture in scans.pictures(page)), default=0)
    if largest <= max_page_pixels < width * height:
        largest = round(width * height * scans.believed_unit(page) ** 2)
    if largest > max_page_pixels:
        raise Unreadable("page_too_large", f"page {number}, limit {max_page_pixels} pixels")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as a person sees it, without the appearances of signatures, which were put on it last.

    Its pixels, its text layer, whether the page itself draws the words of that (else it is another
    program's reading of the pixels), the marks that signatures and stamps make, what was typed into fields
    and as free text, whatever texts annotations hold, the boxes of both; all boxes in pixels of the
    raster. ``has_drawings`` says that something is drawn which may be letters and is no text; ``unseen``
    are further pictures to be looked at for marks of secrecy: what the page holds and does not show, and
    what lies over it.
    """

    raster: Raster
    layer: text.Layer = field(default_factory=text.Layer)
    layer_drawn: bool = False
    marks: tuple[Mark, ...] = ()
    typed: tuple[tuple[Word, ...], ...] = ()
    asides: tuple[str, ...] = ()
    fields: tuple[Box, ...] = ()
    has_drawings: bool = False
    unseen: tuple[Raster, ...] = ()

    def turned(self, turns: int) -> Sheet:
        """The page after so many quarter turns counter-clockwise; what it does not show stays as it lies."""
        height, width = self.raster.pixels.shape[:2]

        def at(box: Box) -> Box:
            return box.turned(turns, width, height)

        def words(lines: Sequence[Sequence[Word]]) -> tuple[tuple[Word, ...], ...]:
            return tuple(tuple(replace(word, box=at(word.box)) for word in line) for line in lines)

        return replace(
            self,
            raster=self.raster.turned(turns),
            layer=replace(self.layer, lines=words(self.layer.lines)),
            marks=tuple(replace(mark, box=at(mark.box)) for mark in self.marks),
            typed=words(self.typed),
            fields=tuple(map(at, self.fields)),
        )


def sheet(path: Path, number: int, max_page_pixels: int) -> Sheet:
    """The page of that number (1-based); raises ``Unreadable``."""
    with opened(path) as document, loaded(document, number, forms=True) as page:
        scale = scans.scale_of(page, max_page_pixels)
        put = appearances.shown(path, number, page, scale)
        hide(page, put.signatures)
        pixels = drawn(page, scale.page_dpi, fields=bool(put.fields))
        raster = Raster(pixels, scale.dpi, scale.scan, page.get_rotation())
        layer, has_drawings = text.layer(page, scale.page_dpi), _has_drawings(page)
        return Sheet(
            raster,
            layer,
            drawn_text.is_drawn(page, layer, raster, scale.page_dpi),
            put.marks,
            put.typed,
            put.said,
            put.fields,
            has_drawings,
            put.unseen,
        )


def _is_born_digital(page: pdfium.PdfPage) -> bool:
    """Whether the page has text of its own and no scan behind it."""
    texts = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_TEXT,), max_depth=scans.FORM_DEPTH)
    return any(True for _ in texts) and scans.scan_of(page) is None


def _has_drawings(page: pdfium.PdfPage) -> bool:
    """Whether anything beside text, straight rules and frames is drawn, which may be letters, too."""
    kinds = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)
    drawn = page.get_objects(filter=kinds, max_depth=scans.FORM_DEPTH)
    return any(
        each.type != pdfium_c.FPDF_PAGEOBJ_PATH or pdfium_c.FPDFPath_CountSegments(each) > _STRAIGHT
        for each in drawn
    )
