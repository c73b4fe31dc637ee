"""Print that the engine passed over: ink that no word covers, read again on its own.

A seal, a picture or a slant can make an engine take lines for a drawing; cut out, they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ocr.engines.engine import Engine, EngineLine
from ocr.image import areas, inks
from ocr.image.raster import Gray
from ocr.page import Box, Word
from ocr.recognition import noise
from ocr.vietnamese.syllables import valid_share

_DARK, _LEAST_DARK = 128, 0.005  # brightness; share of a page that bears print
_DARKEST = 1  # per cent: print, however faint
_WORD_MARGIN_PX = 4
_REACH_CELLS = 3
_LEAST_MM = (15.0, 3.0)
_MOST_SHARE = 0.3  # of the page: a larger area is a frame or a border, and its middle was read
_MOST_AREAS = 6
_MARGIN_PX = 10
_WHITE = 255
_SURE = 0.8
_LEAST_WORDS = 2
_MM_PER_INCH = 25.4


def read(page: Gray, dpi: int, lines: Sequence[EngineLine], engine: Engine) -> tuple[EngineLine, ...]:
    """Further lines of the page, boxes in its pixels; only what is surely print.

    ``lines`` are those already read.
    """
    known = [word.box for line in lines for word in line]
    found = (line for area in _areas(page, dpi, lines) for line in _lines(page, area, dpi, engine))
    return tuple(line for line in found if not any(_read_before(word, known) for word in line))


def _read_before(word: Word, known: Sequence[Box]) -> bool:
    return any(box.holds(word.box.middle) for box in known)


def _areas(page: Gray, dpi: int, lines: Sequence[EngineLine]) -> list[Box]:
    """The largest areas of ink outside all words that are big enough for two words."""
    ink = inks.outside(page < _level(page), (word.box for line in lines for word in line), _WORD_MARGIN_PX)
    wide, high = (side / _MM_PER_INCH * dpi for side in _LEAST_MM)
    most = _MOST_SHARE * page.size
    found = areas.areas(ink, areas.cell_px(dpi), _REACH_CELLS)
    large = (box for box in found if box.w >= wide and box.h >= high and box.w * box.h <= most)
    return sorted(large, key=lambda box: -box.w * box.h)[:_MOST_AREAS]


def _level(page: Gray) -> float:
    """The brightness below which is ink: halfway to the paper where hardly anything is dark."""
    if (page < _DARK).mean() >= _LEAST_DARK:
        return _DARK
    darkest, paper = np.percentile(page, (_DARKEST, 50))
    return float(max(_DARK, (darkest + paper) / 2))


def _lines(page: Gray, area: Box, dpi: int, engine: Engine) -> Iterator[EngineLine]:
    crop = np.pad(page[area.y : area.bottom, area.x : area.right], _MARGIN_PX, constant_values=_WHITE)
    for line in engine.recognise(np.ascontiguousarray(crop), dpi):
        words = noise.printed(line)
        if _is_sure(words):
            yield tuple(_placed(word, area) for word in words)


def _is_sure(words: Sequence[Word]) -> bool:
    """Whether a line is print beyond doubt: several sure words that can be Vietnamese."""
    return (
        len(words) >= _LEAST_WORDS
        and min(word.confidence for word in words) >= _SURE
        and valid_share(word.text for word in words) == 1.0
    )


def _placed(word: Word, area: Box) -> Word:
    box = word.box
    moved = Box(area.x + box.x - _MARGIN_PX, area.y + box.y - _MARGIN_PX, box.w, box.h)
    return Word(word.text, moved, word.confidence)
