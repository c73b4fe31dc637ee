"""Commands that fill and count the inbox: ingest, nightly, reconcile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.answers.inbox import nightly_answer, reconcile_answer
from sohoa.cli.headings import Heading
from sohoa.cli.output import bar, err, out, print_json, print_table
from sohoa.cli.session import AsJson, services
from sohoa.domain.archive.object_keys import visible
from sohoa.domain.errors import ExitCode
from sohoa.usecases.checks.reconcile import reconcile as balance
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
        err.print(f"  {visible(fault)}", markup=False, soft_wrap=True)
    if done.faults:
        raise typer.Exit(ExitCode.USAGE)


@commands.command()
def nightly(as_json: AsJson = False) -> None:
    """Run the night in this process: everything new in the inbox becomes signed, searchable, counted."""
    with services() as (reader, opened), bar("nightly") as progress:
        report = run_night(reader, opened, progress.total, lambda _: progress.step())
        rows = list(listed(reader, opened)) if as_json else []
    if as_json:
        print_json(nightly_answer(report, rows))
        return
    print_table((Heading.STATE, Heading.OBJECTS), report["states"].items())
    new = {done["key"] for done in report["documents"]}
    out.print(f"{len(new)} new, {report['pages']} pages, {report['seconds']} s")


@commands.command()
def reconcile(as_json: AsJson = False) -> None:
    """Prove that every inbox object is in exactly one state; exit 1 when it does not hold."""
    with services() as (_, opened):
        found = balance(opened)
    if as_json:
        print_json(reconcile_answer(found))
    else:
        print_table((Heading.STATE, Heading.OBJECTS), found.states.items())
        for fault in found.faults:
            err.print(f"  {fault}", markup=False, soft_wrap=True)
        for stray in found.strays:
            err.print(f"  {stray}", markup=False, soft_wrap=True)
        holds = "holds" if found.holds else "DOES NOT HOLD"
        out.print(f"{found.listing} objects in the inbox: the invariant {holds}", soft_wrap=True)
    if not found.holds:
        raise typer.Exit(ExitCode.BROKEN_INVARIANT)
