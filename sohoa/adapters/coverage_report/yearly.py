"""The yearly statistic as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction

from sohoa.adapters.coverage_report import words
from sohoa.adapters.coverage_report.sheets import Book, Cell
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.yearly import Figure, YearRow, YearStatistic
from sohoa.domain.evidence.cells import harmless

TITLES = {
    **{f"held_{unit}": f"Lưu giữ ({words.UNIT[unit]})" for unit in Unit},
    "received": "Đã nhận đến cuối năm",
    "received_in_year": "Nhận trong năm (thuần)",
    "covered": "Được tính đến cuối năm",
    "covered_in_year": "Được tính trong năm (thuần)",
    "counted": "Được cộng",
    "ratio": "Tỷ lệ",
}


def to_csv(statistic: YearStatistic) -> bytes:
    """A row for each agency; UTF-8, comma, LF, no totals, so that a column may be summed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("agency", "name", "year", *TITLES))
    for row in statistic.rows:
        figures = ("" if value is None else str(_plain(value)) for value in row.figures.values())
        writer.writerow((row.agency, harmless(row.name), statistic.year, *figures))
    return text.getvalue().encode()


def to_xlsx(statistic: YearStatistic) -> bytes:
    """One sheet for the agencies and the province, below it day, due day and where the figures belong."""
    file = io.BytesIO()
    book = Book(file)
    rows = [_row(row, row.name) for row in statistic.rows]
    if statistic.province:
        rows.append(_row(statistic.province, words.PROVINCE))
    head = ("Mã cơ quan", "Cơ quan", *TITLES.values())
    sheet = book.sheet(f"Năm {statistic.year}", head, rows, sums=statistic.province is not None)
    for place, note in enumerate(notes(statistic), start=len(rows) + 2):
        sheet.write_string(place, 1, note)
    book.book.close()
    return file.getvalue()


def notes(statistic: YearStatistic) -> list[str]:
    """What a reader must know of the figures."""
    days = f"01/01/{statistic.year} đến hết {words.day(statistic.until)}"
    open_ = "" if statistic.complete else " Năm chưa kết thúc: số liệu tạm thời."
    return [
        f"Số liệu từ {days}; gửi trước ngày {words.day(statistic.due)}.{open_}",
        "Chuyển vào biểu 0804 (văn bản), 0805 (hồ sơ), 0808 (tài liệu lưu trữ) của báo cáo thống kê năm.",
    ]


def _row(row: YearRow, name: str) -> list[Cell]:
    return [row.agency or None, name, *map(_plain, row.figures.values())]


def _plain(value: Figure) -> int | float | None:
    if isinstance(value, Fraction):
        return round(float(value), 6)
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value
