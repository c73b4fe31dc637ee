"""Commands about figures: coverage, and what changed between two days."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from sohoa.adapters.coverage_report import BINARY, KINDS, YearForm, render_year
from sohoa.adapters.coverage_report.words import PROVINCE, number
from sohoa.adapters.coverage_report.yearly import notes
from sohoa.answers.coverage import difference_answer, year_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.session import AsJson, services
from sohoa.domain.coverage.yearly import Figure, YearStatistic
from sohoa.domain.errors import InvalidRequest
from sohoa.usecases.coverage.difference import difference
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.coverage.yearly import year_statistic

commands = typer.Typer(rich_markup_mode=None)
group = typer.Typer(rich_markup_mode=None)
commands.add_typer(group, name="coverage")
_FILE_WIDTH = 80


def _known(form: str) -> str:
    if form not in KINDS:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(KINDS)}")
    return form


Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar=f"[{'|'.join(KINDS)}]",
        help="Output format.",
        callback=_known,
        autocompletion=lambda: list(KINDS),
    ),
]


@group.callback(invoke_without_command=True)
def coverage(
    context: typer.Context,
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="End of that day in Asia/Ho_Chi_Minh; default: now."),
    ] = None,
    form: Form = "table",
    out_file: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
) -> None:
    """Digitization coverage per agency and year against the declared paper holdings."""
    if context.invoked_subcommand is not None:
        return
    with services() as (reader, opened):
        report = measure(reader, opened, as_of.date() if as_of else None, agency)
        data = opened.reports.render(report, form, _FILE_WIDTH if out_file else out.width)
    if out_file is not None:
        _write(out_file, data)
    elif form in BINARY and sys.stdout.isatty():
        raise InvalidRequest("usage", f"{form} is not for a terminal: add --out FILE.{form}")
    else:
        sys.stdout.buffer.write(data)


Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="End of that day in Asia/Ho_Chi_Minh.")]


@group.command("diff")
def coverage_diff(first: Day, second: Day, as_json: AsJson = False) -> None:
    """What changed between two days: figures, the records behind them, declarations."""
    with services() as (reader, opened):
        found = difference(reader, opened, first.date(), second.date())
    answer = difference_answer(found)
    if as_json:
        print_json(answer)
        return
    days = (first.date(), second.date())
    held, covered = ([f"{word} {day}" for day in days] for word in (Heading.HELD, Heading.COVERED))
    print_table((Heading.AGENCY, Heading.YEAR, *held, *covered), map(_shown, answer["cells"]))
    head = (Heading.RECORD_ID, Heading.AGENCY, Heading.YEAR, Heading.WHAT, Heading.REASON)
    print_table(head, map(_shown, answer["records"]))
    for sign, holdings in (("+", answer["declared"]), ("-", answer["ended"])):
        for one in holdings:
            said = (one["agency"], one["fonds"], one["year"] or "", one["held"], one["unit"], one["source"])
            out.print(sign, *said, markup=False)


@group.command("year")
def coverage_year(
    year: Annotated[int, typer.Argument(help="1 January to 31 December of that year; of this one to today.")],
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    form: Annotated[
        YearForm | None, typer.Option("--format", help="As a file for the statistics form, with --out.")
    ] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """The yearly statistic, due on 10 February: held and digitized at its end, and what the year added."""
    if (form is None) != (out_file is None) or (form and as_json):
        raise InvalidRequest("usage", "a file needs both --format and --out, and no --json")
    with services() as (reader, opened):
        found = year_statistic(reader, opened, year, agency)
    if form and out_file:
        _write(out_file, render_year(found, form))
    elif as_json:
        print_json(year_answer(found))
    else:
        _print_year(found)


def _print_year(found: YearStatistic) -> None:
    head = (Heading.AGENCY, Heading.HELD, Heading.RECEIVED, Heading.IN_YEAR, Heading.COVERED, Heading.IN_YEAR)
    names = ("held_documents", "received", "received_in_year", "covered", "covered_in_year")
    rows = [*found.rows, *([found.province] if found.province else [])]
    print_table(head, [(row.agency or PROVINCE, *(_number(row.figures[n]) for n in names)) for row in rows])
    for note in notes(found):
        out.print(note, markup=False)


def _number(value: Figure) -> str:
    return "–" if value is None else number(Decimal(int(value)))


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InvalidRequest("usage", f"cannot write {path}: {error.strerror}") from error


def _shown(row: Mapping[str, Any]) -> list[object]:
    """The cells of a row; what is not known stays empty."""
    values = (", ".join(value) if isinstance(value, list) else value for value in row.values())
    return ["" if value is None else value for value in values]
