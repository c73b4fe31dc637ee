"""Coverage as a table for a terminal: figures are never cut, names and notes fold at its width."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from sohoa.adapters.coverage_report import words
from sohoa.domain.coverage.figures import SMALL
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport, Line, Status

_COLOUR = {
    Status.NOT_MEASURABLE: "dim",
    Status.BELOW: "yellow",
    Status.WITHIN: "green",
    Status.ABOVE: "green",
    Status.OVER_DECLARED: "bold red",
}
_TITLES = (
    *("Năm", "Lưu giữ", "Nhận", "Tìm được", "Đã ký"),
    *("Đủ dữ liệu", "Được tính", "Tỷ lệ", "Tình trạng"),
)
_NAME, _STATUS = 0, len(_TITLES) - 1
_SMALL = "*"
# Where small figures leave room, columns are as wide as this.
_ROOMY = (12, 7, 6, 6, 6, 6, 6, 7, 13)
Rows = list[tuple[str, ...]]


def to_table(report: CoverageReport, *, width: int = 80, colour: bool = False) -> str:
    """The report as text for a terminal of ``width`` columns; without ``colour`` there are no escape codes.

    Where the figures alone need more than ``width``, lines are longer.
    """
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    province = [] if report.scope else [_row(words.PROVINCE, report.province)]
    agencies = [(f"{agency.agency} {agency.name}", _rows(agency)) for agency in report.agencies]
    heading: Rows = [tuple(f"[bold]{title}[/bold]" for title in _TITLES)]
    widths = _widths([*(row for _, rows in agencies for row in rows), *province], width)
    console.print(_title(report))
    console.print(_grid(heading, widths), crop=False)
    for name, rows in agencies:
        console.print(f"[bold]{escape(name)}[/bold]")
        console.print(_grid(rows, widths), crop=False)
    if province:
        console.print(_grid(province, widths), crop=False)
    for note in _notes(report):
        console.print(note)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _title(report: CoverageReport) -> str:
    until = f", đến hết ngày {words.day(report.as_of)}" if report.as_of else ""
    low, high = words.percent(report.target.low), words.percent(report.target.high)
    return f"Độ phủ số hoá{until} · mục tiêu {low} – {high}"


def _rows(agency: AgencyCoverage) -> Rows:
    rows = [_row(words.year(year.year), year.line) for year in agency.years]
    rows.append(_row("Cộng", agency.total))
    if agency.with_predecessors:
        rows.append(_row(f"Cộng cả {', '.join(agency.predecessors)}", agency.with_predecessors))
    return rows


def _row(name: str, line: Line) -> tuple[str, ...]:
    counts, held = line.counts, line.held.get(Unit.DOCUMENTS)
    stages = (counts.received, counts.searchable, counts.signed, counts.complete, counts.covered)
    colour = _COLOUR[line.status]
    status = f"[{colour}]{words.STATUS[line.status]}[/{colour}]"
    shown = "–" if held is None else words.number(held)
    ratio = words.percent(line.ratio) + (_SMALL if line.small else "")
    return escape(name), shown, *map(words.number, stages), ratio, status


def _widths(rows: Rows, width: int) -> list[int]:
    """Of each column what its figures and longest words need; then, while there is room, what it would like.

    Status and name come first, since they fold over more lines than figures do; the name takes the rest.
    """
    columns = list(zip(_TITLES, *(map(_plain, row) for row in rows), strict=True))
    widths = [max(len(word) for cell in column for word in cell.split(" ")) for column in columns]
    left = width - sum(widths) - _STATUS
    figures = range(_NAME + 1, _STATUS)
    wishes = [(place, _ROOMY[place]) for place in (_STATUS, _NAME, *figures)]
    for place, wish in (*wishes, (_NAME, max(map(len, columns[_NAME])))):
        more = max(min(wish - widths[place], left), 0)
        widths[place], left = widths[place] + more, left - more
    return widths


def _plain(cell: str) -> str:
    return Text.from_markup(cell).plain


def _grid(rows: Rows, widths: Sequence[int]) -> Table:
    """A table without frame whose widths are fixed, so that the agencies' tables stand below each other."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for place, width in enumerate(widths):
        justify: JustifyMethod = "right" if place not in (_NAME, _STATUS) else "left"
        table.add_column(min_width=width, max_width=width, justify=justify, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _notes(report: CoverageReport) -> list[str]:
    excluded = report.excluded
    notes = [
        f"Không tính: {excluded.secret} mật, {excluded.draft} dự thảo, {excluded.duplicate} trùng, "
        f"{excluded.damaged} hỏng. Chờ xử lý: {report.waiting}.",
    ]
    if report.province.measurable_years < report.province.years:
        notes.append(f"Tỷ lệ chung {words.basis(report.province) or words.NOT_DECLARED}.")
    if any(year.line.small for agency in report.agencies for year in agency.years):
        notes.append(f"{_SMALL} mẫu số nhỏ: khai báo dưới {SMALL} văn bản.")
    notes += [
        f"Lỗi khai báo: {escape(words.anomaly(agency.agency, found))}."
        for agency in report.agencies
        for found in agency.anomalies
    ]
    if report.unassigned:
        notes.append(f"{report.unassigned} tệp không thuộc cơ quan nào trong danh mục.")
    return notes
