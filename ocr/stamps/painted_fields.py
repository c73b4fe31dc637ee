"""Marks in white letters on a painted field: the ink is around the wording, not in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ocr.engines.engine import Engine, EngineLine
from ocr.image import areas, transform
from ocr.image.raster import Gray, Mask
from ocr.page import Box, Mark, MarkKind, Word
from ocr.stamps import wordings

_LEAST_MM = (10.0, 4.5)
_MOST_SHARE = 0.2  # of the page: a larger field is a background or a picture
_FULL = 0.6
_HALF = 0.5
_EDGE = 0.7  # of a field's rim: a picture of a seal or a frame with letters has less
_MOST = 8
_SOLID = 245
_SURE_WORD = 0.75
_LEAST_CELLS = 10  # of the rim of the smallest field
_MARGIN_PX = 12
_TEXT_DPI = 200
_WHITE = 255
_MM_PER_INCH = 25.4


def read(ink: Mask, dpi: int, engine: Engine) -> list[Mark]:
    """A mark for each painted field that says a level of secrecy, or surely something else."""
    found: list[Mark] = []
    for box in list(_fields(ink, dpi))[:_MOST]:
        lines = _lines(ink[box.y : box.bottom, box.x : box.right], dpi, engine)
        known = [mark for line in lines if (mark := wordings.worded(_text(line), box))]
        secret = [mark for mark in known if mark.kind is MarkKind.SECRECY]
        found += secret or _other([word for line in lines for word in line], box)
    return found


def _other(words: Sequence[Word], box: Box) -> list[Mark]:
    """The stamp whose text is surely another one."""
    sure = len(words) > 0 and min(word.confidence for word in words) >= _SURE_WORD
    text = _text(words)
    return [Mark(MarkKind.STAMP, text, box)] if sure and wordings.is_far_from_secrecy(text) else []


def _fields(ink: Mask, dpi: int) -> Iterator[Box]:
    side = areas.cell_px(dpi)
    cells = transform.coarse(ink.view(np.uint8) * _WHITE, 1 / side)
    if (cells >= _SOLID).sum() < _LEAST_CELLS:
        return
    wide, high = (side / _MM_PER_INCH * dpi for side in _LEAST_MM)
    solid = transform.shrunk(ink, side)  # nothing of the print that touches a field
    for box in (_tight(ink, _around(box, side, ink)) for box in areas.areas(solid, side)):
        if box.w >= wide and box.h >= high and box.w * box.h <= _MOST_SHARE * ink.size:
            patch = ink[box.y : box.bottom, box.x : box.right]
            if patch.mean() >= _FULL and _has_rim(patch):
                yield box


def _around(box: Box, by: int, ink: Mask) -> Box:
    x, y = max(0, box.x - by), max(0, box.y - by)
    return Box(x, y, min(ink.shape[1], box.right + by) - x, min(ink.shape[0], box.bottom + by) - y)


def _tight(ink: Mask, around: Box) -> Box:
    """The box without rows and columns at its edges that are mostly bare: cells are wider than the ink."""
    patch = ink[around.y : around.bottom, around.x : around.right]
    rows, columns = (np.flatnonzero(patch.mean(axis=axis) >= _HALF) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return around
    left, top = int(columns[0]), int(rows[0])
    return Box(around.x + left, around.y + top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def _has_rim(patch: Mask) -> bool:
    """Whether the field goes on around what is left open in it."""
    deep = max(2, patch.shape[0] // 10)
    return bool(min(patch[deep : 2 * deep].mean(), patch[-2 * deep : -deep].mean()) >= _EDGE)


def _lines(patch: Mask, dpi: int, engine: Engine) -> Sequence[EngineLine]:
    letters: Gray = np.where(patch, _WHITE, 0).astype(np.uint8)
    deep = max(2, patch.shape[0] // 12)
    inside = np.pad(letters[deep:-deep, deep:-deep], _MARGIN_PX, constant_values=_WHITE)
    return engine.recognise_block(transform.scaled(inside, _TEXT_DPI / dpi), _TEXT_DPI)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
