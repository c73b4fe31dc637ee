"""Marks in letters set far apart (`M Ậ T`), which engines misread: pushed together they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from ocr.engines.engine import Engine, EngineLine
from ocr.image import areas
from ocr.image.raster import Gray, Mask
from ocr.page import Box, Mark, MarkKind
from ocr.stamps import wordings

_PALE = 160
_WHITE = 255
_MOST_LETTERS = 24
_LETTERS = (3, 26)
_BLANK_SHARE = 0.4  # of the line's width: usual capitals leave a quarter
_GAP, _WORD_GAP = 0.12, 0.5  # of the line's height
_WIDER = 1.5  # than the usual gap is one between words
_MARGIN = 0.4
_MM_PER_INCH = 25.4
_UPPER_SHARE = 0.5
_APART_CELLS = 9
_HEIGHT_MM = (3.0, 9.0)
_LEAST_WIDTH = 3.0  # of the height

_Run = tuple[int, int]


def secret(page: Gray, dpi: int, lines: Sequence[EngineLine], unread: Mask, engine: Engine) -> Iterator[Mark]:
    """A mark of secrecy for each short line of letters set apart that says one.

    ``unread`` is the ink under no word: engines pass over such lines, too.
    """
    short = (line for line in lines if sum(len(word.text) for word in line) <= _MOST_LETTERS)
    read = (Box.around(word.box for word in line) for line in short)
    for box in (*read, *_rows(unread, dpi)):
        crop = page[box.y : box.bottom, box.x : box.right]
        runs = _runs(crop)
        if _is_spaced(runs, box):
            yield from _worded(_together(crop, runs), box, dpi, engine)


def _rows(ink: Mask, dpi: int) -> Iterator[Box]:
    """Rows of ink as high as letters, in the upper part, whose parts are no further apart than letters."""
    side = areas.cell_px(dpi)
    upper = ink[: round(_UPPER_SHARE * ink.shape[0])]
    least, most = (height * dpi / _MM_PER_INCH for height in _HEIGHT_MM)
    for box in areas.areas(upper, side, _APART_CELLS, down=1):
        if least <= box.h <= most and box.w >= _LEAST_WIDTH * box.h:
            yield box


def _runs(crop: Gray) -> list[_Run]:
    """First and one past the last column of each group of columns that hold ink."""
    inked = np.pad((crop < _PALE).any(axis=0), 1).astype(np.int8)
    edges = np.flatnonzero(np.diff(inked)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _is_spaced(runs: Sequence[_Run], box: Box) -> bool:
    if not _LETTERS[0] <= len(runs) <= _LETTERS[1]:
        return False
    inked = sum(end - start for start, end in runs)
    return (
        1 - inked / (runs[-1][1] - runs[0][0]) >= _BLANK_SHARE
        and max(end - start for start, end in runs) <= 2 * box.h
    )


def _together(crop: Gray, runs: Sequence[_Run]) -> Gray:
    high = crop.shape[0]
    gaps = [after[0] - before[1] for before, after in pairwise(runs)]
    wide = _WIDER * median(gaps)
    parts = [_blank(high, _MARGIN * high)]
    for (start, end), gap in zip(runs, [*gaps, 0], strict=True):
        parts += [crop[:, start:end], _blank(high, (_WORD_GAP if gap > wide else _GAP) * high)]
    margin = round(_MARGIN * high)
    return np.pad(np.concatenate(parts, axis=1), ((margin, margin), (0, margin)), constant_values=_WHITE)


def _blank(high: int, wide: float) -> Gray:
    return np.full((high, max(1, round(wide))), _WHITE, np.uint8)


def _worded(crop: Gray, box: Box, dpi: int, engine: Engine) -> Iterator[Mark]:
    for line in engine.recognise_line(crop, dpi):
        mark = wordings.worded(" ".join(word.text for word in line), box)
        if mark is not None and mark.kind is MarkKind.SECRECY:
            yield mark
