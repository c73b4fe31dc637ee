"""One page of a file: pixels to words in reading order. The function that worker processes run."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ocr.confidences import WordShares
from ocr.engines.engine import Engine
from ocr.engines.opening import open_engine
from ocr.handwriting import head_numbers
from ocr.handwriting.digit_reader import open_digit_reader
from ocr.image import clean, decode, inks, scan_quality, transform
from ocr.image.line_picture import Upright
from ocr.image.raster import Raster
from ocr.layout import zones
from ocr.page import Box, Digits, Line, Mark, MarkKind, Page, Source, Word
from ocr.recognition import beside_layer, foreign_layer, recognise, second_reading, typed
from ocr.source import text_layer
from ocr.source.files import Kind
from ocr.source.pdf import sheets
from ocr.source.pdf.sheets import Sheet
from ocr.stamps import gray_seals, read_stamps, signer_names
from ocr.stamps.read_stamps import Stamped
from ocr.vietnamese import language_file
from ocr.vietnamese.spelling import Speller

Finding = tuple[str, int, str]

_BLANK_INK_SHARE = 0.004


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Engine, language model, the pixel limit of a page, and the trust in words that were put together."""

    engine: str = "tesserocr"
    language: str = "vie"
    max_page_pixels: int = 120_000_000
    words: WordShares = field(default_factory=WordShares)


def read_page(path: Path, kind: Kind, number: int, options: ReadOptions) -> tuple[Page, tuple[Finding, ...]]:
    """Read one page (1-based) of a file that ``ocr.source.files.inspect`` took.

    Returns the page and its findings as (code, page number, detail): low_resolution, not_colour,
    page_size, rotated, skewed, blank_page, text_layer_differs. Raises ``Unreadable``.
    """
    sheet = _sheet(path, kind, number, options)
    raster = sheet.raster
    height, width = raster.pixels.shape[:2]
    engine = open_engine(options.engine, options.language)
    ratio = min(1.0, read_stamps.STAMP_DPI / raster.dpi)
    copy = transform.coarse(raster.pixels, ratio)
    stamped = read_stamps.read(copy, round(raster.dpi * ratio), engine)
    text = _text(sheet, stamped, engine, options.words)
    findings = [*scan_quality.scan_findings(raster.scan, width, height, raster.dpi), *text.findings]
    marks = [
        Mark(mark.kind, mark.text, _scaled(mark.box, 1 / ratio))
        for mark in _credible(stamped.marks, text.source)
    ]
    marks = [mark for mark in marks if read_stamps.is_wording(mark) or not _is_field(mark, sheet.fields)]
    if text.source is Source.OCR:
        marks += _names(raster, marks)
    unseen = [beside_layer.secret(view, engine) for view in sheet.unseen]
    every = (*sheet.marks, *marks, *text.marks, *(mark for view in unseen for mark in view.marks))
    asides = (*sheet.asides, *text.asides, *(said for view in unseen for said in view.texts))
    page = Page(number, width, height, raster.dpi, text.source, text.lines, every, text.digits, asides)
    return page, tuple((code, number, detail) for code, detail in findings)


def _is_field(mark: Mark, fields: Sequence[Box]) -> bool:
    """Whether what looks like an unreadable stamp is the frame of a form's field."""
    return mark.kind is MarkKind.SECRECY and any(field.holds(mark.box.middle) for field in fields)


def _names(raster: Raster, marks: Sequence[Mark]) -> list[Mark]:
    """Names stamped under the page's seals."""
    seals = (mark.box for mark in marks if mark.kind is MarkKind.INK_SEAL)
    found = (signer_names.read(raster.pixels, raster.dpi, seal, open_digit_reader()) for seal in seals)
    return [mark for mark in found if mark is not None]


def _sheet(path: Path, kind: Kind, number: int, options: ReadOptions) -> Sheet:
    if kind is Kind.PDF:
        return sheets.sheet(path, number, options.max_page_pixels)
    return Sheet(decode.rasterise(path, number, options.max_page_pixels))


def _scaled(box: Box, ratio: float) -> Box:
    x, y, w, h = (round(n * ratio) for n in (box.x, box.y, box.w, box.h))
    return Box(x, y, w, h)


@dataclass(frozen=True, slots=True)
class _Text:
    """Where a page's text comes from, its lines, handwritten numbers, colourless marks, how it lies.

    ``asides`` are texts beside the lines.
    """

    source: Source
    lines: tuple[Line, ...] = ()
    digits: tuple[Digits, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    asides: tuple[str, ...] = ()


def _text(sheet: Sheet, stamped: Stamped, engine: Engine, words: WordShares) -> _Text:
    raster = sheet.raster
    height, width = raster.pixels.shape[:2]
    layer = sheet.layer.beside(sheet.typed)
    over_pictures = raster.scan is not None
    believed = bool(layer.lines) and sheet.layer_drawn
    if believed and text_layer.is_good(layer, inks.dark(raster.pixels), over_pictures=over_pictures):
        lines = _inside(zones.arrange(layer.lines, width, height), width, height)
        if not sheet.has_drawings:
            return _Text(Source.TEXT_LAYER, lines)
        bleached = clean.bleached(raster.pixels, stamped.ink)
        beside = beside_layer.read(bleached, raster.dpi, [line.words for line in lines], engine)
        return _Text(Source.TEXT_LAYER, lines, marks=beside.marks, asides=beside.texts)
    page = clean.without_border(clean.bleached(raster.pixels, stamped.ink))
    page, seals = gray_seals.lifted(page, raster.dpi) if stamped.colourless else (page, ())
    found = recognise.recognise(page, raster.dpi, engine)
    if not found.lines and inks.dark(raster.pixels).mean() <= _BLANK_INK_SHARE:
        return _Text(Source.BLANK, findings=(("blank_page", ""),))
    upright = Upright(page, raster.dpi, found.turned_deg, found.skew_deg)
    better = second_reading.improved(found.lines, upright, engine)
    lines, digits = head_numbers.fill(_mended(better, words), upright, open_digit_reader, words)
    lines = (*lines, *typed.missed(lines, sheet.typed))
    digits = typed.confirmed(digits, sheet.typed)
    findings = [
        *scan_quality.position_findings(found.turned_deg, found.skew_deg),
        *_contradicted(sheet, lines),
    ]
    marks = (*(Mark(MarkKind.INK_SEAL, "", seal) for seal in seals), *found.stamps)
    return _Text(Source.OCR, lines, digits, marks, tuple(findings))


def _contradicted(sheet: Sheet, read: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """A finding where a layer that reads well says something else than the pixels."""
    height, width = sheet.raster.pixels.shape[:2]
    if text_layer.is_vietnamese([word.text for word in sheet.layer.words]):
        differences = foreign_layer.differences(zones.arrange(sheet.layer.lines, width, height), read)
        if differences:
            yield "text_layer_differs", ", ".join(differences)


def _mended(lines: Sequence[Line], shares: WordShares) -> tuple[Line, ...]:
    """The lines with slips of marks mended by what stands before and after, across line ends."""
    words = iter(_speller().mend([word for line in lines for word in line.words], shares.mended))
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
    """On a page whose text is typeset, coloured text is a heading or a link; seals and notices count."""
    if source is not Source.TEXT_LAYER:
        return marks
    return [mark for mark in marks if mark.kind not in (MarkKind.STAMP, MarkKind.HANDWRITING)]
