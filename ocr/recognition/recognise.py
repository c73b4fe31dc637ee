"""From a page's grey pixels to lines on that page: levelled, scaled, read, put in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.engines.engine import Engine, EngineLine
from ocr.handwriting.digit_reader import open_digit_reader
from ocr.image import clean, transform
from ocr.image.placement import Placement
from ocr.image.raster import Gray
from ocr.layout import zones
from ocr.page import Line, Mark, Word
from ocr.recognition import missed, noise
from ocr.stamps import arrival_frames, read_stamps
from ocr.vietnamese.syllables import is_syllable, valid_share

_POOR_CONFIDENCE = 0.65
_SURE_CONFIDENCE = 0.85
_POOR_SYLLABLES = 0.7
_MIN_WORDS = 8
_MAX_READ_PIXELS = 64_000_000  # an A0 sheet at 200 dpi
_LONG_WORD = 3
_TURN_DPI = 150
_SIDEWAYS = (1, 3)
_DEGREES_PER_TURN = 90


@dataclass(frozen=True, slots=True)
class Recognised:
    """Lines and stamps with boxes in the page's own pixels; how the page had to be turned to be read."""

    lines: tuple[Line, ...]
    turned_deg: int
    skew_deg: float
    aside: bool = False
    stamps: tuple[Mark, ...] = ()


def recognise(page: Gray, dpi: int, engine: Engine) -> Recognised:
    """Read the page; where that fails, ask the engine whether it lies on its side or upside down."""
    asis = _read(page, dpi, 0, engine)
    if not asis.aside and not _is_poor(asis.lines):
        return asis
    ratio = min(1.0, _TURN_DPI / dpi)
    turns = engine.quarter_turns(transform.coarse(page, ratio), round(dpi * ratio))
    others = (turns,) if turns else _SIDEWAYS if asis.aside else ()
    readings = [asis, *(_read(page, dpi, turn, engine) for turn in others)]
    return max(readings, key=_sense)


def _read(page: Gray, dpi: int, turns: int, engine: Engine) -> Recognised:
    height, width = page.shape
    standing = np.ascontiguousarray(np.rot90(page, turns))
    scale = min(clean.READ_DPI / dpi, (_MAX_READ_PIXELS / page.size) ** 0.5)
    placement = Placement(width, height, clean.skew_deg(standing, dpi), scale, turns)
    derivative = transform.placed(standing, placement.scale, placement.angle_deg)
    read_dpi = max(1, round(dpi * scale))
    even = clean.flattened(derivative, read_dpi)
    read = engine.recognise(even, read_dpi)
    printed = [words for line in read if (words := noise.printed(line))]
    printed += missed.read(even, read_dpi, printed, engine)
    printed, framed = arrival_frames.lift(even, read_dpi, printed, open_digit_reader)
    arranged = zones.arrange(printed, derivative.shape[1], derivative.shape[0])
    lines = tuple(Line(_on_page(line.words, placement), line.zone) for line in arranged)
    aside = _lie_on_their_side(arranged)
    marks = (*framed, *read_stamps.left_over(even, read_dpi, printed, engine))
    stamps = tuple(Mark(mark.kind, mark.text, placement.on_page(mark.box)) for mark in marks)
    return Recognised(lines, turns * _DEGREES_PER_TURN, placement.angle_deg, aside, stamps)


def _on_page(words: EngineLine, placement: Placement) -> tuple[Word, ...]:
    return tuple(Word(word.text, placement.on_page(word.box), word.confidence) for word in words)


def _is_poor(lines: Sequence[Line]) -> bool:
    words = [word for line in lines for word in line.words]
    if len(words) < _MIN_WORDS:
        return True
    mean = sum(word.confidence for word in words) / len(words)
    senseless = valid_share(word.text for word in words) < _POOR_SYLLABLES
    return mean < (_SURE_CONFIDENCE if senseless else _POOR_CONFIDENCE)


def _lie_on_their_side(lines: Sequence[Line]) -> bool:
    """Whether most words stand higher than wide: engines read such lines, but not in their order."""
    words = [word for line in lines for word in line.words if len(word.text) >= _LONG_WORD]
    upright = sum(word.box.w >= word.box.h for word in words)
    return len(words) >= _MIN_WORDS // 2 and upright < len(words) / 2


def _sense(reading: Recognised) -> float:
    """How much of a reading makes sense: letters of sure, possible syllables on upright lines."""
    if reading.aside:
        return 0.0
    words = (word for line in reading.lines for word in line.words)
    return sum(word.confidence * len(word.text) for word in words if is_syllable(word.text))
