"""Left column, right column and body of a page (Nghị định 30/2020, Phụ lục I).

Zones come from the page; rows that were read across both columns are cut here, and a page without
zones is cut by position, so that the rules do not depend on one way of reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocr.layout.date_line import is_date_line
from ocr.layout.number_line import is_number_line, opens_with_number
from ocr.page import Box, Line, Page, Word, Zone
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.extract.office_notes import without_notes
from sohoa.domain.vietnamese import is_upper, nfc

HEAD_SHARE = 0.5
"""Of the page's height: the head ends above it."""

_LEFT_COLUMN = 0.42  # of the page: the middle of its lines
_COLUMN_END, _TYPED_END = 0.45, 0.52  # of the page
_CENTRED = 0.03  # of the page: between the middles of lines that are centred under each other
_GUTTER = 0.6  # heights of the letters
_GOES_WITH = re.compile(r"^[\W_]*(?:ban hanh )?(?:kem theo|dinh kem)\b")
_RIGHT_COLUMN = 0.3  # of the page: what begins further left and names a day is of the body


def columns(page: Page) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    """Left column, right column and body, each from top to bottom; rows of a column joined."""
    is_parted = any(
        line.zone is Zone.HEAD_RIGHT and _motto_start(line.words) is not None for line in page.lines
    )
    pieces = [piece for line in page.lines for piece in _cut(line, page, is_parted=is_parted)]
    if not any(piece.zone in (Zone.HEAD_LEFT, Zone.HEAD_RIGHT) for piece in pieces):
        pieces = _place(pieces, page)
    pieces = _rezoned(without_notes(pieces, page), page)
    left = _rows([line for line in pieces if line.zone is Zone.HEAD_LEFT])
    right = _rows([line for line in pieces if line.zone is Zone.HEAD_RIGHT])
    body = tuple(line for line in pieces if line.zone not in (Zone.HEAD_LEFT, Zone.HEAD_RIGHT))
    return left, right, body


def _rezoned(pieces: Sequence[Line], page: Page) -> list[Line]:
    """Lines below the date back to the body; lines that go on under ``V/v`` to the left column."""
    dates = [line.box.bottom for line in pieces if line.zone is Zone.HEAD_RIGHT and is_date_line(line.text)]
    left = [line.box for line in pieces if line.zone is Zone.HEAD_LEFT]
    end, low = min(dates, default=page.height_px), max((box.bottom for box in left), default=0)
    placed, above = list[Line](), None
    for line in sorted(pieces, key=lambda item: item.box.y) if left else pieces:
        zone = line.zone
        if zone is Zone.HEAD_RIGHT and line.box.y > end:
            zone = Zone.BODY
        elif zone is Zone.BODY and 0 < line.box.y - low < line.box.h and _is_below(line, above, page):
            zone, low, above = Zone.HEAD_LEFT, line.box.bottom, line
        placed.append(replace(line, zone=zone))
    return placed


def _is_below(line: Line, above: Line | None, page: Page) -> bool:
    """Whether the line is of the left column, or a typed one that is wider and centred under the last."""
    if line.box.right < _COLUMN_END * page.width_px:
        return True
    if above is None or line.box.right > _TYPED_END * page.width_px:
        return False
    return abs(line.box.middle[0] - above.box.middle[0]) < _CENTRED * page.width_px


def _cut(line: Line, page: Page, *, is_parted: bool) -> list[Line]:
    """A row read across both head columns becomes two lines; any other line stays.

    ``is_parted`` says that the motto has its column already: where it stands again, it is of the body.
    """
    if (
        line.zone is not Zone.BODY
        or line.box.y > HEAD_SHARE * page.height_px
        or line.box.x > 0.4 * page.width_px
    ):
        return [line]
    words = sorted(line.words, key=lambda word: word.box.x)
    at = None if is_parted else _motto_start(words)
    if at is None and is_date_line(line.text) and opens_with_number(nfc(line.text)):
        at = _between_number_and_date(words)
    if at is None:
        return [line]
    halves = ((words[:at], Zone.HEAD_LEFT), (words[at:], Zone.HEAD_RIGHT))
    return [Line(tuple(half), zone) for half, zone in halves if half]


def _between_number_and_date(words: Sequence[Word]) -> int | None:
    """Where the date of a row begins; None where both stand in a sentence or a heading."""
    gaps = [after.box.x - before.box.right for before, after in pairwise(words)]
    at = gaps.index(max(gaps)) + 1
    if max(gaps) < _GUTTER * words[at].box.h:
        return None
    number, date = (nfc(" ".join(word.text for word in half)) for half in (words[:at], words[at:]))
    return at if is_number_line(number) and is_date_line(date) and not is_number_line(date) else None


def _motto_start(words: Sequence[Word]) -> int | None:
    """Where the motto begins: in a sentence it has small letters, in a title ``NƯỚC`` before it."""
    for index, first in enumerate(words):
        tail = letters(" ".join(word.text for word in words[index:]))
        if not tail.startswith(("conghoaxa", "conghaxa", "doclap", "dangcongsan")):
            continue
        named = index == 1 and letters(words[0].text) == "nuoc"
        if not named and (index == 0 or is_upper(first.text, 0.6) or first.text.startswith("Độc")):
            return index
    return None


def _place(pieces: Sequence[Line], page: Page) -> list[Line]:
    """Zones by position, for pages read without: everything down to the date line is head."""
    dated = [line.box.bottom for line in pieces if is_dated(line, page)]
    marks = [*dated, *(line.box.bottom for line in pieces if _is_numbered(line, page))]
    marks = [bottom for bottom in marks if bottom < HEAD_SHARE * page.height_px]
    end = min(marks, default=0) + page.height_px * 0.01
    placed = []
    for line in pieces:
        zone = line.zone
        if line.box.y < end:
            zone = Zone.HEAD_LEFT if line.box.middle[0] < _LEFT_COLUMN * page.width_px else Zone.HEAD_RIGHT
        placed.append(replace(line, zone=zone))
    return placed


def is_dated(line: Line, page: Page) -> bool:
    """Whether it is a date line that stands where one may: days of the body begin at its margin."""
    in_column = line.box.x > _RIGHT_COLUMN * page.width_px
    opens = opens_body(line.text) or goes_with(line.text) or opens_with_number(nfc(line.text))
    return in_column and is_date_line(line.text) and not opens


def _is_numbered(line: Line, page: Page) -> bool:
    """Whether it is a number line of the left column: ``(Kèm theo Quyết định số …)`` runs through."""
    in_column = line.box.middle[0] < _LEFT_COLUMN * page.width_px
    return in_column and is_number_line(nfc(line.text))


def goes_with(text: str) -> bool:
    """Whether the line names the paper that an annex goes with: ``(Kèm theo Quyết định số …)``."""
    return bool(_GOES_WITH.match(fold(text)))


def opens_body(text: str) -> bool:
    return fold(text).lstrip(" -–").startswith(("can cu ", "kinh gui", "dieu 1"))


def _rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines of one column from top to bottom; pieces that stand on one row become one line."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda item: item.box.y):
        last = rows[-1] if rows else None
        if last is not None and _same_row(last.box, line.box):
            words = sorted((*last.words, *line.words), key=lambda word: word.box.x)
            rows[-1] = Line(tuple(words), last.zone)
        else:
            rows.append(line)
    return tuple(rows)


def _same_row(a: Box, b: Box) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.y, b.y)
    return shared > 0.5 * min(a.h, b.h) and (a.right <= b.x + b.h or b.right <= a.x + a.h)
