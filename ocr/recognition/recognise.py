"""From the grey pixels of a page, taken for upright, to its lines: levelled, scaled, read, put in order.

Whether it is upright is told by what was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
_SIDEWAYS, _UPSIDE_DOWN = (1, 3), (2,)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Lines and stamps with boxes in the page's own pixels, and by how much the page had to be levelled.

    ``aside`` says that most words stand on end.
    """

    lines: tuple[Line, ...]
    skew_deg: float
    aside: bool = False
    stamps: tuple[Mark, ...] = ()

    @property
    def sense(self) -> float:
        """How much of it makes sense: letters of sure, possible syllables on upright lines."""
        if self.aside:
            return 0.0
        words = (word for line in self.lines for word in line.words)
        return sum(word.confidence * len(word.text) for word in words if is_syllable(word.text))


def turns(page: Gray, dpi: int, read: Recognised, engine: Engine) -> tuple[int, ...]:
    """Quarter turns counter-clockwise that may bring the page upright; none where it was read well."""
    if not read.aside and not _is_poor(read.lines):
        return ()
    ratio = min(1.0, _TURN_DPI / dpi)
    told = engine.quarter_turns(transform.coarse(page, ratio), round(dpi * ratio))
    if told:
        return (told,)
    if read.aside:
        return _SIDEWAYS
    return _UPSIDE_DOWN if sum(len(line.words) for line in read.lines) >= _MIN_WORDS else ()


def recognise(page: Gray, dpi: int, skew_deg: float, engine: Engine) -> Recognised:
    """Read the page as it lies, turned so far counter-clockwise to be level."""
    height, width = page.shape
    scale = min(clean.READ_DPI / dpi, (_MAX_READ_PIXELS / page.size) ** 0.5)
    placement = Placement(width, height, skew_deg, scale)
    derivative = transform.placed(page, placement.scale, placement.angle_deg)
    read_dpi = max(1, round(dpi * scale))
    even = clean.flattened(derivative, read_dpi)
    read = engine.recognise(even, read_dpi)
    printed = [words for line in read if (words := noise.printed(line))]
    printed += missed.read(even, read_dpi, printed, engine)
    printed, framed = arrival_frames.lift(even, read_dpi, printed, open_digit_reader)
    arranged = zones.arrange(printed, derivative.shape[1], derivative.shape[0])
    lines = tuple(Line(_on_page(line.words, placement), line.zone) for line in arranged)
    marks = (*framed, *read_stamps.left_over(even, read_dpi, printed, engine))
    stamps = tuple(Mark(mark.kind, mark.text, placement.on_page(mark.box)) for mark in marks)
    return Recognised(lines, placement.angle_deg, _lie_on_their_side(arranged), stamps)


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
