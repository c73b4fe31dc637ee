"""Seals and stamps of a page: found by their ink, read apart from the print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.engines.engine import Engine, EngineLine
from ocr.image import clean, transform
from ocr.image.inks import dark, is_colourless, outside, separate
from ocr.image.raster import Gray, Mask, Pixels
from ocr.page import Box, Mark, MarkKind
from ocr.stamps import ink_areas, notes, painted_fields, wordings
from ocr.stamps.ink_areas import Area

STAMP_DPI = 150
"""Enough to find and read stamps, and fast."""

_TEXT_DPI = 200
_MARGIN_PX = 12
_WHITE = 255
_DARK = 128
_SKEW_DPI = 75
_TRIM = 0.08
_UPRIGHT = (0, 2)  # quarter turns: a stamp may stand on its head
_MAX_PRINT_SHARE = 0.6
_STROKE_MM = 9.0
_SURE_PRINT = 0.75
_MM_PER_INCH = 25.4
_PALE = 190
_UPPER_SHARE = 0.6
_WORD_MARGIN_PX = 3
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
    found = painted_fields.secret(shade, dpi, engine)
    if is_colourless(page):
        return Stamped(tuple(found), np.zeros(page.shape[:2], dtype=bool), colourless=True)
    inks = separate(page)
    ink = np.zeros_like(inks.red)
    for area in ink_areas.stamp_areas(inks.red, dpi):
        found += _mark(inks.red, area, dpi, engine)
        _copy(inks.red, area.box, ink)
    if inks.blue.sum() <= _MAX_PRINT_SHARE * shade.sum():
        seals = [mark.box for mark in found if mark.kind is MarkKind.INK_SEAL]
        for area in ink_areas.stamp_areas(inks.blue, dpi):
            mark = _mark(inks.blue, area, dpi, engine, framed_only=True)
            found += mark or _note(inks.blue, area, dpi, engine, seals)
            if mark or area.box.h > _STROKE_MM / _MM_PER_INCH * dpi:
                _copy(inks.blue, area.box, ink)
    for each in (inks.red, inks.blue):
        found += painted_fields.secret(each, dpi, engine)
    return Stamped(tuple(found), ink)


def left_over(page: Gray, dpi: int, lines: Sequence[EngineLine], engine: Engine) -> tuple[Mark, ...]:
    """Small framed stamps whose ink was not told from the print: in the upper part, frames under no word.

    Engines take such a frame for a drawing, with what stands in it or without. Only those of the size of
    secrecy and urgency marks count.
    """
    ink = page < _PALE
    ink[round(_UPPER_SHARE * page.shape[0]) :] = False
    words = [word for line in lines for word in line]
    frames = outside(ink, (word.box for word in words), _WORD_MARGIN_PX)
    found: list[Mark] = []
    for area in ink_areas.stamp_areas(frames, dpi):
        if area.is_small_stamp:
            inside = [word for word in words if area.box.holds(word.box.middle)]
            known = wordings.worded(" ".join(word.text for word in inside), area.box)
            filled = sum(word.box.w for word in inside) >= _FILLED * area.box.w
            left = _mark(frames, area, dpi, engine, framed_only=True)
            secret = [mark for mark in left if mark.kind is MarkKind.SECRECY and is_wording(mark)]
            found += [known, *secret] if known and filled else left
    return tuple(found)


def is_wording(mark: Mark) -> bool:
    """Whether the mark was read, not only judged by its shape."""
    read = wordings.worded(mark.text, mark.box)
    return read is not None and read.kind is mark.kind


def _copy(ink: Mask, box: Box, onto: Mask) -> None:
    onto[box.y : box.bottom, box.x : box.right] |= ink[box.y : box.bottom, box.x : box.right]


def _mark(ink: Mask, area: Area, dpi: int, engine: Engine, *, framed_only: bool = False) -> list[Mark]:
    if area.is_seal and not framed_only:
        return [Mark(MarkKind.INK_SEAL, "", area.box)]
    box = area.box
    lying = area.high_mm > area.wide_mm
    level = _levelled(np.rot90(ink[box.y : box.bottom, box.x : box.right], int(lying)), area.tilt_deg)
    frame = ink_areas.frame(level < _DARK)
    if framed_only and not frame.lines:
        return []
    inside = level[frame.inside.y : frame.inside.bottom, frame.inside.x : frame.inside.right]
    size_mm = max(area.wide_mm, area.high_mm), min(area.wide_mm, area.high_mm)
    first: list[Mark] = []
    for turns in _UPRIGHT:
        read, confidence = _text(np.rot90(inside, turns), dpi, engine)
        mark = wordings.stamp(read, confidence, frame.lines, size_mm, box)
        if mark and mark.kind is not MarkKind.STAMP and is_wording(mark):
            return [mark]
        first = first or ([mark] if mark else [])
    return first


def _note(ink: Mask, area: Area, dpi: int, engine: Engine, seals: Sequence[Box]) -> list[Mark]:
    """The mark of a handwritten note; none for print in that ink, which the engine can read."""
    if not notes.is_note(ink, area, dpi, seals):
        return []
    box = area.box
    level = _levelled(ink[box.y : box.bottom, box.x : box.right], area.tilt_deg)
    text, confidence = _block(level, dpi, engine)
    printed = confidence >= _SURE_PRINT and wordings.is_readable(text)
    return [] if printed else [Mark(MarkKind.HANDWRITING, "", box)]


def _text(inside: Gray, dpi: int, engine: Engine) -> tuple[str, float]:
    """The stamp's text and how sure it is.

    Where nothing is read at first, what is left of the frame may be in the way.
    """
    for trim in (0.0, _TRIM, 2 * _TRIM):
        off = round(trim * inside.shape[0])
        text, confidence = _block(
            inside[off : inside.shape[0] - off, off : inside.shape[1] - off], dpi, engine
        )
        if text:
            return text, confidence
    return "", 0.0


def _block(block: Gray, dpi: int, engine: Engine) -> tuple[str, float]:
    """What the engine reads in the block, and how sure it is."""
    enlarged = transform.scaled(np.pad(block, _MARGIN_PX, constant_values=_WHITE), _TEXT_DPI / dpi)
    lines = engine.recognise_block(enlarged, _TEXT_DPI)
    words = [word for line in lines for word in line]
    if not words:
        return "", 0.0
    confidence = sum(word.confidence for word in words) / len(words)
    return "\n".join(" ".join(word.text for word in line) for line in lines), confidence


def _levelled(ink: Mask, tilt_deg: float) -> Gray:
    """The stamp in black on white, level, cut to its edges."""
    black = np.where(np.pad(ink, max(ink.shape) // 4), 0, _WHITE).astype(np.uint8)
    level = transform.levelled(black, tilt_deg)
    level = transform.levelled(level, clean.skew_deg(level, _SKEW_DPI))
    ys, xs = np.nonzero(level < _DARK)
    if not len(ys):
        return level
    return level[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
