"""Stamps found by their frame: printed in black, or too pale for their ink to be told from the print.

A framed box of a stamp's size is one when it says so, or when what stands in it can hardly be read.

The stamp of an incoming paper (``ĐẾN``) is a frame of 35 x 50 mm with ruled lines inside (Nghị định
30/2020, Phụ lục IV); offices also use smaller ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import mean

import cv2
import numpy as np

from ocr.engines.engine import EngineLine
from ocr.handwriting.digits import SignReader
from ocr.image import areas
from ocr.image.raster import Gray, Mask
from ocr.page import Box, Mark, MarkKind, Word
from ocr.stamps import arrival_cells
from ocr.vietnamese.folding import folded_words

_WHITE = 255
_DARK = 128
_PALE = 220  # of levelled, evenly white paper: the thin rules of a violet stamp are no darker
_RULE_MM = (14.0, 8.0)  # the shortest rules across and down
_INNER_RULE_MM = (10.0, 8.0)  # and between the cells of a stamp
_GAP_SHARE = 0.08  # of a rule that may be broken
_WIDTH_MM, _HEIGHT_MM = (25.0, 75.0), (10.0, 55.0)
_SIDE_COVERED = 0.55
_EDGE_MM = 2.0
_UPPER_SHARE = 0.6
_MM_PER_INCH = 25.4
_SPACE = 0.75  # of the print's height: the widest space between words of running text
_LEAST_SURE = 0.5
_POOR_WORDS = 3
_WORSE = 0.2  # in mean confidence: rubber print with handwriting in it beside typeset lines
_ARRIVED = "den"
_ONWARD = "chuyen"
_LEADERS = ":.…"
_ENTRIES = ("so", "ngay", "chuyen", "luu")


def lift(
    page: Gray, dpi: int, lines: Sequence[EngineLine], open_reader: Callable[[], SignReader]
) -> tuple[list[EngineLine], tuple[Mark, ...]]:
    """The lines without the words of incoming stamps, and those stamps.

    A word at the frame's edge that a printed line goes on with outside stays in that line. What is written
    in the cells of a frame of that size is read by the reader of handwriting, which is opened only then.
    """
    found = []
    for box in _every_frame(page, dpi):
        entries = _entries(page, dpi, box, open_reader())
        if arrival_cells.is_arrival(entries) or _is_incoming(box, lines):
            found.append(Mark(MarkKind.STAMP, _text(box, lines, entries), box))
    boxes = [mark.box for mark in found]
    left = [tuple(w for w in line if not any(_belongs(w, line, box) for box in boxes)) for line in lines]
    return [line for line in left if line], tuple(found)


def _entries(page: Gray, dpi: int, box: Box, reader: SignReader) -> list[arrival_cells.Entry]:
    """The entries inside the frame, their rows in the page's pixels."""
    edge = _edge(dpi)
    stamp = page[box.y + edge : box.bottom - edge, box.x + edge : box.right - edge]
    across, down = (round(length * dpi / _MM_PER_INCH) for length in _INNER_RULE_MM)
    found = arrival_cells.entries(stamp, _runs(stamp < _PALE, across, down), dpi, reader)
    x, y = box.x + edge, box.y + edge
    return [replace(entry, box=replace(entry.box, x=x + entry.box.x, y=y + entry.box.y)) for entry in found]


def _every_frame(page: Gray, dpi: int) -> list[Box]:
    """The frames of dark ink, and those of pale ink elsewhere: print beside a dark one joins it when pale."""
    dark = list(_frames(page, dpi, _DARK))
    pale = _frames(page, dpi, _PALE)
    return dark + [box for box in pale if not any(box.holds(other.middle) for other in dark)]


def _edge(dpi: int) -> int:
    """How far a frame's rules may be off its box, in pixels."""
    return max(1, round(_EDGE_MM * dpi / _MM_PER_INCH))


