"""Commands about single objects of the inbox: where, list, retry, quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.inbox import objects_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import out, print_json, print_table
from sohoa.cli.session import AsJson, AsPerson, services
from sohoa.domain.archive.object_keys import visible
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.inbox.keys import masked
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.domain.reasons import REASONS
from sohoa.usecases.checks.reconcile import shown_key
from sohoa.usecases.pipeline import quarantine as quarantining
from sohoa.usecases.review.undo import retry as try_again
from sohoa.usecases.search.search import listed
from sohoa.usecases.search.search import where as find_objects

commands = typer.Typer(rich_markup_mode=None)

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
    state: Annotated[State, typer.Option(help="Only objects in this state.")],
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    as_json: AsJson = False,
) -> None:
    """List inbox objects in a state, with the reason."""
    with services() as (reader, opened):
        found = [r for r in listed(reader, opened) if r.state is state and agency in ("", r.agency)]
    _print_rows(found, as_json)


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
