"""Commands about what agencies hand over beside their scans: registers of documents, lists of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.dossiers import (
    PROPOSAL,
    dossier_answer,
    dossiers_answer,
    expired_answer,
    import_answer,
    summary_answer,
)
from sohoa.cli.headings import Heading
from sohoa.cli.output import err, out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.domain.errors import ExitCode, InvalidRequest, NotFound
from sohoa.domain.evidence.document_register import Direction
from sohoa.ports import Entered
from sohoa.usecases.dossiers.attach import attach
from sohoa.usecases.dossiers.lists import enter_dossiers, expired, list_dossiers, loose, members_of
from sohoa.usecases.evidence.document_register import enter_register
from sohoa.usecases.evidence.late_evidence import apply_late_register
from sohoa.wiring import read_table

commands = typer.Typer(rich_markup_mode=None)

register = typer.Typer(help="Registers of outgoing and incoming documents (NĐ 30).", no_args_is_help=True)
commands.add_typer(register, name="register")
files = typer.Typer(help="Files of records (hồ sơ).", no_args_is_help=True)
commands.add_typer(files, name="files")


@register.command("import")
def register_import(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with the columns of NĐ 30.")],
    agency: Annotated[str, typer.Option(help="The agency whose register it is.")],
    direction: Annotated[
        Direction | None, typer.Option(help="Default: in where a column of arrival is there, else out.")
    ] = None,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Enter a register: evidence for what is described from now on, and for what is in the archive.

    Doubtful fields of records are weighed anew; a trusted value that a line contradicts goes to the review.
    A repeat does nothing.
    """
    with services(person) as (reader, opened):
        done = enter_register(reader, opened, file, read_table(file), agency, direction)
        late = apply_late_register(reader, opened, agency, done.years)
    if late.changed and not as_json:
        out.print(f"{late.changed} records weighed anew, {late.contradicted} of them contradicted")
    counts = {"reweighed": late.changed, "contradicted": late.contradicted}
    _print_import(file, done.entered, done.faults, as_json, **counts)


def _print_import(file: Path, entered: Entered, faults: Sequence[str], as_json: bool, **more: int) -> None:
    """Counts and faults; ends with 2 where lines could not be used."""
    if as_json:
        print_json(import_answer(entered, faults, **more))
    else:
        counted = f"{entered.new} new, {entered.changed} changed, {entered.same} already there"
        out.print(f"{counted}, {len(faults)} faults")
        for fault in faults:
            err.print(f"  {file.name}, {fault}", markup=False, soft_wrap=True)
    if faults:
        raise typer.Exit(ExitCode.USAGE)


@files.command("import")
def files_import(
    file: Annotated[
        Path, typer.Argument(help="CSV or XLSX with headings of TT 02/2019, NĐ 30 or TT 05/2025.")
    ],
    agency: Annotated[str, typer.Option(help="The agency whose files these are.")],
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Enter a list of files: code, title, retention, access, totals. A repeat does nothing."""
    with services(person) as (reader, opened):
        done = enter_dossiers(reader, opened, file, read_table(file), agency)
    _print_import(file, done.entered, done.faults, as_json)


@files.command("list")
def files_list(
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "", as_json: AsJson = False
) -> None:
    """List files with what their records make of them, and the records that are in no file."""
    with services() as (reader, opened):
        found, alone = (
            list_dossiers(reader, opened.dossiers, opened.records, agency),
            list(loose(reader, opened.dossiers, opened.records, agency)),
        )
    if as_json:
        print_json(dossiers_answer(found, alone))
        return
    head = (
        Heading.AGENCY,
        Heading.DOSSIER,
        Heading.TITLE,
        Heading.FROM,
        Heading.TO,
        Heading.DOCUMENTS,
        Heading.PAGES,
        Heading.MISSING,
    )
    rows = [
        (
            f.agency,
            f.code,
            f.values.get("title", ""),
            f.start_date,
            f.end_date,
            f.documents,
            f.pages,
            "; ".join(map(str, f.gaps)),
        )
        for f in found
    ]
    print_table(head, rows)
    out.print(f"{len(found)} files, {len(alone)} loose records")


@files.command("show")
def files_show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The file code.")],
    agency: Annotated[str, typer.Option(help="Where several agencies use the code.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show a file: what its list gives, what its records make of it, its records, and what is missing."""
    with services() as (reader, opened):
        found = list_dossiers(reader, opened.dossiers, opened.records, agency, code)
        if not found:
            raise NotFound("dossier", f"there is no file {code!r}")
        if len(found) > 1:
            agencies = ", ".join(summary.agency for summary in found)
            raise InvalidRequest("usage", f"several agencies have a file {code!r}: add --agency ({agencies})")
        members = members_of(reader, opened.dossiers, found[0].agency, code)
    if as_json:
        print_json(dossier_answer(found[0], members))
        return
    shown = summary_answer(found[0])
    given = [(name, value) for name, value in found[0].values.items() if name not in shown]
    print_table(
        (Heading.FIELD, Heading.VALUE),
        [*((n, v) for n, v in shown.items() if n not in ("given", "gaps")), *given],
    )
    for gap in found[0].gaps:
        out.print(f"  {gap}", markup=False)
    rows = [(m.ordinal or "", m.record_id, m.issued_date, m.method.value) for m in members]
    print_table((Heading.ORDINAL, Heading.RECORD, Heading.ISSUED, Heading.BY), rows)


@files.command("expired")
def files_expired(
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; today.")] = None,
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    as_json: AsJson = False,
) -> None:
    """List hồ sơ whose term of preservation is over: proposed for a decision, never deleted."""
    with services() as (reader, opened):
        day = on.date() if on else opened.clock.today()
        due = expired(reader, opened.dossiers, opened.records, day, agency)
    if as_json:
        print_json(expired_answer(due))
        return
    head = (Heading.AGENCY, Heading.DOSSIER, Heading.TITLE, Heading.RETENTION, Heading.EXPIRED, Heading.STATE)
    rows = [
        (f.agency, f.code, f.values.get("title", ""), f.values["maintenance"], day.isoformat(), PROPOSAL)
        for day, f in due
    ]
    print_table(head, rows)


@files.command("attach")
def files_attach(
    record_id: str,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The file code.")],
    person: Annotated[str, typer.Option("--as", metavar="NAME", help="The person of config/people.yaml.")],
    ordinal: Annotated[int | None, typer.Option(min=1, help="The record's place in the file.")] = None,
) -> None:
    """Put a record into a file in a person's name; no later run takes it out."""
    with services(person) as (reader, opened):
        attach(reader, opened, record_id, code, ordinal)
    out.print(f"{record_id} is in {code}", markup=False)
