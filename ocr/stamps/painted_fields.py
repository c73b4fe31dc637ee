"""Marks in white letters on a painted field: the ink is around the wording, not in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ocr.engines.engine import Engine
from ocr.image import areas, transform
from ocr.image.raster import Gray, Mask
from ocr.page import Box, Mark, MarkKind
from ocr.stamps import wordings

_LEAST_MM = (10.0, 4.5)
_MOST_SHARE = 0.2  # of the page: a larger field is a background or a picture
_FULL = 0.6
_HALF = 0.5
_EDGE = 0.7  # of a field's rim: a picture of a seal or a frame with letters has less
_MOST = 8
_SOLID = 245
_LEAST_CELLS = 10  # of the rim of the smallest field
_MARGIN_PX = 12
_TEXT_DPI = 200
_WHITE = 255
_MM_PER_INCH = 25.4


def secret(ink: Mask, dpi: int, engine: Engine) -> list[Mark]:
    """A mark for each painted field that says a level of secrecy."""
    found = (
        mark
        for box in list(_fields(ink, dpi))[:_MOST]
        for mark in _worded(ink[box.y : box.bottom, box.x : box.right], box, dpi, engine)
    )
    return [mark for mark in found if mark.kind is MarkKind.SECRECY]


def _fields(ink: Mask, dpi: int) -> Iterator[Box]:
    side = areas.cell_px(dpi)
    cells = transform.coarse(ink.view(np.uint8) * _WHITE, 1 / side)
    if (cells >= _SOLID).sum() < _LEAST_CELLS:
        return
    wide, high = (side / _MM_PER_INCH * dpi for side in _LEAST_MM)
    for box in (_tight(ink, around) for around in areas.areas(ink, side)):
        if box.w >= wide and box.h >= high and box.w * box.h <= _MOST_SHARE * ink.size:
            patch = ink[box.y : box.bottom, box.x : box.right]
            if patch.mean() >= _FULL and _has_rim(patch):
                yield box


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


def _worded(patch: Mask, box: Box, dpi: int, engine: Engine) -> Iterator[Mark]:
    letters: Gray = np.where(patch, _WHITE, 0).astype(np.uint8)
    deep = max(2, patch.shape[0] // 12)
    inside = np.pad(letters[deep:-deep, deep:-deep], _MARGIN_PX, constant_values=_WHITE)
    for line in engine.recognise_block(transform.scaled(inside, _TEXT_DPI / dpi), _TEXT_DPI):
        mark = wordings.worded(" ".join(word.text for word in line), box)
        if mark is not None:
            yield mark
