"""One page of a file: pixels to words in reading order. The function that worker processes run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ocr import clean, images, inks, layout, quality, recognition, stamp_reading, text_layer
from ocr.engine import Engine, open_engine
from ocr.files import Kind
from ocr.inks import Mask
from ocr.page import Line, Mark, MarkKind, Page, Source, Word
from ocr.pdf import sheets
from ocr.pdf.sheets import Sheet

Finding = tuple[str, int, str]

_PRINT = 128
_BLANK_INK_SHARE = 0.004


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Engine, language model, and the pixel limit of a page."""

    engine: str = "tesserocr"
    language: str = "vie"
    max_page_pixels: int = 120_000_000


def read_page(path: Path, kind: Kind, number: int, options: ReadOptions) -> tuple[Page, tuple[Finding, ...]]:
    """Read one page (1-based) of a file that ``ocr.files.inspect`` took.

    Returns the page and its findings as (code, page number, detail): low_resolution, not_colour,
    page_size, rotated, skewed, blank_page. Raises ``Unreadable``.
    """
    sheet = _sheet(path, kind, number, options)
    raster = sheet.raster
    height, width = raster.pixels.shape[:2]
    engine = open_engine(options.engine, options.language)
    inked, dark = inks.separate(raster.pixels), inks.gray(raster.pixels) < _PRINT
    stamped = stamp_reading.read(inked, int(dark.sum()), raster.dpi, engine)
    source, lines, turned = _lines(sheet, dark, stamped.ink, engine)
    findings = [*quality.scan_findings(raster.scan, width, height, raster.dpi), *turned]
    if source is Source.BLANK:
        findings.append(("blank_page", ""))
    marks = (*sheet.marks, *_credible(stamped.marks, source))
    page = Page(number, width, height, raster.dpi, source, lines, marks)
    return page, tuple((code, number, detail) for code, detail in findings)


def _sheet(path: Path, kind: Kind, number: int, options: ReadOptions) -> Sheet:
    if kind is Kind.PDF:
        return sheets.sheet(path, number, options.max_page_pixels)
    return Sheet(images.rasterise(path, number, options.max_page_pixels), (), ())


def _lines(
    sheet: Sheet, dark: Mask, ink: Mask, engine: Engine
) -> tuple[Source, tuple[Line, ...], Sequence[tuple[str, str]]]:
    """Where the text comes from, its lines, and findings on how the page lies."""
    raster = sheet.raster
    layer = [word for line in sheet.layer for word in line]
    if layer and text_layer.is_good(layer, dark, over_scan=raster.scan is not None):
        lines = layout.arrange(sheet.layer, raster.pixels.shape[1], raster.pixels.shape[0])
        return Source.TEXT_LAYER, _inside(lines, raster.pixels.shape[1], raster.pixels.shape[0]), ()
    page = clean.flattened(clean.bleached(raster.pixels, ink), raster.dpi)
    found = recognition.recognise(page, raster.dpi, engine)
    turned = list(quality.position_findings(found.turned_deg, found.skew_deg))
    if found.lines or dark.mean() > _BLANK_INK_SHARE:
        return Source.OCR, found.lines, turned
    return Source.BLANK, (), ()


def _inside(lines: Sequence[Line], width: int, height: int) -> tuple[Line, ...]:
    """Lines without words that lie outside the page, where nobody sees them."""

    def seen(word: Word) -> bool:
        x, y = word.box.middle
        return 0 < x < width and 0 < y < height

    kept = ((tuple(filter(seen, line.words)), line.zone) for line in lines)
    return tuple(Line(words, zone) for words, zone in kept if words)


def _credible(marks: Sequence[Mark], source: Source) -> Sequence[Mark]:
    """On a page whose text is typeset, red text is a heading, not a stamp; seals and notices count."""
    if source is not Source.TEXT_LAYER:
        return marks
    return [mark for mark in marks if mark.kind is not MarkKind.STAMP]
