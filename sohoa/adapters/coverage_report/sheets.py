"""Sheets of a workbook: frozen heads, numbers as numbers, dates as dates, no text that becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sohoa.domain.evidence.cells import harmless, printable

_WIDE = ("Cơ quan", "Nguồn", "Để lên hạng")
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  no time of the run: the same figures, the same bytes


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own and its result."""

    text: str
    value: float


Cell = str | int | float | date | Formula | None


class Book:
    """A workbook of sheets whose first row is a frozen head."""

    def __init__(self, file: io.BytesIO) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(file, options)
        self.book.set_properties({"created": _MADE, "title": "Độ phủ số hoá tài liệu"})
        look = {"bold": True, "bg_color": "#E6EDF5", "text_wrap": True, "valign": "top", "border": 1}
        self._head = self.book.add_format(look)
        forms = {"whole": "#,##0", "part": "#,##0.0##", "ratio": "0.0%", "day": "dd/mm/yyyy"}
        self._forms = {name: self.book.add_format({"num_format": form}) for name, form in forms.items()}
        self._sum = {
            name: self.book.add_format({"num_format": form, "bold": True}) for name, form in forms.items()
        }

    def sheet(
        self, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], sums: bool = False
    ) -> Worksheet:
        """A table; with ``sums`` its last row is set off."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 2 if head[1:2] == ("Cơ quan",) else 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, 48)
        for place, title in enumerate(head):
            sheet.write_string(0, place, title, self._head)
            sheet.set_column(place, place, 36 if title in _WIDE else 13)
        for number, row in enumerate(rows, start=1):
            forms = self._sum if sums and number == len(rows) else self._forms
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, head[place], forms)
        if rows:
            sheet.autofilter(0, 0, len(rows) - int(sums), len(head) - 1)
        return sheet


def _write(
    sheet: Worksheet, row: int, place: int, cell: Cell, title: str, forms: Mapping[str, Format]
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, harmless(printable(cell)))
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), forms["day"])  # noqa: DTZ001
    elif isinstance(cell, Formula):
        sheet.write_formula(row, place, cell.text, forms[_form(title, cell.value)], cell.value)
    elif title == "Năm":
        sheet.write_number(row, place, cell)
    else:
        sheet.write_number(row, place, cell, forms[_form(title, cell)])


def _form(title: str, value: float) -> str:
    if title == "Tỷ lệ":
        return "ratio"
    return "whole" if value == int(value) else "part"
