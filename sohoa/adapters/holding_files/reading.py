"""Reads a register file in a worker process: CSV in any encoding, or the first visible sheet of a workbook.

Letters may be TCVN3 or VNI, which look like Latin ones: each reading is given, headings tell which is right.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from ocr.source.legacy_encodings import decoded as in_font
from sohoa.adapters.holding_files.workbook import Unusable, read_workbook
from sohoa.domain.coverage.register_table import Sheet
from sohoa.domain.tables import csv_cells

_OLD_WORKBOOK, _PACKED = b"\xd0\xcf\x11\xe0", b"PK"
_FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


def read(path: Path) -> list[Sheet] | str:
    """The readings, Unicode first; or why it cannot be read and what to do, in Vietnamese."""
    data = path.read_bytes()
    if data.startswith(_OLD_WORKBOOK):
        return "tệp .xls cũ hoặc có mật khẩu: hãy lưu lại thành .xlsx hoặc CSV"
    if data.startswith(_PACKED):
        try:
            sheet = read_workbook(path)
        except Unusable as error:
            return str(error)
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError, OSError):
            return "tệp không phải bảng tính đọc được: hãy lưu lại"
        return [sheet, *(_converted(sheet, name) for name in _FONTS)]
    sheet = Sheet(tuple(csv_cells(data)))
    latin = Sheet(tuple(csv_cells(data.decode("cp1252", "replace").encode()))) if _is_bytes(data) else sheet
    return [sheet, *(_converted(latin, name) for name in _FONTS)]


def _is_bytes(data: bytes) -> bool:
    """Whether the file has neither a mark of Unicode nor is UTF-8 or UTF-16: one byte a letter."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _converted(sheet: Sheet, name: str) -> Sheet:
    font = _FONTS[name]

    def convert(text: str) -> str:
        return text if text.isascii() else in_font(text, [font] * len(text))

    lines = tuple((number, tuple(map(convert, cells))) for number, cells in sheet.lines)
    remark = f"tệp dùng bảng mã {name}, đã chuyển sang Unicode"
    return replace(sheet, lines=lines, remarks=(*sheet.remarks, remark))
