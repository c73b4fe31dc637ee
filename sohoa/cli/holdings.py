"""Commands about declared holdings: registers handed in, templates, what is in force, what was before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from sohoa.answers.holdings import declaration_answer, holding_answer, holdings_import_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import err, out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.domain.coverage.holdings import Holding
from sohoa.domain.errors import ExitCode, InvalidRequest
from sohoa.usecases.coverage.fonds import HEADINGS, fonds_rows
from sohoa.usecases.coverage.registers import HoldingsImport, history, import_holdings, listed

commands = typer.Typer(rich_markup_mode=None)
holdings = typer.Typer(help="Declared paper holdings: the denominators of coverage.", no_args_is_help=True)
commands.add_typer(holdings, name="holdings")

AgencyOption = Annotated[str, typer.Option("--agency", help="Only this agency.")]


@holdings.command("import")
def holdings_import(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with the columns of `sohoa holdings template`.")],
    only_good: Annotated[
        bool, typer.Option("--only-good", help="Take the right rows; the others go to a file to be mended.")
    ] = False,
    rest: Annotated[
        Path | None, typer.Option(help="That file; default: NAME.con-loi.csv in the current folder.")
    ] = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Declare what a register says, all of it or nothing; a repeat does nothing, corrections are kept."""
    with services(person) as (reader, opened):
        done = import_holdings(reader, opened, file, only_good)
        left = None
        if only_good and done.left:
            left = rest or Path(f"{file.stem}.con-loi.csv")
            _write(left, opened.holding_files.rest(done.left))
    if as_json:
        print_json(holdings_import_answer(done.entered, done.faults, done.notes, left))
    else:
        _print_import(done, file, left)
    if done.faults:
        raise typer.Exit(ExitCode.USAGE)


def _print_import(done: HoldingsImport, file: Path, left: Path | None) -> None:
    entered = done.entered
    counts = f"{entered.new} mới, {entered.changed} sửa, {entered.same} đã có, {len(done.left)} dòng lỗi"
    nothing = "" if left or not done.faults else " (không nhập dòng nào)"
    out.print(counts + nothing, markup=False)
    for note in done.notes:
        err.print(f"  {file.name}, {note}", markup=False, soft_wrap=True)
    for fault in done.faults:
        err.print(f"  {file.name}, {fault}", markup=False, soft_wrap=True)
    if left:
        err.print(f"  dòng lỗi ở {left}: sửa rồi nhập lại tệp đó", markup=False, soft_wrap=True)


@holdings.command("template")
def holdings_template(
    form: Annotated[Literal["csv", "xlsx"], typer.Option("--format", help="Form of the file.")] = "csv",
    out_file: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
) -> None:
    """An empty register: columns, explanations and lists to choose from (XLSX), an example row."""
    with services() as (_, opened):
        data = opened.holding_files.template(form, {a.code: a.name for a in opened.agencies})
    if out_file is not None:
        _write(out_file, data)
    elif form == "xlsx" and sys.stdout.isatty():
        raise InvalidRequest("usage", "a workbook is not for a terminal: add --out FILE.xlsx")
    else:
        sys.stdout.buffer.write(data)


@holdings.command("list")
def holdings_list(agency: AgencyOption = "", as_json: AsJson = False) -> None:
    """The declarations in force."""
    with services() as (reader, opened):
        found = listed(reader, opened, agency)
    if as_json:
        print_json({"holdings": [holding_answer(holding) for holding in found]})
        return
    print_table(_COLUMNS, [_cells(holding) for holding in found])


@holdings.command("history")
def holdings_history(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="The agency's code.")],
    fonds: Annotated[str, typer.Option(help="Only this fonds.")] = "",
    year: Annotated[int | None, typer.Option(help="Only this year.")] = None,
    as_json: AsJson = False,
) -> None:
    """All that was ever declared for an agency: by whom, when, on what basis."""
    with services() as (reader, opened):
        found = history(reader, opened, agency, fonds, year)
    if as_json:
        print_json({"declarations": [declaration_answer(declaration) for declaration in found]})
        return
    rows = [(f"{d.declared_at:%Y-%m-%d %H:%M}", d.declared_by, *_cells(d.holding)) for d in found]
    print_table((Heading.WHEN, Heading.WHO, *_COLUMNS), rows)


@holdings.command("fonds")
def holdings_fonds(
    agency: AgencyOption = "",
    out_file: Annotated[Path | None, typer.Option("--out", help="Write to this file.")] = None,
) -> None:
    """Paper and digitized paper by fonds as CSV, as TT 02/2019 names them (PaperTotal, PaperDigital)."""
    with services() as (reader, opened):
        rows = fonds_rows(reader, opened, agency)
        data = b"".join(opened.list_files.pieces("csv", "PaperTotal, PaperDigital", HEADINGS, rows))
    if out_file is not None:
        _write(out_file, data)
    else:
        sys.stdout.buffer.write(data)


_COLUMNS = (
    *(Heading.AGENCY, Heading.FONDS, Heading.YEAR, Heading.UNIT, Heading.HELD),
    *(Heading.SOURCE, Heading.COUNTED, Heading.PLACE),
)


def _cells(holding: Holding) -> tuple[str, ...]:
    part = ", ".join(filter(None, (holding.retention, holding.kind)))
    year = "" if holding.year is None else str(holding.year)
    held = f"{holding.held:f}"
    if holding.bounds:
        held += f" ({holding.bounds[0].normalize():f} – {holding.bounds[1].normalize():f})"
    fonds = f"{holding.fonds} ({part})" if part else holding.fonds
    return (
        holding.agency,
        fonds,
        year,
        holding.unit.value,
        held,
        holding.source,
        str(holding.as_of),
        holding.row,
    )


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InvalidRequest("usage", f"cannot write {path}: {error.strerror}") from error
