"""The first sheet of the workbook: headline figures and charts over small tables that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from sohoa.adapters.coverage_report import words
from sohoa.adapters.coverage_report.sheets import Book
from sohoa.adapters.coverage_report.standing import Standing, behind
from sohoa.domain.coverage.report import CoverageReport
from sohoa.domain.evidence.cells import harmless, printable

NAME = "Biểu đồ"
_MOST = 20
_DATA = 21
"""The column where the charts' own tables begin."""
_BLUE, _ORANGE = "#2F5D8A", "#B45309"
_LABELS = {"value": True}


def add_charts(book: Book, sheet: Worksheet, report: CoverageReport, found: Sequence[Standing]) -> None:
    """Fill the sheet: who lacks most against the target, the stages, the trend."""
    title = book.book.add_format({"bold": True, "font_size": 14})
    until = f", đến hết ngày {words.day(report.as_of)}" if report.as_of else ""
    sheet.write_string(0, 0, f"Độ phủ số hoá{until}", title)
    for row, text in enumerate(_said(report, found), start=1):
        sheet.write_string(row, 0, harmless(printable(text)))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    low = float(report.target.low)
    measurable = [each for each in found if each.line.ratio is not None][:_MOST]
    rows: list[tuple[Any, ...]] = [
        (each.agency.name, float(each.line.ratio or 0), low) for each in reversed(measurable)
    ]
    _bars(book, sheet, rows, len(found))
    _stages(book, sheet, report)
    if report.progress:
        points = [
            (words.day(p.day), float(p.ratio), low) for p in report.progress.trend if p.ratio is not None
        ]
        _trend(book, sheet, points)


def _said(report: CoverageReport, found: Sequence[Standing]) -> list[str]:
    said = [] if report.scope else [f"{words.PROVINCE}: {words.percent(report.province.ratio)}"]
    for each in behind(found)[:1]:
        lacks = f"thiếu {words.number(each.line.missing or 0)} văn bản"
        said.append(f"Chậm nhất: {each.agency.name}, {lacks}: {words.why(each.gap)}")
    return said


def _table(
    book: Book, sheet: Worksheet, first: int, head: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """A table from row ``first`` on in the columns of the charts' data."""
    ratio, whole = (book.book.add_format({"num_format": form}) for form in ("0.0%", "#,##0"))
    for place, name in enumerate(head):
        sheet.write_string(first, _DATA + place, name)
    for number, row in enumerate(rows, start=first + 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, _DATA + place, harmless(printable(value)))
            else:
                sheet.write_number(number, _DATA + place, value, ratio if isinstance(value, float) else whole)


def _series(first: int, many: int, place: int, **more: Any) -> dict[str, Any]:
    return {
        "name": [NAME, first, _DATA + place],
        "categories": [NAME, first + 1, _DATA, first + many, _DATA],
        "values": [NAME, first + 1, _DATA + place, first + many, _DATA + place],
        **more,
    }


def _chart(book: Book, sheet: Worksheet, cell: str, kind: str, name: str, size: tuple[int, int]) -> Any:
    chart: Any = book.book.add_chart({"type": kind})
    chart.set_title({"name": name, "name_font": {"size": 12}})
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(cell, chart)
    return chart


def _bars(book: Book, sheet: Worksheet, rows: Sequence[Sequence[Any]], agencies: int) -> None:
    if not rows:
        return
    _table(book, sheet, 0, ("Cơ quan", "Tỷ lệ", "Mục tiêu"), rows)
    shown = f" ({len(rows)} trên {agencies} cơ quan)" if len(rows) < agencies else ""
    name = f"Tỷ lệ so với mục tiêu, thiếu nhiều nhất ở trên{shown}"
    chart = _chart(book, sheet, "A5", "bar", name, (760, 180 + 26 * len(rows)))
    chart.add_series(_series(0, len(rows), 1, fill={"color": _BLUE}, data_labels=_LABELS, gap=40))
    chart.add_series(_series(0, len(rows), 2, fill={"color": _ORANGE}))
    chart.set_x_axis({"min": 0, "num_format": "0%"})
    chart.set_legend({"position": "bottom"})


def _stages(book: Book, sheet: Worksheet, report: CoverageReport) -> None:
    line, first = report.province, _MOST + 3
    counts = line.counts
    rows = [
        ("Khai báo", int(line.held_documents)),
        ("Đã nhận", counts.received),
        ("Đủ dữ liệu", counts.complete),
        ("Tìm được", counts.searchable),
        ("Đã ký số", counts.signed),
        ("Được tính", counts.covered),
    ]
    _table(book, sheet, first, ("Bước", "Văn bản"), rows)
    chart = _chart(book, sheet, "M5", "column", "Các bước", (460, 300))
    chart.add_series(_series(first, len(rows), 1, fill={"color": _BLUE}, data_labels=_LABELS))
    chart.set_y_axis({"num_format": "#,##0"})
    chart.set_legend({"none": True})


def _trend(book: Book, sheet: Worksheet, points: Sequence[Sequence[Any]]) -> None:
    if len(points) < 2:
        return
    first = _MOST + 12
    _table(book, sheet, first, ("Ngày", "Tỷ lệ", "Mục tiêu"), points)
    chart = _chart(book, sheet, "M21", "line", "Diễn biến", (460, 300))
    chart.add_series(_series(first, len(points), 1, line={"color": _BLUE, "width": 2.5}))
    chart.add_series(_series(first, len(points), 2, line={"color": _ORANGE, "dash_type": "dash"}))
    chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%"})
    chart.set_legend({"position": "bottom"})
