"""Columns that say of a document what its paper says: number, notation, date, subject …

The same in a scanning shop's manifest, a register of NĐ 30 (annex VI) and a list of TT 02/2019 or TT 05/2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sohoa.domain.evidence.tables import day, whole
from sohoa.domain.vietnamese import nfc

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code_number": ("Số", "Số văn bản", "Số VB", "number"),
    "code_notation": ("Ký hiệu", "Kí hiệu", "notation"),
    "code": (
        "Số, ký hiệu", "Số và ký hiệu", "Số ký hiệu", "Số, ký hiệu văn bản", "Số và ký hiệu văn bản",
        "Số/Ký hiệu", "Số hiệu", "Số hiệu văn bản", "Số KH",
    ),
    "issued_date": (
        "Ngày", "Ngày tháng", "Ngày, tháng", "Ngày tháng năm", "Ngày, tháng, năm", "Ngày ban hành",
        "Ngày văn bản", "Ngày tháng văn bản", "Ngày tháng năm văn bản", "Ngày tháng năm ban hành", "date",
    ),
    "subject": (
        "Trích yếu", "Trích yếu nội dung", "Nội dung", "Trích yếu nội dung văn bản",
        "Tên loại và trích yếu nội dung", "Tên loại và trích yếu nội dung văn bản",
        "Tên loại, trích yếu nội dung văn bản",
    ),
    "type_name": ("Tên loại", "Loại văn bản", "Tên loại văn bản", "Thể loại"),
    "organ_name": ("Cơ quan ban hành", "Tác giả", "Tác giả văn bản", "Nơi ban hành", "Nơi gửi"),
    "signer_name": ("Người ký", "Họ tên người ký", "FullName", "SignerInfo.FullName", "signer"),
    "file_code": ("Mã hồ sơ", "FileCode", "arcFileCode", "Mã HS", "Số hồ sơ"),
}  # fmt: skip


def document_values(cells: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Field values of a row in our form, and the names of columns whose cell could not be understood."""
    values = {
        name: re.sub(r"\s+", " ", cells[name])
        for name in ("subject", "type_name", "organ_name", "signer_name", "file_code")
        if name in cells
    }
    faults = []
    number, notation = _code(cells)
    if number.isdecimal() and int(number):
        values["code_number"] = str(int(number)).zfill(2)
    elif number:
        faults.append("code_number")
    if notation:
        values["code_notation"] = notation
    if "issued_date" in cells:
        issued = day(cells["issued_date"])
        if issued:
            values["issued_date"] = issued
        else:
            faults.append("issued_date")
    return values, tuple(faults)


def _code(cells: Mapping[str, str]) -> tuple[str, str]:
    """Number and notation, also where one cell holds both (``374/QĐ-UBND``)."""
    number, notation = cells.get("code_number", ""), cells.get("code_notation", "")
    whole_number = whole(number)
    if whole_number is not None:
        number = str(whole_number)
    both = cells.get("code", "") or (number if "/" in number else notation if not number else "")
    match = re.match(r"(?:Số\s*:?\s*)?([0-9]+)\s*[/-]\s*(.+)", nfc(both), re.IGNORECASE)
    if match:
        number = number if number and "/" not in number else match[1]
        notation = notation if notation and notation != both else match[2]
    elif not number and whole(both) is not None:
        number = both
    return number, re.sub(r"\s+", "", notation).strip("/.-")
