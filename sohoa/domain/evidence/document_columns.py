"""Columns that say of a document what its paper says: number, notation, date, subject …

The same in a scanning shop's manifest, a register of NĐ 30 (annex VI) and a list of TT 02/2019 or TT 05/2025.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sohoa.domain.evidence.tables import day, whole
from sohoa.domain.fields import FIELDS, Kind, ListKind
from sohoa.domain.vietnamese import nfc

_WORDED = tuple(
    name
    for name, spec in FIELDS.items()
    if spec.kind in (Kind.TEXT, Kind.TYPE) and spec.lists == frozenset(ListKind) and name != "code"
)


def document_values(cells: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Field values of a row in our form, and the names of columns whose cell could not be understood."""
    values = {name: re.sub(r"\s+", " ", cells[name]) for name in _WORDED if name in cells}
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
