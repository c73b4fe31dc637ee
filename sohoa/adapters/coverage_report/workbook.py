"""Coverage as an XLSX workbook: charts, figures by agency and year, sums as formulas with their results."""

from __future__ import annotations

import io
from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name

from sohoa.adapters.coverage_report import words
from sohoa.adapters.coverage_report.charts import NAME, add_charts
from sohoa.adapters.coverage_report.sheets import Book, Cell, Formula
from sohoa.adapters.coverage_report.standing import standings
from sohoa.domain.coverage.figures import Line
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport

YEARS, TOTALS = "Theo năm", "Tổng hợp"
_STAGES = {
    "Đã nhận": "received",
    "Tìm được": "searchable",
    "Đã ký": "signed",
    "Đủ dữ liệu": "complete",
    "Dự thảo": "draft",
    "Được tính": "covered",
}
_SUMMED = (*(f"Lưu giữ ({words.UNIT[unit]})" for unit in Unit), *_STAGES, "Được cộng")
_JUDGED = ("Tỷ lệ", "Tình trạng", "Còn thiếu để đạt", "Vượt khai báo", "Mẫu số nhỏ")
_EXCLUDED = ("Mật", "Dự thảo (loại)", "Trùng", "Hỏng", "Khai báo hai lần", "Chờ xử lý")
_HELD, _COUNTED = _SUMMED[0], "Được cộng"


def to_xlsx(report: CoverageReport) -> bytes:
    """Sheets with Vietnamese heads; numbers are numbers, dates dates, texts can never become formulas."""
    file = io.BytesIO()
    book = Book(file)
    front = book.book.add_worksheet(NAME)
    ranges = _years(book, report)
    _totals(book, report, ranges)
    _merged(book, report)
    _ranking(book, report)
    _declarations(book, report)
    add_charts(book, front, report, standings(report))
    book.book.close()
    return file.getvalue()


def _years(book: Book, report: CoverageReport) -> Mapping[str, tuple[int, int]]:
    """The sheet of years; returns first and last row of each agency that has some."""
    rows: list[list[Cell]] = []
    ranges = {}
    for agency in report.agencies:
        if agency.years:
            ranges[agency.agency] = len(rows) + 2, len(rows) + 1 + len(agency.years)
        for item in agency.years:
            start: list[Cell] = [agency.agency, agency.name, item.year or words.UNKNOWN_YEAR]
            rows.append([*start, *_summed(item.line), *_judged(item.line)])
    book.sheet(YEARS, ("Mã cơ quan", "Cơ quan", "Năm", *_SUMMED, *_JUDGED), rows)
    return ranges


def _totals(book: Book, report: CoverageReport, ranges: Mapping[str, tuple[int, int]]) -> None:
    """Sums of the sheet of years; the province's are sums of the agencies'."""
    rows: list[list[Cell]] = []
    for agency in report.agencies:
        first, last = ranges.get(agency.agency, (0, 0))
        source = f"'{YEARS}'!{{0}}{first}:{{0}}{last}" if first else ""
        shown: list[Cell] = [*_excluded(agency), agency.waiting]
        start: list[Cell] = [agency.agency, agency.name]
        rows.append(
            [*start, *_sums(agency.total, source, 3), *_sum_judged(agency.total, len(rows) + 2), *shown]
        )
    if not report.scope:
        source = f"{{0}}2:{{0}}{len(rows) + 1}" if rows else ""
        line, row = report.province, len(rows) + 2
        names = range(2 + len(_SUMMED) + len(_JUDGED), 2 + len(_SUMMED) + len(_JUDGED) + len(_EXCLUDED))
        numbers = [*_excluded(report), report.waiting]
        shown = [_sum(source, place, value) for place, value in zip(names, numbers, strict=True)]
        rows.append([None, words.PROVINCE, *_sums(line, source, 2), *_sum_judged(line, row), *shown])
    book.sheet(TOTALS, ("Mã cơ quan", "Cơ quan", *_SUMMED, *_JUDGED, *_EXCLUDED), rows, sums=not report.scope)


def _merged(book: Book, report: CoverageReport) -> None:
    rows: list[list[Cell]] = [
        [row.agency, row.name, ", ".join(row.predecessors), *_summed(line), *_judged(line)]
        for row in report.agencies
        if (line := row.with_predecessors)
    ]
    if rows:
        book.sheet("Cả cơ quan cũ", ("Mã cơ quan", "Cơ quan", "Cộng cả", *_SUMMED, *_JUDGED), rows)


def _ranking(book: Book, report: CoverageReport) -> None:
    if report.ranking is None:
        return
    rows: list[list[Cell]] = [
        [row.agency, row.name, row.rank, float(row.score), words.next_step(row.step) if row.step else ""]
        for row in report.ranking.rows
    ]
    sheet = book.sheet("Xếp hạng", ("Mã cơ quan", "Cơ quan", "Hạng", "Điểm", "Để lên hạng"), rows)
    sheet.write_string(len(rows) + 2, 1, words.ranking_method(report.ranking))


def _declarations(book: Book, report: CoverageReport) -> None:
    head = ("Mã cơ quan", "Phông", "Năm", "Đơn vị", "Số lượng", "Nguồn", "Ngày khai báo", "Dòng khai báo")
    rows: list[list[Cell]] = [
        [
            holding.agency,
            holding.fonds,
            holding.year or words.UNKNOWN_YEAR,
            words.UNIT[holding.unit],
            float(holding.held),
            holding.source,
            holding.as_of,
            holding.row,
        ]
        for agency in report.agencies
        for holding in agency.declarations
    ]
    book.sheet("Khai báo", head, rows)


def _summed(line: Line) -> list[Cell]:
    held = [float(line.held[unit]) if unit in line.held else None for unit in Unit]
    stages = [getattr(line.counts, name) for name in _STAGES.values()]
    return [*held, *stages, line.counted_documents if line.measurable else None]


def _judged(line: Line) -> list[Cell]:
    ratio = None if line.ratio is None else float(line.ratio)
    more = line.excess.get(Unit.DOCUMENTS, 0)
    return [ratio, words.STATUS[line.status], line.missing, more, "x" if line.small else None]


def _sums(line: Line, source: str, first: int) -> list[Cell]:
    """The figures of a sum as formulas over ``source``, whose columns of figures begin at ``first``."""
    return [
        _sum(source, place, value) if isinstance(value, int | float) else None
        for place, value in enumerate(_summed(line), start=first)
    ]


def _sum(source: str, place: int, value: float) -> Cell:
    return Formula(f"=SUM({source.format(xl_col_to_name(place))})", value) if source else value


def _sum_judged(line: Line, row: int) -> list[Cell]:
    """As of a year, but the ratio is a formula over the row's own sums."""
    ratio, *others = _judged(line)
    held, counted = (xl_col_to_name(2 + _SUMMED.index(name)) for name in (_HELD, _COUNTED))
    formula = Formula(f"={counted}{row}/{held}{row}", ratio) if isinstance(ratio, float) else None
    return [formula, *others]


def _excluded(row: AgencyCoverage | CoverageReport) -> list[int]:
    found = row.excluded
    return [found.secret, found.draft, found.duplicate, found.damaged, found.declared_twice]
