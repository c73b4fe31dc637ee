"""Columns that say of a document what its paper says: number, notation, date, subject …

The same in a scanning shop's manifest, a register of NĐ 30 (annex VI) and a list of TT 02/2019 or TT 05/2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ocr.layout.number_line import parted
from sohoa.domain.fields import FIELDS, Kind, ListKind, headings
from sohoa.domain.tables import day, whole
from sohoa.domain.vietnamese import nfc

_TOGETHER = frozenset({"code", "code_number", "code_notation"})  # one cell may hold all of the code


def document_values(cells: Mapping[str, str], source: ListKind) -> tuple[dict[str, str], tuple[str, ...]]:
    """Field values of a row in our form, and the names of columns whose cell could not be understood."""
    kinds = {name: FIELDS[name].kind for name in headings(source) if name in cells and name not in _TOGETHER}
    values, faults = dict[str, str](), list[str]()
    number, notation = _code(cells)
    digits, letters = parted(number) or (number, "")
    if digits.isdecimal() and int(digits):
        values["code_number"] = str(int(digits)).zfill(2) + letters
    elif number:
        faults.append("code_number")
    if notation:
        values["code_notation"] = notation
    for name in sorted(kinds, key=lambda name: kinds[name] is not Kind.DAY):
        value = _read(cells[name], kinds[name])
        if value:
            values[name] = value
        elif cells[name]:
            faults.append(name)
    return values, tuple(faults)


def _read(cell: str, kind: Kind) -> str:
    """The cell's value in the form of its kind; empty where it cannot be understood."""
    if kind is Kind.DAY:
        return day(cell) or ""
    return str(whole(cell) or "") if kind is Kind.COUNT else " ".join(cell.split())


def _code(cells: Mapping[str, str]) -> tuple[str, str]:
    """Number and notation, also where one cell holds both (``374/QĐ-UBND``)."""
    number, notation = cells.get("code_number", ""), cells.get("code_notation", "")
    whole_number = whole(number)
    if whole_number is not None:
        number = str(whole_number)
    both = cells.get("code", "") or (number if "/" in number else notation if not number else "")
    match = re.match(r"(?:Số\s*:?\s*)?([0-9]+\s?(?:[a-zđ]|bis|ter)?)\s*[/-]\s*(.+)", nfc(both), re.IGNORECASE)
    if match:
        number = number if number and "/" not in number else match[1]
        notation = notation if notation and notation != both else match[2]
    elif not number and (whole(both) is not None or parted(both)):
        number = both
    return number, re.sub(r"\s+", "", notation).strip("/.-")
