"""Sets a document on sheets in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ocr.page import Zone
from tests.support.scanmaker.document import MOTTO, Document, Impression
from tests.support.scanmaker.layout import (
    BOTTOM_PT,
    LEADING,
    LEFT_PT,
    POINTS_PER_MM,
    RIGHT_PT,
    TOP_PT,
    WIDTH_PT,
    Piece,
    PrintedLine,
    Rule,
    Sheet,
    Signature,
    broken,
    centred,
    natural_width,
    placed,
    words,
)
from tests.support.scanmaker.strokes import written_by_pen
from tests.support.scanmaker.typeface import Face, width_pt
from tests.support.scanmaker.typewriting import typed

_BODY_PT = 13.5
_INDENT = 12.7 * POINTS_PER_MM
_SIGNING_SPACE = 27 * POINTS_PER_MM
_LEFT_MIDDLE = LEFT_PT + 33 * POINTS_PER_MM - 10
_RIGHT_MIDDLE = RIGHT_PT - 48 * POINTS_PER_MM
_LEFT_SIGNS, _RIGHT_SIGNS = LEFT_PT + 38 * POINTS_PER_MM, RIGHT_PT - 38 * POINTS_PER_MM
_STAMP_SPACE = 34 * POINTS_PER_MM
_BLANK = 30.0
_PEN_ADVANCE = 9.4


class _Setter:
    """The sheets so far and the baseline of the next line (points)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sheets = [Sheet()]
        self.y = TOP_PT + 12

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn_page(self) -> None:
        """Begins a sheet with its number centred in the top margin."""
        self.sheets.append(Sheet())
        number = str(len(self.sheets))
        self.sheet.lines.append(centred(number, Face.REGULAR, 13, WIDTH_PT / 2, TOP_PT - 12, Zone.HEAD_LEFT))
        self.y = TOP_PT + 14

    def put(self, line: PrintedLine, size_pt: float) -> None:
        """A line at the current baseline; the next goes below."""
        self.sheet.lines.append(line)
        self.y += size_pt * LEADING

    def centre(self, text: str, face: Face, size_pt: float, middle: float, zone: Zone) -> None:
        self.put(centred(text, face, size_pt, middle, self.y, zone), size_pt)

    def paragraph(self, text: str, face: Face = Face.REGULAR) -> None:
        """Justified, first line indented; breaks over sheets line by line."""
        width = RIGHT_PT - LEFT_PT
        lines = broken(words(text, face, _BODY_PT), width - _INDENT, width)
        for index, line in enumerate(lines):
            if self.y > BOTTOM_PT:
                self.turn_page()
            x = LEFT_PT + (0 if index else _INDENT)
            spare = RIGHT_PT - x - natural_width(line)
            justify = index < len(lines) - 1 and len(line) > 1
            extra = spare / (len(line) - 1) if justify else 0.0
            self.put(PrintedLine(Zone.BODY, placed(line, x, self.y, extra)), _BODY_PT * 1.06)
        self.y += 5


def sheets_of(document: Document) -> list[Sheet]:
    """The document's pages in print, before any pen, seal or stamp."""
    setter = _Setter(document)
    _head(setter)
    _title(setter)
    for text in document.body:
        _body(setter, text)
    _foot(setter)
    return typed(setter.sheets, document.struck) if document.typed else setter.sheets


def text_of(document: Document) -> list[str]:
    """The text of each page in reading order, one printed line a line, handwriting included."""
    return [sheet.text for sheet in sheets_of(document)]


