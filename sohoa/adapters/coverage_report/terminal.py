"""Coverage as a table for a terminal of 80 columns and more."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sohoa.adapters.coverage_report import words
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport, Line, Status

_COLOUR = {
    Status.NOT_MEASURABLE: "dim",
    Status.BELOW: "yellow",
    Status.WITHIN: "green",
    Status.ABOVE: "green",
    Status.OVER_DECLARED: "bold red",
}
_COLUMNS = (
    ("Năm", 12),
    ("Lưu giữ", 7),
    ("Nhận", 6),
    ("Tìm được", 6),
    ("Đã ký", 6),
    ("Đủ dữ liệu", 6),
    ("Được tính", 6),
    ("Tỷ lệ", 7),
)
_STATUS_WIDTH = 13


def to_table(report: CoverageReport, *, colour: bool = False) -> str:
    """The report as text for 80 columns and more; without ``colour`` there are no escape codes."""
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=colour, no_color=not colour, highlight=False)
    console.print(_title(report))
    console.print(_heading())
    for agency in report.agencies:
        console.print(f"[bold]{escape(agency.agency)} {escape(agency.name)}[/bold]")
        console.print(_agency(agency))
    if not report.scope:
        console.print(_rows([(words.PROVINCE, report.province)]))
    for note in _notes(report):
        console.print(note)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _title(report: CoverageReport) -> str:
    until = f", đến hết ngày {words.day(report.as_of)}" if report.as_of else ""
    low, high = words.percent(float(report.target.low)), words.percent(float(report.target.high))
    return f"Độ phủ số hoá{until} · mục tiêu {low} – {high}"


def _agency(agency: AgencyCoverage) -> Table:
    lines = [(words.year(year.year), year.line) for year in agency.years]
    lines.append(("Cộng", agency.total))
    if agency.with_predecessors:
        lines.append((f"Cộng cả {', '.join(agency.predecessors)}", agency.with_predecessors))
    return _rows(lines)


def _heading() -> Table:
    heading = _grid()
    heading.add_row(*(f"[bold]{title}[/bold]" for title, _ in _COLUMNS), "[bold]Tình trạng[/bold]")
    return heading


def _rows(lines: Iterable[tuple[str, Line]]) -> Table:
    table = _grid()
    for name, line in lines:
        table.add_row(escape(name), *_cells(line))
    return table


def _grid() -> Table:
    """A table without frame whose widths are fixed, so that the agencies' tables stand below each other."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for number, (_, width) in enumerate(_COLUMNS):
        table.add_column(width=width, justify="right" if number else "left", overflow="fold")
    table.add_column(width=_STATUS_WIDTH)
    return table


def _cells(line: Line) -> tuple[str, ...]:
    counts, held = line.counts, line.held.get(Unit.DOCUMENTS)
    stages = (counts.received, counts.searchable, counts.signed, counts.complete, counts.covered)
    colour = _COLOUR[line.status]
    status = f"[{colour}]{words.STATUS[line.status]}[/{colour}]"
    shown = "–" if held is None else words.number(held)
    return shown, *(words.number(n) for n in stages), words.percent(line.ratio), status


def _notes(report: CoverageReport) -> list[str]:
    excluded = report.excluded
    notes = [
        f"Không tính: {excluded.secret} mật, {excluded.draft} dự thảo, {excluded.duplicate} trùng, "
        f"{excluded.damaged} hỏng. Chờ xử lý: {report.waiting}.",
    ]
    if report.province.measurable_years < report.province.years:
        notes.append(f"Tỷ lệ chung {words.basis(report.province) or words.NOT_DECLARED}.")
    if report.unassigned:
        notes.append(f"{report.unassigned} tệp không thuộc cơ quan nào trong danh mục.")
    return notes
