"""Finds the head of a document: who, which number, which day, what kind (Nghị định 30/2020, Phụ lục I).

Zones come from the page; rows that were read across both columns are cut here, and a page without
zones is cut by position, so that the rules do not depend on one way of reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ocr.layout.date_line import is_bare_date, is_date_line
from ocr.layout.number_line import is_number_line, opens_with_number, parted
from ocr.page import Box, Line, MarkKind, Page, Word, Zone
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.extract.calibration import PageShares
from sohoa.domain.extract.types import DocumentType, TypeTable
from sohoa.domain.vietnamese import is_upper, nfc

_MOTTO = ("conghoaxahoi", "xahoichunghia", "chunghiavietnam", "doclaptudo", "tudohanhphuc")
_PARTY_MOTTO = ("dangcongsanvietnam",)
_HEAD_SHARE = 0.5
_RIGHT_COLUMN = 0.3  # of the page: what begins further left and names a day is of the body
_WIDE_GAP = 2.0  # heights of the letters


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document on its first page; parts that were not found are None or empty.

    ``organ`` are the lines above the number, ``below`` those under it (``V/v …``), ``title`` the body
    lines after the type heading, ``rest`` what the heading's own line holds after the type.
    """

    page: Page
    motto: bool = False
    party: bool = False
    organ: tuple[Line, ...] = ()
    number: Line | None = None
    below: tuple[Line, ...] = ()
    date: Line | None = None
    heading: Line | None = None
    kind: DocumentType | None = None
    rest: str = ""
    title: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()


def find_head(page: Page, types: TypeTable, shares: PageShares) -> Head:
    """The head on this page; fields stay empty where the page has none."""
    left, right, body = _columns(page)
    squeezed = letters(" ".join(line.text for line in right))
    printed = next((line for line in left if is_number_line(nfc(line.text))), None)
    number = printed or _stamped_number(page, shares)
    date = next((line for line in right if _is_dated(line, page)), None)
    heading, kind, rest, after = _heading(body, page, types)
    above = tuple(line for line in left if number is None or line.box.bottom <= number.box.middle[1])
    below = tuple(line for line in left if number is not None and line.box.y >= number.box.middle[1])
    if date is None and below and is_bare_date(nfc(below[0].text)):
        date, below = below[0], below[1:]
    return Head(
        page,
        motto=any(piece in squeezed for piece in (*_MOTTO, *_PARTY_MOTTO)),
        party=any(piece in squeezed for piece in _PARTY_MOTTO),
        organ=tuple(line for line in above if line is not number),
        number=_with_stamped_digits(number, page, shares),
        below=tuple(line for line in below if line is not number),
        date=_with_stamped_digits(date, page, shares),
        heading=heading,
        kind=kind,
        rest=rest,
        title=after if heading is not None else (),
        body=after,
    )


def _is_dated(line: Line, page: Page) -> bool:
    """Whether it is a date line that stands where one may: days of the body begin at its margin."""
    in_column = line.box.x > _RIGHT_COLUMN * page.width_px
    return in_column and is_date_line(line.text) and not _opens_body(line.text)


def _with_stamped_digits(line: Line | None, page: Page, shares: PageShares) -> Line | None:
    """The line with digits that a signature's appearance put on it: number and day of digital originals."""
    if line is None:
        return None
    middle, reach = line.box.middle[1], 1.5 * line.box.h
    stamped = [
        Word(mark.text.strip(), mark.box, shares.stamped_digits)
        for mark in page.marks
        if mark.kind is MarkKind.SIGNATURE_APPEARANCE
        and (mark.text.strip().isdecimal() or parted(mark.text))
        and abs(mark.box.middle[1] - middle) < reach
        and line.box.x < mark.box.x < line.box.right
    ]
    if not stamped:
        return line
    return Line(tuple(sorted((*line.words, *stamped), key=lambda word: word.box.x)), line.zone)


def _stamped_number(page: Page, shares: PageShares) -> Line | None:
    """The number line that stands only in a signature's appearance in the page's upper left."""
    for mark in page.marks:
        x, y = mark.box.middle
        inside = x < 0.5 * page.width_px and y < _HEAD_SHARE * page.height_px
        text = " ".join(nfc(mark.text).split())
        if mark.kind is MarkKind.SIGNATURE_APPEARANCE and inside and opens_with_number(text):
            return Line((Word(text, mark.box, shares.stamped_digits),), Zone.HEAD_LEFT)
    return None