def _head(setter: _Setter) -> None:
    document, top = setter.document, setter.y
    for line in document.parent.splitlines():
        setter.centre(line, Face.REGULAR, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    for line in document.organ:
        setter.centre(line, Face.BOLD, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    _rule(setter, _LEFT_MIDDLE, 62)
    bottom, setter.y = setter.y, top
    motto = document.motto or MOTTO
    for line, size in zip(motto, (15,) if document.is_party else (12.5, 13.5), strict=True):
        setter.centre(line, Face.BOLD, size, _RIGHT_MIDDLE, Zone.HEAD_RIGHT)
    _rule(setter, _RIGHT_MIDDLE, width_pt(motto[-1], Face.BOLD, size))
    setter.y = max(bottom, setter.y) + 12
    if document.notation:
        setter.sheet.lines.append(_number_line(document, setter.y))
    if document.date_line != "-":
        setter.sheet.lines.append(_date_line(document, setter.y))
    setter.y += 13 * LEADING
    if document.is_letter:
        for index, line in enumerate(document.subject):
            setter.centre(("" if index else "V/v ") + line, Face.REGULAR, 12.5, _LEFT_MIDDLE, Zone.HEAD_LEFT)
    setter.sheet.below_number = (LEFT_PT - 4 * POINTS_PER_MM, setter.y - 6)
    if document.impressions:
        setter.y += _STAMP_SPACE if Impression.INCOMING in document.impressions else 20


def _rule(setter: _Setter, middle: float, length: float) -> None:
    y = setter.y - 9.5
    setter.sheet.rules.append(Rule(middle - length / 2, middle + length / 2, y))


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
    month = (f"{issued.month:02d}" if issued.month < 3 else str(issued.month)) if issued else ""
    if issued and (document.date_line or not document.handwritten):
        form = document.date_line or "{place}, ngày {day} tháng {month} năm {year}"
        text = form.format(place=document.place, day=f"{issued.day:02d}", month=month, year=issued.year)
        return centred(text, Face.ITALIC, size, _RIGHT_MIDDLE, y, Zone.HEAD_RIGHT)
    gap, year = 22.0, issued.year if issued else document.year
    lead = words(f"{document.place}, ngày", Face.ITALIC, size)
    middle = words("tháng", Face.ITALIC, size)
    tail = words(f"{month} năm {year}", Face.ITALIC, size)
    total = natural_width(lead) + gap + natural_width(middle) + (4 if issued else gap) + natural_width(tail)
    x = _RIGHT_MIDDLE - total / 2
    pieces = list(placed(lead, x, y))
    x += natural_width(lead)
    if issued:
        pieces.append(Piece(f"{issued.day:02d}", pen=True, size_pt=14).at(x + 4, y))
    pieces += placed(middle, x + gap, y)
    pieces += placed(tail, x + gap + natural_width(middle) + (4 if issued else gap), y)
    return PrintedLine(Zone.HEAD_RIGHT, tuple(pieces))


def _title(setter: _Setter) -> None:
    document, middle = setter.document, (LEFT_PT + RIGHT_PT) / 2
    setter.y += 14
    if document.type_heading:
        setter.centre(document.type_heading, Face.BOLD, 14, middle, Zone.BODY)
        for line in document.subject:
            setter.centre(line, Face.BOLD, 13.5, middle, Zone.BODY)
        _rule(setter, middle, 90)
        setter.y += 10
    _addressees(setter)


def _addressees(setter: _Setter) -> None:
    names = setter.document.addressees
    if not names:
        return
    if len(names) == 1:
        setter.centre(f"Kính gửi: {names[0]}", Face.REGULAR, 13.5, (LEFT_PT + RIGHT_PT) / 2, Zone.BODY)
        setter.y += 8
        return
    x = LEFT_PT + 32 * POINTS_PER_MM
    setter.put(PrintedLine(Zone.BODY, placed(words("Kính gửi:", Face.REGULAR, 13.5), x, setter.y)), 13.5)
    for name in names:
        pieces = words(f"- {name}", Face.REGULAR, 13.5)
        setter.put(PrintedLine(Zone.BODY, placed(pieces, x + 50, setter.y)), 13.5)
    setter.y += 8


def _body(setter: _Setter, text: str) -> None:
    if text.startswith("="):
        if setter.y > BOTTOM_PT - 40:
            setter.turn_page()
        setter.y += 3
        setter.centre(text[1:], Face.BOLD, 13.5, (LEFT_PT + RIGHT_PT) / 2, Zone.BODY)
        setter.y += 4
    elif text.startswith("~"):
        setter.paragraph(text[1:], Face.ITALIC)
    else:
        setter.paragraph(text)


def _foot(setter: _Setter) -> None:
    """Recipients on the left, signing block on the right, kept on one sheet."""
    document = setter.document
    if document.co_signers:
        _jointly(setter)
        return
    own = (*document.authority, document.signer)
    setter.y += 10
    if setter.y + max(_listed_height(document), _block_height(own)) > BOTTOM_PT + 12:
        setter.turn_page()
    top = setter.y
    _signing(setter, own, _RIGHT_SIGNS, Zone.FOOT_RIGHT, document.seal)
    setter.y = top
    _recipients(setter)


def _jointly(setter: _Setter) -> None:
    """Blocks side by side, two a row, recipients below them (Phụ lục III, mẫu 1.9)."""
    document = setter.document
    other_seal = document.seal if document.all_seal else ""
    blocks = [((*document.authority, document.signer), document.seal)]
    blocks += [(lines, other_seal) for lines in document.co_signers]
    if not document.leads_left:
        blocks[:2] = reversed(blocks[:2])
    rows = [blocks[index : index + 2] for index in range(0, len(blocks), 2)]
    height = sum(max(_block_height(lines) for lines, _ in row) for row in rows)
    setter.y += 10
    if setter.y + height + _listed_height(document) > BOTTOM_PT + 12:
        setter.turn_page()
    for row in rows:
        top, bottom = setter.y, setter.y
        places = ((_LEFT_SIGNS, Zone.FOOT_LEFT), (_RIGHT_SIGNS, Zone.FOOT_RIGHT))
        alone = (((LEFT_PT + RIGHT_PT) / 2, Zone.FOOT_RIGHT),)
        for (lines, seal), (middle, zone) in zip(row, places if len(row) == 2 else alone, strict=True):
            setter.y = top
            _signing(setter, lines, middle, zone, seal)
            bottom = max(bottom, setter.y)
        setter.y = bottom + 6
    _recipients(setter)


def _signing(setter: _Setter, lines: Sequence[str], middle: float, zone: Zone, seal: str) -> None:
    """Authority and post, room for the signature, the name."""
    size = 12.5 if setter.document.co_signers else 13.5
    for line in lines[:-1]:
        setter.centre(line, Face.BOLD, size, middle, zone)
    setter.sheet.signatures.append(Signature(middle, setter.y + _SIGNING_SPACE / 2 - 10, lines[-1], seal))
    setter.y += _SIGNING_SPACE
    setter.centre(lines[-1], Face.BOLD, size, middle, zone)


def _block_height(lines: Sequence[str]) -> float:
    return 16.8 * len(lines) + _SIGNING_SPACE


def _listed_height(document: Document) -> float:
    return 14.4 + 13.2 * len(document.recipients)


def _recipients(setter: _Setter) -> None:
    if not setter.document.recipients:
        return
    heading = words("Nơi nhận:", Face.BOLD_ITALIC, 12)
    setter.put(PrintedLine(Zone.FOOT_LEFT, placed(heading, LEFT_PT, setter.y)), 12)
    for name in setter.document.recipients:
        pieces = words(f"- {name}", Face.REGULAR, 11)
        setter.put(PrintedLine(Zone.FOOT_LEFT, placed(pieces, LEFT_PT, setter.y)), 11)
