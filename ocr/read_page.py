"""One page of a file: pixels to words in reading order. The function that worker processes run."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from pathlib import Path

from ocr.confidences import WordShares
from ocr.engines.engine import Engine
from ocr.engines.opening import open_engine
from ocr.handwriting import head_numbers
from ocr.handwriting.digit_reader import open_digit_reader
from ocr.image import clean, gutter, inks, scan_quality, transform
from ocr.image.raster import Gray, Raster
from ocr.layout import two_up
from ocr.page import Box, Digits, Line, Mark, MarkKind, Page, Source, Word
from ocr.recognition import (
    beside_layer,
    foreign_layer,
    lost_names,
    recognise,
    second_reading,
    signer_lines,
    typed,
)
from ocr.recognition.leaf import Leaf, read_sheet, together
from ocr.recognition.recognise import Recognised
from ocr.source import pages, text_layer
from ocr.source.files import Kind
from ocr.source.pdf.sheets import Sheet
from ocr.stamps import gray_seals, read_stamps, signer_names
from ocr.stamps.read_stamps import Stamped
from ocr.vietnamese import language_file
from ocr.vietnamese.spelling import Speller

Finding = tuple[str, int, str]

_BLANK_INK_SHARE = 0.004
_QUARTER_DEG = 90


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
    sheet = pages.sheet(path, kind, number, options.max_page_pixels)
    engine = open_engine(options.engine, options.language)
    stamped = _stamped(sheet.raster, engine)
    text, turns = _from_layer(sheet, stamped, engine), 0
    if text is None:
        look = _upright(_look(sheet, stamped, engine), engine)
        sheet, stamped, turns = look.sheet, look.stamped, look.turns
        text = _from_pixels(look, engine, options.words)
    raster = sheet.raster
    height, width = raster.pixels.shape[:2]
    put_on = _put_on(stamped.marks, text.source, sheet.fields)
    marks = list(read_stamps.without_rows([*sheet.marks, *put_on, *text.marks]))
    if text.source is Source.OCR:
        marks += _names(raster, marks) or _lost_names(raster, text, engine)
    unseen = [beside_layer.secret(view, engine) for view in sheet.unseen]
    marks += [mark for view in unseen for mark in view.marks]
    asides = (*sheet.asides, *text.asides, *(said for view in unseen for said in view.texts))
    page = Page(
        number,
        width,
        height,
        raster.dpi,
        text.source,
        text.lines,
        tuple(marks),
        text.digits,
        asides,
        gutter_px=text.gutter_px,
    )
    findings = (*scan_quality.scan_findings(raster.scan, width, height, raster.dpi), *text.findings)
    return page.turned(-turns), tuple((code, number, detail) for code, detail in findings)


def _stamped(raster: Raster, engine: Engine) -> Stamped:
    """The stamps, with boxes in pixels of the raster; their ink is at a coarser resolution."""
    ratio = min(1.0, read_stamps.STAMP_DPI / raster.dpi)
    copy = transform.coarse(raster.pixels, ratio)
    found = read_stamps.read(copy, round(raster.dpi * ratio), engine)
    return replace(
        found, marks=tuple(replace(mark, box=_scaled(mark.box, 1 / ratio)) for mark in found.marks)
    )


def _put_on(marks: Sequence[Mark], source: Source, fields: Sequence[Box]) -> list[Mark]:
    """The marks that are believed: no headings of a typeset page, no frames of a form's fields."""
    credible = _credible(marks, source)
    return [mark for mark in credible if read_stamps.is_wording(mark) or not _is_field(mark, fields)]


def _is_field(mark: Mark, fields: Sequence[Box]) -> bool:
    """Whether what looks like an unreadable stamp is the frame of a field or of free text."""
    return mark.kind is MarkKind.SECRECY and any(field.holds(mark.box.middle) for field in fields)


def _names(raster: Raster, marks: Sequence[Mark]) -> list[Mark]:
    """Names stamped under the page's seals."""
    seals = (mark.box for mark in marks if mark.kind is MarkKind.INK_SEAL)
    found = (signer_names.read(raster.pixels, raster.dpi, seal, open_digit_reader()) for seal in seals)
    return [mark for mark in found if mark is not None]


def _lost_names(raster: Raster, text: _Text, engine: Engine) -> list[Mark]:
    """The name that the engine did not read, on each of the printed pages."""
    found = list[Mark]()
    for left, right in pairwise(sorted({0, text.gutter_px, raster.pixels.shape[1]})):
        lines = [line.moved(-left) for line in text.lines if left <= line.box.middle[0] < right]
        lost = lost_names.read(raster.pixels[:, left:right], raster.dpi, lines, engine, open_digit_reader)
        found += [replace(lost, box=lost.box.moved(left))] if lost else []
    return found


