"""Other forms of signing than a pen over a name: lines of a signing program, tables of several signers."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.page import Zone
from tests.support.scanmaker.layout import (
    BOTTOM_PT,
    LEFT_PT,
    POINTS_PER_MM,
    RIGHT_PT,
    TOP_PT,
    PrintedLine,
    Rule,
    Signature,
    placed,
    words,
)
from tests.support.scanmaker.setter import Setter
from tests.support.scanmaker.typeface import Face

PROGRAM_LINE_PT = 11.0
_PROGRAM_PT, _TABLE_PT = 9.0, 12.5
_HALF_PT = 30 * POINTS_PER_MM
_HEAD_ROW_PT, _ROW_PT = 20.0, 15 * POINTS_PER_MM
_HEADINGS = ("TT", "Họ và tên", "Chức vụ", "Ký tên")
_COLUMNS_MM = (4.0, 18.0, 72.0, 132.0)  # from the left margin


def set_program_lines(setter: Setter, lines: Sequence[str], middle: float, zone: Zone) -> None:
    """The lines one below the other, flush left under the post."""
    for line in lines:
        pieces = placed(words(line, Face.REGULAR, _PROGRAM_PT), middle - _HALF_PT, setter.y)
        setter.sheet.lines.append(PrintedLine(zone, pieces))
        setter.y += PROGRAM_LINE_PT


def set_head_signature(setter: Setter) -> None:
    """The lines of the agency's signature in the upper right corner, above the motto."""
    lines = setter.document.head_signature
    for row, line in enumerate(lines):
        y = TOP_PT - 4 - PROGRAM_LINE_PT * (len(lines) - 1 - row)
        pieces = placed(words(line, Face.REGULAR, _PROGRAM_PT), RIGHT_PT - 2 * _HALF_PT, y)
        setter.sheet.lines.append(PrintedLine(Zone.HEAD_RIGHT, pieces))


def set_table(setter: Setter) -> None:
    """A ruled table of number, name, post and signature, kept on one sheet."""
    rows = setter.document.signed_rows
    setter.y += 10
    if setter.y + _HEAD_ROW_PT + _ROW_PT * len(rows) + 13.2 * len(setter.document.recipients) > BOTTOM_PT:
        setter.turn_page()
    _row(setter, _HEADINGS, Face.BOLD, _HEAD_ROW_PT)
    for number, (name, post) in enumerate(rows, 1):
        place = LEFT_PT + (_COLUMNS_MM[-1] + 14) * POINTS_PER_MM
        setter.sheet.signatures.append(Signature(place, setter.y + _ROW_PT / 2 - 10, name))
        _row(setter, (str(number), name, post), Face.REGULAR, _ROW_PT)
    setter.sheet.rules.append(Rule(LEFT_PT, RIGHT_PT, setter.y - _TABLE_PT))
    setter.y += 8


def _row(setter: Setter, cells: Sequence[str], face: Face, height: float) -> None:
    setter.sheet.rules.append(Rule(LEFT_PT, RIGHT_PT, setter.y - _TABLE_PT))
    for text, column in zip(cells, _COLUMNS_MM, strict=False):
        x = LEFT_PT + column * POINTS_PER_MM
        line = PrintedLine(Zone.BODY, placed(words(text, face, _TABLE_PT), x, setter.y + height / 2 - 6))
        setter.sheet.lines.append(line)
    setter.y += height
