"""Finds the head of a document: who, which number, which day, what kind (Nghị định 30/2020, Phụ lục I).

A number that does not stand in the left column may stand in the heading, or centred under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocr.layout.anchors import is_salutation
from ocr.layout.date_line import is_bare_date, is_date_line, is_place_and_date
from ocr.layout.number_line import is_number_line, number_and_notation, opens_with_number, parted
from ocr.page import Line, MarkKind, Page, Word, Zone
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.extract.calibration import PageShares
from sohoa.domain.extract.columns import HEAD_SHARE, columns, goes_with, is_dated, opens_body
from sohoa.domain.extract.english import without_english
from sohoa.domain.extract.types import DocumentType, TypeTable
from sohoa.domain.vietnamese import is_upper, nfc

_MOTTO = ("conghoaxahoi", "xahoichunghia", "chunghiavietnam", "doclaptudo", "tudohanhphuc")
_PARTY_MOTTO = ("dangcongsanvietnam",)
_TITLE_LINES = 4  # under the heading, where a number may stand
_WIDE_GAP = 2.0  # heights of the letters
_CONCERNS = re.compile(r"^\W*v\W{0,2}v\b")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document on its first page; parts that were not found are None or empty.

    ``organ`` are the lines above the number, ``below`` those under it (``V/v …``), ``title`` the body
    lines after the type heading, ``rest`` what the heading's own line holds after the type. ``several`` says
    that each issuer of a joint paper has its own number line, ``cited`` that the number is that of the paper
    which an annex goes with, ``untold`` that no list has the kind: its heading is its name.
    """

    page: Page
    motto: bool = False
    party: bool = False
    organ: tuple[Line, ...] = ()
    number: Line | None = None
    several: bool = False
    cited: bool = False
    untold: bool = False
    below: tuple[Line, ...] = ()
    date: Line | None = None
    heading: Line | None = None
    kind: DocumentType | None = None
    rest: str = ""
    title: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()


def find_head(page: Page, types: TypeTable, shares: PageShares) -> Head:
    """The head on this page; fields stay empty where the page has none."""
    left, right, body = (tuple(without_english(lines)) for lines in columns(page))
    squeezed = letters(" ".join(line.text for line in right))
    number = next((line for line in left if is_number_line(nfc(line.text))), None)
    number = number or _stamped_number(page, shares)
    date = next((line for line in right if is_dated(line, page)), None)
    heading, kind, rest, after = _heading(body, page, types)
    told = heading is not None
    if heading is None and not any(_CONCERNS.match(fold(line.text)) for line in left):
        heading, kind, rest, after = _title_over_salutation(body, page, types)
    beside = number if number is not None and number.box.middle[0] < 0.5 * page.width_px else None
    above = tuple(line for line in left if beside is None or line.box.bottom <= beside.box.middle[1])
    below = tuple(line for line in left if beside is not None and line.box.y >= beside.box.middle[1])
    if beside is not None and below and _goes_on(beside, below[0]):
        number, below = Line((*beside.words, *below[0].words), beside.zone), below[1:]
    if date is None and below and _is_only_a_date(nfc(below[0].text)):
        date, below = below[0], below[1:]
    if number is None and heading is not None:
        number, of_title, after = _number_of_title(heading, after, page)
        date = date or of_title
    motto = any(piece in squeezed for piece in (*_MOTTO, *_PARTY_MOTTO))
    cited = None if motto or number is not None or date is not None else _number_of_decision(body, page)
    return Head(
        page,
        motto=motto,
        party=any(piece in squeezed for piece in _PARTY_MOTTO),
        organ=tuple(line for line in above if line is not beside),
        number=cited or _with_stamped_digits(number, page, shares),
        several=sum(_is_whole_number(nfc(line.text)) for line in left) > 1,
        cited=cited is not None,
        untold=heading is not None and not told,
        below=tuple(line for line in below if line is not beside),
        date=_with_stamped_digits(date, page, shares),
        heading=heading,
        kind=kind,
        rest=rest,
        title=after if heading is not None else (),
        body=after,
    )


def _is_whole_number(text: str) -> bool:
    """Whether a line opens with a number that has its notation: in a stamp of receipt it has none."""
    return opens_with_number(text) and number_and_notation(text)[1] is not None


