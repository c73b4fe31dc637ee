"""Sets the head of a document: agency and motto, number and date, and what stands under the number."""

from __future__ import annotations

from datetime import date
from itertools import takewhile

from ocr.page import Zone
from tests.support.scanmaker.document import MOTTO, Document, Impression
from tests.support.scanmaker.layout import (
    LEADING,
    LEFT_PT,
    POINTS_PER_MM,
    RIGHT_PT,
    Piece,
    PrintedLine,
    centred,
    natural_width,
    placed,
    words,
)
from tests.support.scanmaker.setter import Setter
from tests.support.scanmaker.signed_forms import set_head_signature
from tests.support.scanmaker.strokes import written_by_pen
from tests.support.scanmaker.typeface import Face, width_pt

_LEFT_MIDDLE = LEFT_PT + 33 * POINTS_PER_MM - 10
_RIGHT_MIDDLE = RIGHT_PT - 48 * POINTS_PER_MM
_STAMP_SPACE = 34 * POINTS_PER_MM
_BLANK = 30.0
_PEN_ADVANCE = 9.4
_LEFT_OUT = "-"
_DATE = "{place}, ngày {day} tháng {month} năm {year}"


def set_head(setter: Setter) -> None:
    """The head of the first sheet, from its top down."""
    document, top = setter.document, setter.y
    set_head_signature(setter)
    for line in document.parent.splitlines():
        setter.centre(line, Face.REGULAR, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    for line in document.organ:
        setter.centre(line, Face.BOLD, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    if document.star:
        setter.centre("*", Face.REGULAR, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    elif document.organ:
        setter.rule(_LEFT_MIDDLE, 62)
    bottom, setter.y = setter.y, top
    _motto(setter)
    setter.y = max(bottom, setter.y) + 12
    if document.notation:
        setter.sheet.lines.append(_number_line(document, setter.y))
    if document.date_line != _LEFT_OUT:
        setter.sheet.lines.append(_date_line(document, setter.y))
    setter.y += 13 * LEADING
    about = document.subject if document.is_letter else ()
    for line in (
        *(("" if index else "V/v ") + line for index, line in enumerate(about)),
        *document.head_notes,
    ):
        setter.centre(line, Face.REGULAR, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    under = LEFT_PT - 4 * POINTS_PER_MM, setter.y - 6
    setter.sheet.below_number = (LEFT_PT + 40 * POINTS_PER_MM, top - 14) if document.head_stamp else under
    if document.impressions and not document.head_stamp:
        setter.y += _STAMP_SPACE if Impression.INCOMING in document.impressions else 20


def _motto(setter: Setter) -> None:
    """The State's two lines, the Party's one, none, or two each in two languages."""
    document = setter.document
    motto = document.motto or MOTTO
    if motto == (_LEFT_OUT,):
        return
    sizes = (15.0,) if document.is_party else (12.5, 13.5) * (len(motto) // 2)
    for line, size in zip(motto, sizes, strict=True):
        setter.centre(line, Face.BOLD, size, _RIGHT_MIDDLE, Zone.HEAD_RIGHT)
    setter.rule(_RIGHT_MIDDLE, width_pt(motto[-1], Face.BOLD, size))


def _number_line(document: Document, y: float) -> PrintedLine:
    """``Số: 15/QĐ-UBND``; by hand or blank, the number's room is left free."""
    law = "Số {number}-" if document.is_party else "Số: {number}/"
    form = document.number_line or law + document.notation
    if document.number and not document.handwritten:
        text = form.format(number=document.number)
        return centred(text, Face.REGULAR, 13, _LEFT_MIDDLE, y, Zone.HEAD_LEFT)
    before, _, after = form.partition("{number}")
    whole = all(map(written_by_pen, document.number))
    by_pen = document.number if whole else "".join(takewhile(str.isdecimal, document.number))
    lead, tail = Piece(before), Piece(document.number.removeprefix(by_pen) + after)
    gap = 8 + _PEN_ADVANCE * len(by_pen) if document.number else _BLANK
    x = _LEFT_MIDDLE - (lead.width + gap + tail.width) / 2
    pieces = [lead.at(x, y)]
    if document.number:
        pieces.append(Piece(by_pen, pen=True, size_pt=15).at(x + lead.width + 3, y))
    pieces.append(tail.at(x + lead.width + gap, y))
    return PrintedLine(Zone.HEAD_LEFT, tuple(pieces), glued=True)


def _date_line(document: Document, y: float) -> PrintedLine:
    """Place and date in italics; days under 10 and months 1 and 2 are padded (Phụ lục I)."""
    issued, size = document.issued, 13.5
    month = _month(issued) if issued else ""
    if issued and (document.date_line or not document.handwritten):
        text = dated(document, issued, document.date_line or _DATE)
        return centred(text, Face.ITALIC, size, _RIGHT_MIDDLE, y, Zone.HEAD_RIGHT)
    gap, year = 22.0, issued.year if issued else document.year
    lead = words(f"{document.place}, ngày", Face.ITALIC, size)
    middle = words("tháng", Face.ITALIC, size)
    tail = words(f"năm {year}" if document.month_by_pen else f"{month} năm {year}", Face.ITALIC, size)
    after = 4 if issued and not document.month_by_pen else gap
    total = natural_width(lead) + gap + natural_width(middle) + after + natural_width(tail)
    x = _RIGHT_MIDDLE - total / 2
    pieces = list(placed(lead, x, y))
    x += natural_width(lead)
    if issued:
        pieces.append(_by_pen(f"{issued.day:02d}", x, y))
    pieces += placed(middle, x + gap, y)
    x += gap + natural_width(middle)
    if issued and document.month_by_pen:
        pieces.append(_by_pen(month, x, y))
    pieces += placed(tail, x + after, y)
    return PrintedLine(Zone.HEAD_RIGHT, tuple(pieces))


def _by_pen(digits: str, x: float, y: float) -> Piece:
    return Piece(digits, pen=True, size_pt=14).at(x + 4, y)


def _month(issued: date) -> str:
    return f"{issued.month:02d}" if issued.month < 3 else str(issued.month)


def dated(document: Document, issued: date, form: str) -> str:
    """Place and day in that form; days under 10 and months 1 and 2 are padded (Phụ lục I)."""
    day, month = f"{issued.day:02d}", _month(issued)
    return form.format(place=document.place, day=day, month=month, year=issued.year)
