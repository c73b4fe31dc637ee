"""Sets a document on sheets in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.page import Zone
from tests.support.scanmaker.document import Document
from tests.support.scanmaker.heading import dated, set_head
from tests.support.scanmaker.layout import (
    BOTTOM_PT,
    LEFT_PT,
    POINTS_PER_MM,
    RIGHT_PT,
    PrintedLine,
    Sheet,
    Signature,
    placed,
    words,
)
from tests.support.scanmaker.setter import Setter
from tests.support.scanmaker.signed_forms import PROGRAM_LINE_PT, set_program_lines, set_table
from tests.support.scanmaker.typeface import Face
from tests.support.scanmaker.typewriting import typed

_SIGNING_SPACE = 27 * POINTS_PER_MM
_LEFT_SIGNS, _RIGHT_SIGNS = LEFT_PT + 38 * POINTS_PER_MM, RIGHT_PT - 38 * POINTS_PER_MM


def sheets_of(document: Document) -> list[Sheet]:
    """The document's pages in print, before any pen, seal or stamp."""
    setter = Setter(document)
    set_head(setter)
    _title(setter)
    for text in document.body:
        _body(setter, text)
    _foot(setter)
    return typed(setter.sheets, document.struck) if document.typed else setter.sheets


def text_of(document: Document) -> list[str]:
    """The text of each page in reading order, one printed line a line, handwriting included."""
    return [sheet.text for sheet in sheets_of(document)]


def _title(setter: Setter) -> None:
    document, middle = setter.document, (LEFT_PT + RIGHT_PT) / 2
    setter.y += 14
    if document.type_heading:
        setter.centre(document.type_heading, Face.BOLD, 14, middle, Zone.BODY)
        for line in document.subject:
            setter.centre(line, Face.BOLD, 13.5, middle, Zone.BODY)
        setter.rule(middle, 90)
        setter.y += 10
    _addressees(setter)


def _addressees(setter: Setter) -> None:
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


def _body(setter: Setter, text: str) -> None:
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


def _foot(setter: Setter) -> None:
    """Recipients on the left, signing block on the right, kept on one sheet."""
    document = setter.document
    if document.co_signers:
        _jointly(setter)
        return
    if document.signed_rows:
        set_table(setter)
        _recipients(setter)
        return
    own = (*document.authority, document.signed_as)
    setter.y += 10
    if setter.y + max(_listed_height(document), _block_height(own)) > BOTTOM_PT + 12:
        setter.turn_page()
    top = setter.y
    if document.foot_date and document.issued:
        text = dated(document, document.issued, document.foot_date)
        setter.centre(text, Face.ITALIC, 13.5, _RIGHT_SIGNS, Zone.FOOT_RIGHT)
    _signing(setter, own, _RIGHT_SIGNS, Zone.FOOT_RIGHT, document.seal)
    setter.y = top
    _recipients(setter)


def _jointly(setter: Setter) -> None:
    """Blocks side by side, two a row, recipients below them (Phụ lục III, mẫu 1.9)."""
    document = setter.document
    other_seal = document.seal if document.all_seal else ""
    blocks = [((*document.authority, document.signed_as), document.seal)]
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


def _signing(setter: Setter, lines: Sequence[str], middle: float, zone: Zone, seal: str) -> None:
    """Authority and post, room for the signature, the name."""
    size = 12.5 if setter.document.co_signers else 13.5
    for line in lines[:-1]:
        setter.centre(line, Face.BOLD, size, middle, zone)
    told = setter.document.signature_text
    if told:
        set_program_lines(setter, told, middle, zone)
    else:
        place = Signature(middle, setter.y + _SIGNING_SPACE / 2 - 10, lines[-1], seal)
        setter.sheet.signatures.append(place)
    setter.y += _SIGNING_SPACE - PROGRAM_LINE_PT * len(told)
    setter.centre(lines[-1], Face.BOLD, size, middle, zone)


def _block_height(lines: Sequence[str]) -> float:
    return 16.8 * len(lines) + _SIGNING_SPACE


def _listed_height(document: Document) -> float:
    return 14.4 + 13.2 * len(document.recipients)


def _recipients(setter: Setter) -> None:
    if not setter.document.recipients:
        return
    heading = words("Nơi nhận:", Face.BOLD_ITALIC, 12)
    setter.put(PrintedLine(Zone.FOOT_LEFT, placed(heading, LEFT_PT, setter.y)), 12)
    for name in setter.document.recipients:
        pieces = words(f"- {name}", Face.REGULAR, 11)
        setter.put(PrintedLine(Zone.FOOT_LEFT, placed(pieces, LEFT_PT, setter.y)), 11)
