"""Coverage as an XLSX workbook: figures by agency and year, totals, declarations."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sohoa.adapters.coverage_report import words
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport, Excluded, Line
from sohoa.domain.evidence.cells import harmless

Cell = str | int | float | None
_COUNTS = ("Đã nhận", "Tìm được", "Đã ký", "Đủ dữ liệu", "Dự thảo", "Được tính")
_FIGURES = (
    *(f"Lưu giữ ({words.UNIT[unit]})" for unit in Unit),
    *_COUNTS,
    "Tỷ lệ",
    "Tình trạng",
    "Còn thiếu để đạt",
    "Vượt khai báo",
    "Mẫu số nhỏ",
)
_RATIO_COLUMN = "Tỷ lệ"


def to_xlsx(report: CoverageReport) -> bytes:
    """Three sheets with Vietnamese headers; ratios are numbers, texts can never become formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    excluded = ("Mật", "Dự thảo", "Trùng", "Hỏng", "Chờ xử lý")
    years = [
        [agency.agency, agency.name, words.year(year.year), *_figures(year.line)]
        for agency in report.agencies
        for year in agency.years
    ]
    _sheet(book, "Theo năm", ("Mã cơ quan", "Cơ quan", "Năm", *_FIGURES), years)
    _sheet(book, "Tổng hợp", ("Mã cơ quan", "Cơ quan", *_FIGURES, *excluded), _totals(report))
    declared = ("Mã cơ quan", "Phông", "Năm", "Đơn vị", "Số lượng", "Nguồn", "Ngày khai báo", "Dòng khai báo")
    _sheet(book, "Khai báo", declared, _declarations(report.agencies))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _totals(report: CoverageReport) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for agency in report.agencies:
        shown = _excluded(agency.excluded, agency.waiting)
        rows.append([agency.agency, agency.name, *_figures(agency.total), *shown])
        if agency.with_predecessors:
            name = f"{agency.name}, cộng cả {', '.join(agency.predecessors)}"
            rows.append([agency.agency, name, *_figures(agency.with_predecessors)])
    if not report.scope:
        shown = _excluded(report.excluded, report.waiting)
        rows.append(["", words.PROVINCE, *_figures(report.province), *shown])
    return rows


def _declarations(agencies: Iterable[AgencyCoverage]) -> list[list[Cell]]:
    return [
        [
            holding.agency,
            holding.fonds,
            words.year(holding.year),
            words.UNIT[holding.unit],
            float(holding.held),
            holding.source,
            words.day(holding.as_of),
            holding.row,
        ]
        for agency in agencies
        for holding in agency.declarations
    ]


def _figures(line: Line) -> list[Cell]:
    counts = line.counts
    held = [float(line.held[unit]) if unit in line.held else None for unit in Unit]
    stages = [
        counts.received,
        counts.searchable,
        counts.signed,
        counts.complete,
        counts.draft,
        counts.covered,
    ]
    ratio = None if line.ratio is None else float(line.ratio)
    more = line.excess.get(Unit.DOCUMENTS, 0)
    return [*held, *stages, ratio, words.STATUS[line.status], line.missing, more, "x" if line.small else None]


def _excluded(excluded: Excluded, waiting: int) -> list[Cell]:
    return [excluded.secret, excluded.draft, excluded.duplicate, excluded.damaged, waiting]


def _sheet(book: Workbook, title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(header))
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    _dress(sheet, header)


def _dress(sheet: Worksheet, header: Sequence[str]) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E6EDF5")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 36 if name in ("Cơ quan", "Nguồn") else 13
        if name == _RATIO_COLUMN:
            for cell in sheet[letter][1:]:
                cell.number_format = "0.0%"


def _safe(cell: Cell) -> Cell:
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell
