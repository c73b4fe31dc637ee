"""Commands about single objects of the inbox: where, list, retry, quarantine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.coverage import counted_answer
from sohoa.answers.inbox import objects_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.domain.archive.object_keys import visible
from sohoa.domain.coverage.tallies import RecordState
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.inbox.keys import masked
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.domain.reasons import REASONS
from sohoa.usecases.checks.reconcile import shown_key
from sohoa.usecases.coverage.counted import OF_OBJECTS, OF_RECORDS, counted_objects, counted_records
from sohoa.usecases.pipeline import quarantine as quarantining
from sohoa.usecases.review.undo import retry as try_again
from sohoa.usecases.search.search import listed
from sohoa.usecases.search.search import where as find_objects

commands = typer.Typer(rich_markup_mode=None)

FIGURES = (*OF_RECORDS, *OF_OBJECTS)
UNKNOWN_YEAR = "-"

quarantine = typer.Typer(help="Objects that bear a secrecy mark.", no_args_is_help=True)
commands.add_typer(quarantine, name="quarantine")


@commands.command()
def where(text: Annotated[str, typer.Argument(metavar="KEY|FILE|SHA256")], as_json: AsJson = False) -> None:
    """Where did that file go, and why: any object of the inbox, archived or not."""
    with services() as (reader, opened):
        rows = list(find_objects(reader, opened, text))
    _print_rows(rows, as_json)
    if not rows and not as_json and not Path(text).exists():
        raise NotFound("usage", f"no such file, and no object with that key, digest or record: {text}")
    if not rows and not as_json:
        out.print("not in the inbox: `sohoa ingest` puts it there")


@commands.command("list")
def list_objects(
    state: Annotated[State | None, typer.Option(help="Only objects in this state.")] = None,
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    figure: Annotated[
        str,
        typer.Option(
            metavar=f"[{'|'.join(FIGURES)}]",
            help="What this figure of `sohoa coverage` counts: records, or objects of the inbox.",
        ),
    ] = "",
    year: Annotated[
        int | None, typer.Option(help="With --figure: only records of this year; 0: not known.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="With --figure: at the end of that day; default: now."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List inbox objects in a state, with the reason, or what a figure of coverage counts."""
    if (state is None) == (not figure) or (state and (year is not None or as_of)):
        raise InvalidRequest("usage", "name either --state or --figure; --year and --as-of go with --figure")
    day = as_of.date() if as_of else None
    if figure in OF_OBJECTS and year is not None:
        raise InvalidRequest("usage", f"{figure} counts objects of the inbox, which have no year")
    with services() as (reader, opened):
        if state:
            found = [r for r in listed(reader, opened) if r.state is state and agency in ("", r.agency)]
        elif figure in OF_OBJECTS:
            found = list(counted_objects(reader, opened, figure, agency, day))
        else:
            _print_records(counted_records(reader, opened, figure, agency, year, day), as_json)
            return
    _print_rows(found, as_json)


def _print_records(found: Iterable[tuple[str, RecordState]], as_json: bool) -> None:
    if as_json:
        print_json(counted_answer(found))
        return
    for record_id, state in found:
        out.print(record_id, state.agency, state.year or UNKNOWN_YEAR, markup=False, soft_wrap=True)


def _print_rows(rows: list[InboxObject], as_json: bool) -> None:
    if as_json:
        print_json(objects_answer(rows))
        return
    for row in rows:
        known = REASONS.get(row.reason)
        out.print(visible(shown_key(row)), markup=False, soft_wrap=True)
        shown = (row.state.value, row.reason, f"record {row.record_id}" if row.record_id else "")
        out.print(f"  {'  '.join(filter(None, shown))}", markup=False)
        if known is not None:
            out.print(f"  {known.vi}\n  {known.en}", markup=False, soft_wrap=True)
        if row.detail:
            out.print(f"  ({row.detail})", markup=False, soft_wrap=True)
        if row.replaced or row.removed_by:
            out.print(
                f"  {'replaced later' if row.replaced else 'removed by ' + row.removed_by}", markup=False
            )


@commands.command()
def retry(
    keys: Annotated[list[str] | None, typer.Argument(metavar="KEY…")] = None,
    reason: Annotated[str, typer.Option(help="All objects with this reason code.")] = "",
    person: AsPerson = "",
) -> None:
    """Give rejected and failed objects another chance in the next run."""
    if bool(keys) == bool(reason):
        raise InvalidRequest("usage", "name either keys or --reason CODE")
    with services(person) as (reader, opened):
        out.print(f"{try_again(reader, opened, keys or [], reason)} objects are pending again")


@quarantine.command("list")
def quarantine_list(as_json: AsJson = False) -> None:
    """List quarantined objects: masked keys, digests, reasons."""
    with services() as (reader, opened):
        rows = list(quarantining.quarantined(reader, opened.states))
    if as_json:
        print_json(objects_answer(rows))
    else:
        print_table(
            (Heading.OBJECT, Heading.SHA256, Heading.REASON),
            [(masked(r.key), r.sha256[:16], r.reason) for r in rows],
        )


@quarantine.command("remove")
def quarantine_remove(
    digest: Annotated[str, typer.Argument(metavar="SHA256", help="Digest or its first 8+ characters.")],
    person: Annotated[str, typer.Option("--as", metavar="NAME", help="The person of config/people.yaml.")],
    reason: Annotated[str, typer.Option(help="Why, and where the paper is handled instead.")],
) -> None:
    """Delete a quarantined object from the inbox in a person's name; a tombstone stays."""
    with services(person) as (reader, opened):
        row = quarantining.remove(reader, opened, digest, reason)
    out.print(f"removed {masked(row.key)}; the tombstone stays", markup=False)
