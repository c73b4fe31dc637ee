"""Seals and stamps of a page: found by their ink, read apart from the print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ocr.engines.engine import Engine, EngineLine
from ocr.image.inks import dark, is_colourless, outside, separate
from ocr.image.raster import Gray, Mask, Pixels
from ocr.page import Box, Mark, MarkKind, Word
from ocr.stamps import faint, ink_areas, notes, painted_fields, spaced, stamp_text, wordings
from ocr.stamps.ink_areas import Area
from ocr.stamps.stamp_text import Reading

STAMP_DPI = 150
"""Enough to find and read stamps, and fast."""

_MAX_PRINT_SHARE = 0.6
_STROKE_MM = 9.0
_SURE_PRINT = 0.75
_MM_PER_INCH = 25.4
_PALE = 190
_UPPER_SHARE = 0.6
_WORD_MARGIN_PX = 3
_CAPITAL_MM = 2.5
_READ_LETTERS = 20  # of a stamp of several lines
_ROW_SHARE = 0.8  # of its width: a mark that was put into it is narrower
_SURE_WORD, _MIDDLE = 0.85, 0.2
_FILLED = 0.5  # of a frame's width by its wording; two stamps side by side are more than one wording


@dataclass(frozen=True, slots=True)
class Stamped:
    """Marks found on a page, and the ink that is no print and is to be taken out before reading.

    ``colourless`` says that no ink could be told apart.
    """

    marks: tuple[Mark, ...]
    ink: Mask
    colourless: bool = False


def read(page: Pixels, dpi: int, engine: Engine) -> Stamped:
    """Read the stamps of both inks.

    A patch of red is a mark. Blue ink is print on a page written in blue, and small strokes of it are
    handwritten numbers: only framed stamps and large strokes (signatures) are taken out. Notes written
    above the place of the signature are marks.
    """
    shade = dark(page)
    found = painted_fields.read(shade, dpi, engine)
    if is_colourless(page):
        pale = faint.read(page, dpi, engine)
        return Stamped((*found, *pale), np.zeros(page.shape[:2], dtype=bool), colourless=True)
    inks = separate(page)
    found += (mark for each in (inks.red, inks.blue) for mark in painted_fields.read(each, dpi, engine))
    painted = [mark.box for mark in found]
    ink = np.zeros_like(inks.red)
    for field in painted:
        _copy(shade, field, ink)
    for area in ink_areas.stamp_areas(inks.red, dpi):
        found += [] if _is_among(painted, area) else _mark(inks.red, area, dpi, engine)
        _copy(inks.red, area.box, ink)
    if inks.blue.sum() <= _MAX_PRINT_SHARE * shade.sum():
        seals = [mark.box for mark in found if mark.kind is MarkKind.INK_SEAL]
        for area in ink_areas.stamp_areas(inks.blue, dpi):
            is_field = _is_among(painted, area)
            mark = [] if is_field else _mark(inks.blue, area, dpi, engine, framed_only=True)
            found += mark or ([] if is_field else _note(inks.blue, area, dpi, engine, seals))
            if mark or is_field or area.box.h > _STROKE_MM / _MM_PER_INCH * dpi:
                _copy(inks.blue, area.box, ink)
    return Stamped((*found, *faint.read(page, dpi, engine)), ink)


def without_rows(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks but unread frames as wide as a stamp around them that was read: rows of an arrival stamp."""
    read = [mark for mark in marks if mark.kind is MarkKind.STAMP and len(mark.text) >= _READ_LETTERS]
    for mark in marks:
        unread = mark.kind is MarkKind.SECRECY and not is_wording(mark)
        if not unread or not any(_is_row(mark.box, stamp.box) for stamp in read):
            yield mark


def _is_row(frame: Box, stamp: Box) -> bool:
    return stamp.holds(frame.middle) and frame.w >= _ROW_SHARE * stamp.w


def _is_among(fields: Sequence[Box], area: Area) -> bool:
    """Whether the area is one of the painted fields, or lies in it."""
    return any(
        field.holds(area.box.middle) and area.box.w * area.box.h <= 2 * field.w * field.h for field in fields
    )


