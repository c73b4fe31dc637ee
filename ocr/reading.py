"""One page of a file: pixels to words in reading order. The function that worker processes run."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ocr import clean, images, inks, language_file, layout, quality, recognition, stamp_reading, text_layer
from ocr.engine import Engine, open_engine
from ocr.files import Kind
from ocr.inks import Mask
from ocr.page import Box, Line, Mark, MarkKind, Page, Source, Word
from ocr.pdf import sheets
from ocr.pdf.sheets import Sheet
from ocr.spelling import Speller

Finding = tuple[str, int, str]

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
    ratio = min(1.0, stamp_reading.STAMP_DPI / raster.dpi)
    copy = images.coarse(raster.pixels, ratio)
    stamped = stamp_reading.read(copy, round(raster.dpi * ratio), engine)
    source, lines, turned = _lines(sheet, stamped.ink, engine)
    findings = [*quality.scan_findings(raster.scan, width, height, raster.dpi), *turned]
    if source is Source.BLANK:
        findings.append(("blank_page", ""))
    marks = [
        Mark(mark.kind, mark.text, _scaled(mark.box, 1 / ratio)) for mark in _credible(stamped.marks, source)
    ]
    page = Page(number, width, height, raster.dpi, source, lines, (*sheet.marks, *marks))
    return page, tuple((code, number, detail) for code, detail in findings)


def _sheet(path: Path, kind: Kind, number: int, options: ReadOptions) -> Sheet:
    if kind is Kind.PDF:
        return sheets.sheet(path, number, options.max_page_pixels)
    return Sheet(images.rasterise(path, number, options.max_page_pixels), (), ())


def _scaled(box: Box, ratio: float) -> Box:
    x, y, w, h = (round(n * ratio) for n in (box.x, box.y, box.w, box.h))
    return Box(x, y, w, h)


def _lines(
    sheet: Sheet, ink: Mask, engine: Engine
) -> tuple[Source, tuple[Line, ...], Sequence[tuple[str, str]]]:
    """Where the text comes from, its lines, and findings on how the page lies."""
    raster = sheet.raster
    height, width = raster.pixels.shape[:2]
    layer = [word for line in sheet.layer for word in line]
    if layer and text_layer.is_good(layer, inks.dark(raster.pixels), over_scan=raster.scan is not None):
        return Source.TEXT_LAYER, _inside(layout.arrange(sheet.layer, width, height), width, height), ()
    page = clean.bleached(raster.pixels, ink)
    found = recognition.recognise(page, raster.dpi, engine)
    if found.lines or inks.dark(raster.pixels).mean() > _BLANK_INK_SHARE:
        turned = quality.position_findings(found.turned_deg, found.skew_deg)
        return Source.OCR, _mended(found.lines), list(turned)
    return Source.BLANK, (), ()


def _mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with slips of marks mended by what stands before and after, across line ends."""
    words = iter(_speller().mend([word for line in lines for word in line.words]))
    return tuple(Line(tuple(islice(words, len(line.words))), line.zone) for line in lines)


@functools.cache
def _speller() -> Speller:
    return Speller(language_file.load())


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