def _frames(page: Gray, dpi: int, level: int) -> Iterator[Box]:
    """Boxes in the upper part of the page with rules on all four sides, of a stamp's size."""
    dark = page[: round(_UPPER_SHARE * page.shape[0])] < level
    millimetre = dpi / _MM_PER_INCH
    across, down = (round(length * millimetre) for length in _RULE_MM)
    rules = _runs(dark, across, down)
    edge = _edge(dpi)
    for box in areas.areas(rules, areas.cell_px(dpi), 1):
        wide, high = box.w / millimetre, box.h / millimetre
        sized = _WIDTH_MM[0] <= wide <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= high <= _HEIGHT_MM[1]
        if sized and _is_framed(rules[box.y : box.bottom, box.x : box.right], edge):
            yield Box(box.x - edge, box.y - edge, box.w + 2 * edge, box.h + 2 * edge)


def _runs(dark: Mask, across: int, down: int) -> Mask:
    """Pixels that lie on a rule of at least that length, small breaks allowed."""
    ink = dark.view(np.uint8) * np.uint8(_WHITE)
    covered = np.zeros_like(ink)
    for size in ((1, down), (across, 1)):
        share = cv2.blur(ink, size, borderType=cv2.BORDER_CONSTANT)
        full = (share >= _WHITE * (1 - _GAP_SHARE)).view(np.uint8)
        if not full.any():  # most pages have no rule down: then there is no frame
            return np.zeros_like(dark)
        mirrored = tuple(length - 1 - length // 2 for length in size)
        covered |= cv2.dilate(full, np.ones(size[::-1], np.uint8), anchor=mirrored).astype(np.uint8)
    rules: Mask = (covered > 0) & dark
    return rules


def _is_framed(rules: Mask, edge: int) -> bool:
    sides = (rules[:edge].any(axis=0), rules[-edge:].any(axis=0))
    flanks = (rules[:, :edge].any(axis=1), rules[:, -edge:].any(axis=1))
    return all(side.mean() >= _SIDE_COVERED for side in (*sides, *flanks))


def _is_incoming(box: Box, lines: Sequence[EngineLine]) -> bool:
    """Whether its wording says so, or it is read far worse than the page around it."""
    around = mean(word.confidence for line in lines for word in line) if lines else 1.0
    words = [word for line in lines for word in line if box.holds(word.box.middle)]
    entries = (folded_words(word.text).startswith(_ENTRIES) for word in words)
    wording = any(map(_asks_onward, words)) or (any(map(_is_arrival_heading, words)) and any(entries))
    return wording or (
        len(words) >= _POOR_WORDS and mean(word.confidence for word in words) < around - _WORSE
    )


def _is_arrival_heading(word: Word) -> bool:
    return word.text.isupper() and _ARRIVED in folded_words(word.text)


def _asks_onward(word: Word) -> bool:
    """Whether the word is the stamp's entry `Chuyển:` with its colon or dotted line."""
    return folded_words(word.text.rstrip(_LEADERS)) == _ONWARD and word.text[-1:] in _LEADERS


def _belongs(word: Word, line: EngineLine, box: Box) -> bool:
    """Whether the word is the stamp's; not one that stands beside a word outside, as in running text."""
    if not box.holds(word.box.middle):
        return False
    if word.confidence < _LEAST_SURE:
        return True
    outside = (other for other in line if not box.holds(other.box.middle))
    return not any(0 <= other.box.x - word.box.right < _SPACE * other.box.h for other in outside)


def _text(box: Box, lines: Sequence[EngineLine], entries: Sequence[arrival_cells.Entry]) -> str:
    """The words in the box, those in the rows of entries replaced by the entries."""
    parts = [
        " ".join(
            word.text
            for word in line
            if _belongs(word, line, box) and not any(entry.box.holds(word.box.middle) for entry in entries)
        )
        for line in lines
    ]
    return "\n".join(part for part in (*parts, *(entry.text for entry in entries)) if part)
