"""Commands about the digests of days: export, check, prove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.fault_words import fault_words
from sohoa.cli.output import err, out
from sohoa.cli.session import services
from sohoa.domain.errors import Corrupt, ExitCode
from sohoa.usecases.checks.day_digests import FILES, Files, Kept, digest_of_the_day, stored_digests
from sohoa.usecases.checks.day_digests import proof as proof_of
from sohoa.usecases.checks.digest_check import check_digests

commands = typer.Typer(rich_markup_mode=None)
digest = typer.Typer(
    help="Signed digests of days: one root over all manifests and histories.", no_args_is_help=True
)
commands.add_typer(digest, name="digest")


@digest.command()
def export(folder: Annotated[Path, typer.Argument(help="A folder in an independent place.")]) -> None:
    """Make today's digest where it is missing, and copy all digests that the folder lacks."""
    copied = 0
    with services() as (_, opened):
        today = digest_of_the_day(opened)
        for path, data in stored_digests(opened).items():
            place = folder / path
            if place.exists() and place.read_bytes() != data:
                raise Corrupt(
                    f"{place} differs from the archive's: `sohoa digest check {folder}` says in what"
                )
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
                copied += 1
    if today.get("reason"):
        err.print(f"no digest of {today['day']}: {today['reason']}", markup=False, soft_wrap=True)
    out.print(f"{copied} files copied", soft_wrap=True)
    if today.get("reason"):
        raise typer.Exit(ExitCode.UNAVAILABLE)


@digest.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="Where digests were exported to.")] = None,
) -> None:
    """Check every digest, and the archive against the newest; exit 1 on any fault."""
    kept: Files = {}
    if folder is not None:
        paths = [place.relative_to(folder).as_posix() for name in FILES for place in folder.glob(f"*/{name}")]
        if not paths:
            raise typer.BadParameter(f"{folder} holds no digests")
        kept = Kept(paths, lambda path: (folder / path).read_bytes())
    with services() as (_, opened):
        report = check_digests(opened, kept)
    for fault in report.faults:
        what = f"{fault.kind} ({fault_words(fault.kind)})"
        told = f"{fault.path}: {what}: expected {fault.expected}, found {fault.found}"
        err.print(told, markup=False, soft_wrap=True)
    counts = f"{report.digests} digests, {report.records} records checked, {len(report.faults)} faults"
    out.print(counts, soft_wrap=True)
    if report.faults or not report.digests:
        raise typer.Exit(ExitCode.BROKEN_INVARIANT)


@digest.command()
def prove(record_id: str) -> None:
    """Print what proves to anyone that the newest digest holds a record (docs/verify-by-hand.md)."""
    with services() as (_, opened):
        out.print(proof_of(opened, record_id), end="", markup=False, soft_wrap=True)
