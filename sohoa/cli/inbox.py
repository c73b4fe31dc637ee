"""Commands that fill and count the inbox: ingest, nightly, reconcile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sohoa.cli.output import bar, err, out, print_json, print_table
from sohoa.cli.session import AsJson, services
from sohoa.domain.errors import ExitCode
from sohoa.domain.inbox.states import InboxObject
from sohoa.usecases.checks.reconcile import reconcile as balance
from sohoa.usecases.checks.reconcile import shown_key
from sohoa.usecases.pipeline.ingest import files_below
from sohoa.usecases.pipeline.ingest import ingest as copy_in
from sohoa.usecases.pipeline.nightly import nightly as run_night
from sohoa.usecases.search.search import listed

commands = typer.Typer(rich_markup_mode=None)


@commands.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders (recursively).")],
    agency: Annotated[str, typer.Option(help="Agency code of config/agencies.yaml.")],
    batch: Annotated[str, typer.Option(help="Batch folder; default: the folder's name.")] = "",
) -> None:
    """Copy scans into the inbox; a repeat does nothing, nothing is ever overwritten."""
    total = sum(1 for path in paths if path.exists() for _ in files_below(path, batch))
    with services() as (_, opened), bar("ingest", total) as progress:
        done = copy_in(opened, paths, agency, batch, progress.step)
    out.print(f"{done.copied} copied, {done.present} already there, {len(done.faults)} not taken")
    for fault in done.faults:
        err.print(f"  {fault}", markup=False)
    if done.faults:
        raise typer.Exit(ExitCode.USAGE)


@commands.command()
def nightly(as_json: AsJson = False) -> None:
    """Run the night in this process: everything new in the inbox becomes signed, searchable, counted."""
    with services() as (reader, opened), bar("nightly") as progress:
        report = run_night(reader, opened, progress.total, lambda _: progress.step())
        new = {done["key"] for done in report["documents"]}
        documents = [_document(row, new) for row in listed(reader, opened)] if as_json else []
    if as_json:
        print_json({key: report[key] for key in ("states", "pages", "seconds")} | {"documents": documents})
        return
    print_table(("state", "objects"), report["states"].items())
    out.print(f"{len(new)} new, {report['pages']} pages, {report['seconds']} s")


def _document(row: InboxObject, new: set[str]) -> dict[str, Any]:
    key = shown_key(row)
    return {
        "key": key,
        "state": row.state.value,
        "reason": row.reason,
        "record_id": row.record_id,
        "new": key in new,
    }


@commands.command()
def reconcile(as_json: AsJson = False) -> None:
    """Prove that every inbox object is in exactly one state; exit 1 when it does not hold."""
    with services() as (_, opened):
        found = balance(opened)
    if as_json:
        print_json(
            {
                "holds": found.holds,
                "listing": found.listing,
                "states": dict(found.states),
                "removed": found.removed,
                "faults": list(found.faults),
            }
        )
    else:
        print_table(("state", "objects"), found.states.items())
        for fault in found.faults:
            err.print(f"  {fault}", markup=False, soft_wrap=True)
        holds = "holds" if found.holds else "DOES NOT HOLD"
        out.print(f"{found.listing} objects in the inbox: the invariant {holds}", soft_wrap=True)
    if not found.holds:
        raise typer.Exit(ExitCode.BROKEN_INVARIANT)