def _scaled(box: Box, ratio: float) -> Box:
    x, y, w, h = (round(n * ratio) for n in (box.x, box.y, box.w, box.h))
    return Box(x, y, w, h)


@dataclass(frozen=True, slots=True)
class _Text:
    """Where a page's text comes from, its lines, handwritten numbers, colourless marks, how it lies.

    ``asides`` are texts beside the lines; ``gutter_px`` is where the right one of two pages begins.
    """

    source: Source
    lines: tuple[Line, ...] = ()
    digits: tuple[Digits, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    asides: tuple[str, ...] = ()
    gutter_px: int = 0


def _from_layer(sheet: Sheet, stamped: Stamped, engine: Engine) -> _Text | None:
    """The text layer and what the page shows beside it; None where it cannot be believed."""
    raster = sheet.raster
    height, width = raster.pixels.shape[:2]
    layer = replace(sheet.layer, lines=typed.woven(sheet.layer.lines, sheet.typed))
    if not layer.lines or not sheet.layer_drawn:
        return None
    if not text_layer.is_good(layer, inks.dark(raster.pixels), over_pictures=raster.scan is not None):
        return None
    middle = gutter.find(transform.gray(raster.pixels)) if width > height else 0
    lines = _inside(two_up.arrange(layer.lines, width, height, middle), width, height)
    if not sheet.has_drawings:
        return _Text(Source.TEXT_LAYER, lines, gutter_px=middle)
    bleached = clean.bleached(raster.pixels, stamped.ink)
    beside = beside_layer.read(bleached, raster.dpi, [line.words for line in lines], engine)
    return _Text(Source.TEXT_LAYER, lines, marks=beside.marks, asides=beside.texts, gutter_px=middle)


@dataclass(frozen=True, slots=True)
class _Look:
    """A page after so many quarter turns: its stamps, the brightness that is read, the first reading.

    ``seals`` were lifted from that brightness. ``leaves`` are the printed pages on it, one or two.
    """

    sheet: Sheet
    stamped: Stamped
    page: Gray
    seals: tuple[Box, ...]
    leaves: tuple[Leaf, ...]
    read: Recognised
    turns: int = 0


def _look(sheet: Sheet, stamped: Stamped, engine: Engine, turns: int = 0) -> _Look:
    raster = sheet.raster
    page = clean.without_border(clean.bleached(raster.pixels, stamped.ink))
    page, seals = gray_seals.lifted(page, raster.dpi) if stamped.colourless else (page, ())
    leaves = read_sheet(page, raster.dpi, engine)
    return _Look(sheet, stamped, page, seals, leaves, together(leaves), turns)


def _upright(asis: _Look, engine: Engine) -> _Look:
    """The page as it lies, or turned where it is read better so: stamps and seals are sought anew."""
    looks = [asis]
    for turns in recognise.turns(asis.page, asis.sheet.raster.dpi, asis.read, engine):
        sheet = asis.sheet.turned(turns)
        looks.append(_look(sheet, _stamped(sheet.raster, engine), engine, turns))
    return max(looks, key=lambda look: look.read.sense)


def _from_pixels(look: _Look, engine: Engine, words: WordShares) -> _Text:
    raster, found = look.sheet.raster, look.read
    if not found.lines and inks.dark(raster.pixels).mean() <= _BLANK_INK_SHARE:
        return _Text(Source.BLANK, findings=(("blank_page", ""),))
    lines, digits = list[Line](), list[Digits]()
    for leaf in look.leaves:
        better = second_reading.improved(leaf.read.lines, leaf.level, engine)
        filled, seen = head_numbers.fill(_mended(better, words), leaf.level, open_digit_reader, words)
        filled = signer_lines.confirmed(filled, leaf.level, open_digit_reader)
        lines += (line.placed(leaf.on_sheet) for line in filled)
        digits += (replace(each, box=leaf.on_sheet(each.box)) for each in seen)
    lines += typed.missed(lines, look.sheet.typed)
    middle = look.leaves[-1].left_px
    findings = [
        *scan_quality.position_findings(look.turns * _QUARTER_DEG, found.skew_deg),
        *_contradicted(look.sheet, lines, middle),
    ]
    marks = (*(Mark(MarkKind.INK_SEAL, "", seal) for seal in look.seals), *found.stamps)
    known = typed.confirmed(digits, look.sheet.typed)
    return _Text(Source.OCR, tuple(lines), known, marks, tuple(findings), gutter_px=middle)


def _contradicted(sheet: Sheet, read: Sequence[Line], gutter_px: int) -> Iterator[tuple[str, str]]:
    """A finding where a layer that reads well says something else than the pixels."""
    height, width = sheet.raster.pixels.shape[:2]
    if text_layer.is_vietnamese([word.text for word in sheet.layer.words]):
        layer = two_up.arrange(sheet.layer.lines, width, height, gutter_px)
        differences = foreign_layer.differences(layer, read)
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
