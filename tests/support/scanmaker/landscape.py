"""Landscape sheets of one page, which nobody may take for two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from textwrap import wrap

from PIL import Image, ImageDraw

from tests.support.scanmaker.document import MOTTO
from tests.support.scanmaker.typeface import Face, font

_WIDTH_MM, _HEIGHT_MM = 297, 210
_MM_PER_INCH = 25.4
_PT_PER_INCH = 72
_LEADING_MM = 6.2
_TONER = (24, 24, 26)
_WORDS = (
    "Các đơn vị có trách nhiệm rà soát tài liệu giấy, lập danh mục hồ sơ và bàn giao cho đơn vị số hóa đúng "
    "tiến độ đã được phê duyệt; kinh phí thực hiện được bố trí trong dự toán ngân sách hằng năm của đơn vị. "
)
_ENGLISH = (
    "All units shall review their paper records, draw up lists of files and hand them over for digitization "
    "within the approved schedule; the costs are met from the annual budget of each unit. "
)
_UNITS = ("Sở Nội vụ", "Sở Tài chính", "Văn phòng UBND", "Chi cục Lưu trữ", "Sở Tư pháp", "Thanh tra tỉnh")


class Layout(StrEnum):
    """How the page is laid out."""

    RULED_TABLE = "ruled_table"  # with a rule down its middle
    OPEN_TABLE = "open_table"  # of short cells and without rules
    CELLS = "cells"  # of paragraphs beside one another, without rules
    HEAD = "head"  # two columns in the head alone
    COLUMNS = "columns"
    NEWSLETTER = "newsletter"
    BILINGUAL = "bilingual"
    NAMES = "names"  # two columns of short lines


def landscape(layout: Layout, dpi: int) -> Image.Image:
    """A4 landscape, printed so."""
    sheet = _Sheet(dpi)
    _LAYOUTS[layout](sheet)
    return sheet.image


def annex(body: Sequence[str], dpi: int) -> Image.Image:
    """A table across: lines that begin with ``=`` and ``~`` are its heading, of the others each is a row."""
    sheet, y = _Sheet(dpi), 20.0
    sheet.print(_WIDTH_MM / 2, y, "PHỤ LỤC", Face.BOLD, "ms")
    for line in body:
        y += _LEADING_MM * (1 if line[0] in "=~" else 1.6)
        if line[0] in "=~":
            sheet.print(_WIDTH_MM / 2, y, line[1:], Face.BOLD if line[0] == "=" else Face.ITALIC, "ms")
            continue
        name, _, amount = line.partition(": ")
        sheet.print(26, y, name)
        sheet.print(190, y, amount)
        sheet.rule((20, y + 3), (277, y + 3))
    return sheet.image


class _Sheet:
    def __init__(self, dpi: int) -> None:
        self.dpi, self.mm = dpi, dpi / _MM_PER_INCH
        size = round(_WIDTH_MM * self.mm), round(_HEIGHT_MM * self.mm)
        self.image = Image.new("RGB", size, "white")
        self.draw = ImageDraw.Draw(self.image)

    def print(self, x: float, y: float, text: str, face: Face = Face.REGULAR, anchor: str = "ls") -> None:
        """Text at a place in millimetres."""
        cut = font(face, 13 * self.dpi / _PT_PER_INCH)
        self.draw.text((x * self.mm, y * self.mm), text, _TONER, cut, anchor=anchor)

    def prose(self, x: float, y: float, text: str, letters: int, rows: int) -> None:
        """Paragraphs from there down, of so many letters a row."""
        for row, line in enumerate(wrap(text * 20, letters)[:rows]):
            self.print(x, y + row * _LEADING_MM, line)

    def rule(self, *ends: tuple[float, float]) -> None:
        """A line between two places."""
        points = [(x * self.mm, y * self.mm) for x, y in ends]
        self.draw.line(points, _TONER, max(1, round(self.dpi / 130)))


def _titled(sheet: _Sheet) -> None:
    sheet.print(_WIDTH_MM / 2, 20, "DANH SÁCH TÀI LIỆU ĐƯỢC SỐ HÓA NĂM 2024", Face.BOLD, "ms")


def _ruled_table(sheet: _Sheet) -> None:
    top, bottom = 30, 190
    for y in range(top, bottom + 1, 10):
        sheet.rule((20, y), (277, y))
    for x in (20, 35, _WIDTH_MM / 2, 277):
        sheet.rule((x, top), (x, bottom))
    for row in range((bottom - top) // 10):
        y = top + 7 + row * 10
        sheet.print(23, y, str(row + 1))
        sheet.print(38, y, _UNITS[row % len(_UNITS)])
        sheet.print(_WIDTH_MM / 2 + 25, y, f"{row * 3 + 2} hộp")


def _open_table(sheet: _Sheet) -> None:
    for row in range(22):
        y = 25 + row * 7.5
        sheet.print(30, y, f"{row + 1}. {_UNITS[row % len(_UNITS)]}")
        sheet.print(175, y, f"{row * 7 + 11} hồ sơ, {row + 3} hộp, kho số {row % 4 + 1}")


def _cells(sheet: _Sheet) -> None:
    for row in range(6):
        y = 25 + row * 28
        sheet.prose(20, y, _WORDS, 52, 4)
        sheet.print(170, y, f"{_UNITS[row]} chủ trì")
        sheet.print(170, y + _LEADING_MM, "Quý II năm 2024")


def _head(sheet: _Sheet) -> None:
    sheet.print(75, 20, "ỦY BAN NHÂN DÂN", Face.BOLD, "ms")
    sheet.print(75, 26, "TỈNH SÔNG LAM", Face.BOLD, "ms")
    for row, line in enumerate(MOTTO):
        sheet.print(215, 20 + row * 6, line, Face.BOLD, "ms")
    sheet.prose(25, 50, _WORDS, 125, 22)


def _columns(sheet: _Sheet) -> None:
    sheet.prose(22, 22, _WORDS, 60, 27)
    sheet.prose(153, 22, _WORDS[37:], 60, 27)


def _newsletter(sheet: _Sheet) -> None:
    _titled(sheet)
    sheet.prose(22, 35, _WORDS, 58, 24)
    sheet.prose(160, 35, _WORDS[37:], 58, 24)


def _bilingual(sheet: _Sheet) -> None:
    for row in range(5):
        y = 25 + row * 35
        sheet.prose(22, y, f"{row + 1}. {_WORDS}", 60, 4)
        sheet.prose(154, y, f"{row + 1}. {_ENGLISH}", 60, 4)


def _names(sheet: _Sheet) -> None:
    for row in range(24):
        sheet.print(30, 22 + row * 7, f"{row + 1}. {_UNITS[row % len(_UNITS)]}")
        sheet.print(165, 22 + row * 7, f"{row + 25}. {_UNITS[(row + 3) % len(_UNITS)]}")


_LAYOUTS: dict[Layout, Callable[[_Sheet], None]] = {
    Layout.RULED_TABLE: _ruled_table,
    Layout.OPEN_TABLE: _open_table,
    Layout.CELLS: _cells,
    Layout.HEAD: _head,
    Layout.COLUMNS: _columns,
    Layout.NEWSLETTER: _newsletter,
    Layout.BILINGUAL: _bilingual,
    Layout.NAMES: _names,
}