def left_over(page: Gray, dpi: int, lines: Sequence[EngineLine], engine: Engine) -> tuple[Mark, ...]:
    """Stamps and printed marks whose ink was not told from the print, under no word.

    Engines take a frame for a drawing, with what stands in it or without, and pass over a lone word. Only
    what has the size of secrecy and urgency marks counts; below the upper part only what can be read.
    """
    words = [word for line in lines for word in line if not _is_unread(word, dpi)]
    ink = outside(page < _PALE, (word.box for word in words), _WORD_MARGIN_PX)
    lowest = round(_UPPER_SHARE * page.shape[0])
    found: list[Mark] = []
    for area in ink_areas.stamp_areas(ink, dpi):
        if not (area.is_small_stamp or area.is_lettered):
            continue
        inside = [word for word in words if area.box.holds(word.box.middle)]
        known = wordings.worded(" ".join(word.text for word in inside), area.box)
        filled = sum(word.box.w for word in inside) >= _FILLED * area.box.w
        left = _mark(ink, area, dpi, engine, framed_only=True)
        read = [mark for mark in left if is_wording(mark)]
        if known and filled:
            found += [known, *(mark for mark in read if mark.kind is MarkKind.SECRECY)]
        else:
            unread_counts = area.is_small_stamp and area.box.y < lowest and not _was_read(area.box, inside)
            found += left if unread_counts else read
    return (*found, *spaced.secret(page, dpi, lines, ink, engine))


def _is_unread(word: Word, dpi: int) -> bool:
    """Whether it is a sign without letters, as high as capitals and wider: letters that were not read."""
    lettered = any(map(str.isalnum, word.text))
    return not lettered and word.box.w > word.box.h >= _CAPITAL_MM / _MM_PER_INCH * dpi


def _was_read(frame: Box, words: Sequence[Word]) -> bool:
    """Whether the engine surely read what stands in the middle of the frame and fills it."""
    reach = _MIDDLE * frame.h
    sure = [
        word
        for word in words
        if word.confidence >= _SURE_WORD and abs(word.box.middle[1] - frame.middle[1]) <= reach
    ]
    return sum(word.box.w for word in sure) >= _FILLED * frame.w


def is_wording(mark: Mark) -> bool:
    """Whether the mark was read, not only judged by its shape."""
    read = wordings.worded(mark.text, mark.box)
    return read is not None and read.kind is mark.kind


def _copy(ink: Mask, box: Box, onto: Mask) -> None:
    onto[box.y : box.bottom, box.x : box.right] |= ink[box.y : box.bottom, box.x : box.right]


def _mark(ink: Mask, area: Area, dpi: int, engine: Engine, *, framed_only: bool = False) -> list[Mark]:
    if area.is_seal and not framed_only:
        return [Mark(MarkKind.INK_SEAL, "", area.box)]
    stamp = stamp_text.cut(ink, area)
    bare = framed_only and not stamp.frame.lines
    if bare and not area.is_lettered:
        return []
    others: list[Reading] = []
    for reading in stamp_text.readings(stamp, dpi, engine):
        if known := wordings.worded(reading.text, area.box):
            return [known]
        others.append(reading)
    mark = None if bare or stamp.is_empty else _unknown(others, stamp.frame.lines, area)
    return [mark] if mark else []


def _unknown(readings: Sequence[Reading], frame_lines: int, area: Area) -> Mark | None:
    """The mark that a stamp of no known wording is; what is read upright and surely goes first.

    Two frames are a frame: then what stands inside is all that counts.
    """
    size_mm = max(area.wide_mm, area.high_mm), min(area.wide_mm, area.high_mm)
    if frame_lines > 1:
        readings = [reading for reading in readings if reading.inside]
    ordered = sorted(
        readings, key=lambda read: (read.turned_over, not wordings.is_sure(read.text, read.confidence))
    )
    marks = (wordings.stamp(read.text, read.confidence, frame_lines, size_mm, area.box) for read in ordered)
    return next((mark for mark in marks if mark), None)


def _note(ink: Mask, area: Area, dpi: int, engine: Engine, seals: Sequence[Box]) -> list[Mark]:
    """The mark of a handwritten note; none for print in that ink, which the engine can read."""
    if not notes.is_note(ink, area, dpi, seals):
        return []
    text, confidence = stamp_text.block(stamp_text.cut(ink, area).level, dpi, engine)
    printed = confidence >= _SURE_PRINT and wordings.is_readable(text)
    return [] if printed else [Mark(MarkKind.HANDWRITING, "", area.box)]
