"""Empty registers to be filled in, and the rows of one that have to be mended."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sohoa.domain.coverage.register_table import COLUMNS

_FILLED = (
    *("agency", "fonds", "year", "retention", "kind", "documents", "files", "sheets", "metres", "boxes"),
    *("margin", "source", "as_of", "valid_to"),
)
_RETENTIONS = ("Vĩnh viễn", "70 năm", "50 năm", "20 năm", "10 năm", "5 năm", "Có thời hạn")
_KINDS = ("Hành chính", "Khoa học kỹ thuật", "Nghe nhìn", "Chuyên môn", "Khác")
_EXAMPLE = (
    *("VÍ DỤ", "P01", "2024", "Vĩnh viễn", "", "1234", "120", "9800", "", "15"),
    *("", "Biên bản kiểm kê số 7/BB", "31/12/2025", ""),
)
_MEANING = {
    "agency": "mã trong danh mục cơ quan; cơ quan đã sáp nhập vẫn khai bằng mã cũ",
    "fonds": "mã phông lưu trữ",
    "year": "năm ban hành, mỗi năm một dòng; để trống nếu không rõ năm",
    "retention": "để trống nếu số khai là của mọi thời hạn bảo quản",
    "kind": "để trống nếu số khai là của mọi loại tài liệu",
    "documents": "số văn bản giấy đang giữ: mẫu số của độ phủ",
    "files": "số hồ sơ",
    "sheets": "số trang quy A4 (A3 = 2, A2 = 4, A1 = 8, A0 = 16)",
    "metres": "mét giá, nhiều nhất ba số lẻ; hoặc điền số hộp",
    "boxes": "số hộp, đổi ra mét giá theo cài đặt (8 hộp = 1 mét)",
    "margin": "chỉ điền khi số liệu là ước lượng: ± bao nhiêu phần trăm",
    "source": "biên bản, quyết định làm căn cứ",
    "as_of": "ngày kiểm kê: 31/12/2025",
    "valid_to": "ngày cuối cùng số khai còn đúng; thường để trống",
}
_NOTES = (
    "Không khai tài liệu mật, dự thảo, bản trùng và tài liệu hỏng không quét được.",
    "Sửa số đã khai: nhập lại dòng đó với số mới; số cũ còn trong lịch sử.",
    "Dòng ví dụ không nhập được: xoá đi trước khi nhập. Không gộp ô, không ẩn dòng.",
)
_ROOM = 2000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_FAULT = "Lỗi"


def plain() -> bytes:
    """CSV with headings and an example row; UTF-8 with its mark, as spreadsheets need it for Vietnamese."""
    return _csv([[COLUMNS[name] for name in _FILLED], _EXAMPLE])


def table_of(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows under their headings, ``fault`` last."""
    used = [name for name in COLUMNS if any(name in row for row in rows)]
    head = [*(COLUMNS[name] for name in used), _FAULT]
    return _csv([head, *([row.get(name, "") for name in (*used, "fault")] for row in rows)])


def workbook(agencies: Mapping[str, str]) -> bytes:
    """XLSX: a sheet to be filled in, with lists to choose from, one that explains it, and the agencies."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Khai báo"
    sheet.append([COLUMNS[name] for name in _FILLED])
    sheet.append([_number(cell) for cell in _EXAMPLE])
    _dress(sheet)
    guide = book.create_sheet("Hướng dẫn")
    for name in _FILLED:
        guide.append([COLUMNS[name], _MEANING[name]])
    for note in _NOTES:
        guide.append(["", note])
    codes = book.create_sheet("Cơ quan")
    for code, name in agencies.items():
        codes.append([_harmless(code), _harmless(name)])
    for listed, letters in ((guide, (26, 90)), (codes, (26, 60))):
        for place, width in enumerate(letters, start=1):
            listed.column_dimensions[get_column_letter(place)].width = width
    _choose(sheet, "agency", f"'Cơ quan'!$A$1:$A${max(1, len(agencies))}")
    _choose(sheet, "retention", '"{}"'.format(",".join(_RETENTIONS)))
    _choose(sheet, "kind", '"{}"'.format(",".join(_KINDS)))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _dress(sheet: Worksheet) -> None:
    for place, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E6EDF5")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 16
    for cell in sheet[2]:
        cell.font = Font(italic=True, color="566372")
    sheet.freeze_panes = "A2"


def _choose(sheet: Worksheet, column: str, formula: str) -> None:
    letter = get_column_letter(_FILLED.index(column) + 1)
    choice = DataValidation(
        type="list", formula1=formula, allow_blank=True, showErrorMessage=column == "agency"
    )
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{_ROOM}")


def _number(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
