"""Commands about records: search, show, verify, withdraw, reindex."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from sohoa.answers.archive import search_answer, show_answer, verify_answer
from sohoa.answers.history import event_sentence
from sohoa.cli.fault_words import fault_words
from sohoa.cli.headings import Heading
from sohoa.cli.output import bar, err, marked, out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, AsPersonal, services
from sohoa.domain.archive.record import FieldJson, FieldsJson
from sohoa.domain.archive.records import Method
from sohoa.domain.errors import ExitCode
from sohoa.domain.local_time import shown as shown_at
from sohoa.domain.search.query import parse_query
from sohoa.ports import SearchResult
from sohoa.usecases.checks.fixity import check_share
from sohoa.usecases.checks.reindex import reindex as rebuild_index
from sohoa.usecases.checks.verify import verify as verify_archive
from sohoa.usecases.review.undo import withdraw as withdraw_record
from sohoa.usecases.search.search import search as search_index
from sohoa.usecases.search.search import show as show_record

commands = typer.Typer(rich_markup_mode=None)


def print_fields(fields: FieldsJson) -> None:
    """A table of fields with what they rest on."""
    rows = [(name, f["value"] or "—", f"{f['confidence']:.2f}", _found_by(f)) for name, f in fields.items()]
    if rows:
        print_table((Heading.FIELD, Heading.VALUE, Heading.SURE, Heading.EVIDENCE), rows)


def _found_by(field: FieldJson) -> str:
    """The methods of the evidence; a name that was learnt in review says which."""
    methods = (
        f"{e['method']}: {e['value']}" if e["method"] == Method.ALIAS else e["method"]
        for e in field["evidence"]
    )
    return ", ".join(dict.fromkeys(methods))


@commands.command()
def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", AND OR NOT, so:374, loai:"Quyết định".')],
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    type_name: Annotated[str, typer.Option("--type", help="Only this document type.")] = "",
    issued_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Issued on or after.")
    ] = None,
    issued_to: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Issued on or before.")
    ] = None,
    size: Annotated[int, typer.Option(min=1, max=1000, help="How many hits.")] = 10,
    personal: AsPersonal = False,
    person: AsPerson = "",
    as_json: AsJson = False,
) -> None:
    """Search the archive; found words are marked in the original spelling."""
    parsed = parse_query(
        query,
        agency=agency,
        type_name=type_name,
        issued_from=issued_from.date() if issued_from else None,
        issued_to=issued_to.date() if issued_to else None,
    )
    with services(person) as (reader, opened):
        found = search_index(reader, opened, parsed, size, personal=personal)
    if as_json:
        print_json(search_answer(found))
        return
    if parsed.empty:
        err.print("nothing to search for: type words, a number, or a field (loai:, coquan:, so:)")
    _print_hits(found)


def _print_hits(found: SearchResult) -> None:
    shown = "" if len(found.hits) == found.total else f", the first {len(found.hits)} (--size shows more)"
    out.print(f"{found.total} record{'' if found.total == 1 else 's'}{shown}")
    for hit in found.hits:
        head = " · ".join(
            hit.fields[n] for n in ("type_name", "code", "issued_date", "organ_name") if hit.fields.get(n)
        )
        out.print(f"\n{hit.record_id}  {head}", markup=False, soft_wrap=True)
        out.print(f"  {hit.fields.get('subject', '')}", markup=False, soft_wrap=True)
        for highlight in hit.highlights:
            out.print("  ", marked(highlight), sep="", soft_wrap=True)


@commands.command()
def show(
    record_id: str, personal: AsPersonal = False, person: AsPerson = "", as_json: AsJson = False
) -> None:
    """Show a record: fields with evidence, versions, states, events, files."""
    with services(person) as (reader, opened):
        shown = show_record(reader, opened, record_id, personal=personal)
    if as_json:
        print_json(show_answer(shown))
        return
    out.print(f"{record_id}  {shown.row.agency}  version {shown.row.version}  {shown.record['original']}")
    if shown.row.withdrawn:
        out.print(f"WITHDRAWN: {shown.row.withdrawn}", markup=False)
    out.print(f"hồ sơ: {', '.join(shown.file_codes) or 'none, a loose record'}", markup=False)
    print_fields(shown.record["fields"])
    print_table(
        (Heading.OBJECT, Heading.STATE, Heading.REASON),
        [(s.key, s.state.value, s.reason) for s in shown.states],
    )
    print_table(
        (Heading.WHEN, Heading.WHO, Heading.WHAT, Heading.DETAILS),
        [(shown_at(e.at), e.actor, e.action, event_sentence(e)) for e in shown.events],
    )
    print_table((Heading.FILE,), [(path,) for path in shown.files])
    for other in shown.same_number:
        out.print(f"the same number, agency and year: {other}")


@commands.command()
def verify(
    record_ids: Annotated[list[str] | None, typer.Argument(metavar="RECORD_ID…")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Check only so many records.")] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Check the share that is due, as each night; note what was checked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare archive, manifests, ledger and index, re-hash, validate signatures; exit 1 on any fault."""
    if due and (record_ids or sample):
        raise typer.BadParameter("--due stands alone")
    with services() as (_, opened), bar("verify") as progress:
        if due:
            report = check_share(opened, progress.step).report
        else:
            report = verify_archive(opened, record_ids or (), sample, progress.step)
    if as_json:
        print_json(verify_answer(report))
    else:
        for fault in report.faults:
            err.print(
                f"{fault.path}: {fault.kind} ({fault_words(fault.kind)}): expected {fault.expected}, "
                f"found {fault.found}",
                markup=False,
                soft_wrap=True,
            )
        out.print(f"{report.checked} records checked, {len(report.faults)} faults")
    if report.faults:
        raise typer.Exit(ExitCode.BROKEN_INVARIANT)


@commands.command()
def withdraw(
    record_id: str,
    reason: Annotated[str, typer.Option(help="Why the record must not be in the archive.")],
    person: AsPerson = "",
) -> None:
    """Take a record out of search and counts (wrong agency, wrong paper); its bytes are kept."""
    with services(person) as (reader, opened):
        withdraw_record(reader, opened, record_id, reason)
    out.print(f"{record_id} is withdrawn")


@commands.command()
def reindex() -> None:
    """Rebuild the search index from the archive alone; the old one serves until the new one is complete."""
    with services() as (_, opened), bar("reindex") as progress:
        count = rebuild_index(opened, progress.step)
    out.print(f"{count} records in the index")