def _columns(page: Page) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    """Left column, right column and body, each from top to bottom; rows of a column joined."""
    is_parted = any(
        line.zone is Zone.HEAD_RIGHT and _motto_start(line.words) is not None for line in page.lines
    )
    pieces = [piece for line in page.lines for piece in _cut(line, page, is_parted=is_parted)]
    if not any(piece.zone in (Zone.HEAD_LEFT, Zone.HEAD_RIGHT) for piece in pieces):
        pieces = _place(pieces, page)
    pieces = _rezoned(pieces, page)
    left = _rows([line for line in pieces if line.zone is Zone.HEAD_LEFT])
    right = _rows([line for line in pieces if line.zone is Zone.HEAD_RIGHT])
    body = tuple(line for line in pieces if line.zone not in (Zone.HEAD_LEFT, Zone.HEAD_RIGHT))
    return left, right, body


def _rezoned(pieces: Sequence[Line], page: Page) -> list[Line]:
    """Lines below the date back to the body; lines that go on under ``V/v`` to the left column."""
    dates = [line.box.bottom for line in pieces if line.zone is Zone.HEAD_RIGHT and is_date_line(line.text)]
    left = [line.box for line in pieces if line.zone is Zone.HEAD_LEFT]
    end, low = min(dates, default=page.height_px), max((box.bottom for box in left), default=0)
    placed = []
    for line in sorted(pieces, key=lambda item: item.box.y) if left else pieces:
        zone = line.zone
        if zone is Zone.HEAD_RIGHT and line.box.y > end:
            zone = Zone.BODY
        elif (
            zone is Zone.BODY and line.box.right < 0.45 * page.width_px and 0 < line.box.y - low < line.box.h
        ):
            zone, low = Zone.HEAD_LEFT, line.box.bottom
        placed.append(replace(line, zone=zone))
    return placed


def _cut(line: Line, page: Page, *, is_parted: bool) -> list[Line]:
    """A row read across both head columns becomes two lines; any other line stays.

    ``is_parted`` says that the motto has its column already: where it stands again, it is of the body.
    """
    if (
        line.zone is not Zone.BODY
        or line.box.y > _HEAD_SHARE * page.height_px
        or line.box.x > 0.4 * page.width_px
    ):
        return [line]
    words = sorted(line.words, key=lambda word: word.box.x)
    at = None if is_parted else _motto_start(words)
    if at is None and is_date_line(line.text) and opens_with_number(nfc(line.text)):
        gaps = [words[i].box.x - words[i - 1].box.right for i in range(1, len(words))]
        at = gaps.index(max(gaps)) + 1
    if at is None:
        return [line]
    halves = ((words[:at], Zone.HEAD_LEFT), (words[at:], Zone.HEAD_RIGHT))
    return [Line(tuple(half), zone) for half, zone in halves if half]


def _motto_start(words: Sequence[Word]) -> int | None:
    for index in range(len(words)):
        tail = letters(" ".join(word.text for word in words[index:]))
        if tail.startswith(("conghoaxa", "conghaxa", "doclap", "dangcongsan")):
            return index
    return None


def _place(pieces: Sequence[Line], page: Page) -> list[Line]:
    """Zones by position, for pages read without: everything down to the date line is head."""
    dated = [line.box.bottom for line in pieces if _is_dated(line, page)]
    marks = [*dated, *(line.box.bottom for line in pieces if is_number_line(nfc(line.text)))]
    marks = [bottom for bottom in marks if bottom < _HEAD_SHARE * page.height_px]
    end = min(marks, default=0) + page.height_px * 0.01
    placed = []
    for line in pieces:
        zone = line.zone
        if line.box.y < end:
            zone = Zone.HEAD_LEFT if line.box.middle[0] < 0.42 * page.width_px else Zone.HEAD_RIGHT
        placed.append(replace(line, zone=zone))
    return placed


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


def _heading(
    body: Sequence[Line], page: Page, types: TypeTable
) -> tuple[Line | None, DocumentType | None, str, tuple[Line, ...]]:
    """The type heading, its type, the rest of its line, and the body after it (all of it without one)."""
    for index, line in enumerate(body):
        if line.box.y > _HEAD_SHARE * page.height_px or _opens_body(line.text):
            break
        for part in (line, _after_gap(line)):
            found = types.of_heading(part.text) if is_upper(part.text, 0.6) else None
            if found and _centred(part, page):
                return part, found[0], found[1], tuple(body[index + 1 :])
    return None, None, "", tuple(body)


def _after_gap(line: Line) -> Line:
    """The words after the widest gap, where it is no word space: a stamp in the margin stands before it."""
    gaps = [after.box.x - before.box.right for before, after in pairwise(line.words)]
    if not gaps or max(gaps) < _WIDE_GAP * line.words[-1].box.h:
        return line
    return Line(line.words[gaps.index(max(gaps)) + 1 :], line.zone)


def _opens_body(text: str) -> bool:
    return fold(text).lstrip(" -–").startswith(("can cu ", "kinh gui", "dieu 1"))


def _centred(line: Line, page: Page) -> bool:
    return 0.33 * page.width_px < line.box.middle[0] < 0.72 * page.width_px
