"""The entries of a ruled stamp for incoming papers: each row of each cell read with its handwriting.

Rules inside the frame part the cells (Nghị định 30/2020, Phụ lục IV). The reader of handwritten digits reads
a row, label and all; it drops Vietnamese marks, so that labels are known by their letters and spelt anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocr.handwriting.digits import SignReader, line_text
from ocr.image.raster import Gray, Mask
from ocr.page import Box
from ocr.vietnamese.folding import folded_words

ARRIVED, ONWARD = "ĐẾN", "Chuyển:"
_NUMBER, _DAY = "Số:", "Ngày:"
_LABELS = (
    (_NUMBER, re.compile(r"^\W*s\w{0,2}\s*[:.…]+", re.IGNORECASE)),
    (_DAY, re.compile(r"^\W*ng\w{1,2}\s*(?:[:.…]+|(?=\d))", re.IGNORECASE)),
    (ONWARD, re.compile(r"^\W*chuy\w{0,2}n\b", re.IGNORECASE)),
)
_LEADERS = " :.…_"
_INK, _WHITE = 160, 255
_MARGIN_MM = 0.5
_LEAST_MM = (8.0, 5.0)  # sides of a cell
_ROW_MM = 1.5
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Entry:
    """A label of the stamp with what is written after it, and the place of its row in the stamp."""

    label: str
    written: str
    box: Box

    @property
    def text(self) -> str:
        return f"{self.label} {self.written}".strip()


def entries(stamp: Gray, rules: Mask, dpi: int, reader: SignReader) -> tuple[Entry, ...]:
    """The entries whose labels are known, from top to bottom; ``stamp`` is what the frame holds.

    ``rules`` are the lines in it. The frame itself may be broken: the picture's edge closes the cells.
    """
    found = (_entry(stamp, rules, row, reader) for row in _rows(stamp, rules, dpi))
    return tuple(entry for entry in found if entry is not None)


def is_arrival(found: Sequence[Entry]) -> bool:
    """Whether these are entries of a stamp for incoming papers: ``ĐẾN`` or ``Chuyển``, and number or day."""
    labels = {entry.label for entry in found}
    return bool(labels & {ARRIVED, ONWARD}) and bool(labels & {_NUMBER, _DAY})


def _entry(stamp: Gray, rules: Mask, row: Box, reader: SignReader) -> Entry | None:
    area = slice(row.y, row.bottom), slice(row.x, row.right)
    text, _ = line_text(reader.signs(np.where(rules[area], _WHITE, stamp[area]).astype(np.uint8)))
    if folded_words(text) == folded_words(ARRIVED):
        return Entry(ARRIVED, "", row)
    for label, pattern in _LABELS:
        if match := pattern.match(text):
            return Entry(label, text[match.end() :].strip(_LEADERS), row)
    return None


def _rows(stamp: Gray, rules: Mask, dpi: int) -> Iterator[Box]:
    """The rows of print in every cell."""
    millimetre = dpi / _MM_PER_INCH
    margin = max(1, round(_MARGIN_MM * millimetre))
    thick = cv2.dilate(rules.view(np.uint8), np.ones((3, 3), np.uint8))
    _, _, areas, _ = cv2.connectedComponentsWithStats(1 - thick, connectivity=4)
    cells = [Box(*sides) for *sides, _ in areas[1:].tolist()]
    for cell in sorted(cells, key=lambda cell: (cell.y, cell.x)):
        if cell.w < _LEAST_MM[0] * millimetre or cell.h < _LEAST_MM[1] * millimetre:
            continue
        inside = Box(cell.x + margin, cell.y + margin, cell.w - 2 * margin, cell.h - 2 * margin)
        for top, bottom in _bands(stamp, inside, millimetre):
            top, bottom = max(cell.y, top - margin), min(cell.bottom, bottom + margin)
            yield Box(inside.x, top, inside.w, bottom - top)


def _bands(stamp: Gray, cell: Box, millimetre: float) -> Iterator[tuple[int, int]]:
    """Where ink begins and ends, from top to bottom."""
    inked = (stamp[cell.y : cell.bottom, cell.x : cell.right] < _INK).sum(axis=1).astype(np.float32)
    smooth = cv2.blur(inked.reshape(-1, 1), (1, max(1, round(millimetre)))).ravel()
    edges = np.flatnonzero(np.diff(np.pad(smooth > 0.5, 1).astype(np.int8)))
    for top, bottom in edges.reshape(-1, 2).tolist():
        if bottom - top > _ROW_MM * millimetre:
            yield cell.y + top, cell.y + bottom