def _goes_on(number: Line, below: Line) -> bool:
    """Whether the notation is broken after a hyphen or a slash: ``…/TTLT-BTP-BCA-`` over ``TANDTC``."""
    return number.text.endswith(("-", "–", "/")) and bool(re.fullmatch(r"[A-ZĐ&.-]{2,}", nfc(below.text)))


def _is_only_a_date(text: str) -> bool:
    return is_bare_date(text) or is_place_and_date(text)


def _number_of_title(
    heading: Line, after: tuple[Line, ...], page: Page
) -> tuple[Line | None, Line | None, tuple[Line, ...]]:
    """Number and date of ``QUYẾT ĐỊNH SỐ 115-HĐBT NGÀY …``, or a number centred below; the lines without."""
    if opens_with_number(nfc(heading.text)):
        words = heading.words
        at = next((i for i, word in enumerate(words) if letters(word.text) == "ngay"), len(words))
        date = Line(words[at:], heading.zone) if words[at:] else None
        return Line(words[:at], heading.zone), date if date and is_date_line(date.text) else None, after
    for index, line in enumerate(after[:_TITLE_LINES]):
        if opens_body(line.text) or not _centred(line, page) or line.box.w > 0.5 * page.width_px:
            break
        if opens_with_number(nfc(line.text)):
            return line, None, (*after[:index], *after[index + 1 :])
    return None, None, after


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
    """The number line that stands only in a signature's appearance in the upper half of the page."""
    for mark in page.marks:
        inside = mark.box.middle[1] < HEAD_SHARE * page.height_px
        first = next(iter(nfc(mark.text).strip().splitlines()), "")
        text = " ".join(first.split())
        if mark.kind is MarkKind.SIGNATURE_APPEARANCE and inside and opens_with_number(text):
            return Line((Word(text, mark.box, shares.stamped_digits),), Zone.HEAD_LEFT)
    return None


def _heading(
    body: Sequence[Line], page: Page, types: TypeTable
) -> tuple[Line | None, DocumentType | None, str, tuple[Line, ...]]:
    """The type heading, its type, the rest of its line, and the body after it (all of it without one)."""
    for index, line in enumerate(body):
        if line.box.y > HEAD_SHARE * page.height_px or opens_body(line.text):
            break
        for part in (line, _after_gap(line)):
            found = types.of_heading(part.text) if is_upper(part.text, 0.6) else None
            if found and _centred(part, page):
                return part, found[0], found[1], tuple(body[index + 1 :])
    return None, None, "", tuple(body)


def _title_over_salutation(
    body: Sequence[Line], page: Page, types: TypeTable
) -> tuple[Line | None, DocumentType | None, str, tuple[Line, ...]]:
    """The heading of a kind that no list has: a paper's word in capitals, ``Kính gửi`` below it."""
    for index, line in enumerate(body):
        if line.box.y > HEAD_SHARE * page.height_px or opens_body(line.text):
            break
        kind = types.of_title(line.text) if is_upper(line.text) and _centred(line, page) else None
        after = tuple(body[index + 1 :])
        if kind and any(is_salutation(below.text) for below in after[:_TITLE_LINES]):
            return line, kind, "", after
    return None, None, "", tuple(body)


def _number_of_decision(body: Sequence[Line], page: Page) -> Line | None:
    """``số 12/QĐ-UBND`` of ``(Kèm theo Quyết định số 12/QĐ-UBND ngày …)`` on top of an annex."""
    for line in body:
        if line.box.y > HEAD_SHARE * page.height_px:
            break
        if not goes_with(line.text):
            continue
        words = [letters(word.text) for word in line.words]
        begin = words.index("so") if "so" in words else len(words)
        end = next((i for i in range(begin, len(words)) if words[i] in ("ngay", "cua")), len(words))
        named = Line(line.words[begin:end], line.zone) if begin < end else None
        if named and re.search(r"\d", named.text) and number_and_notation(nfc(named.text))[1]:
            return named
    return None


def _after_gap(line: Line) -> Line:
    """The words after the widest gap, where it is no word space: a stamp in the margin stands before it."""
    gaps = [after.box.x - before.box.right for before, after in pairwise(line.words)]
    if not gaps or max(gaps) < _WIDE_GAP * line.words[-1].box.h:
        return line
    return Line(line.words[gaps.index(max(gaps)) + 1 :], line.zone)


def _centred(line: Line, page: Page) -> bool:
    return 0.33 * page.width_px < line.box.middle[0] < 0.72 * page.width_px
