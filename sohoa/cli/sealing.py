"""Command about seals: keys, what waits for its signature, records by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from sohoa.cli.headings import Heading
from sohoa.cli.output import err, out, print_table
from sohoa.cli.session import services
from sohoa.domain.errors import ExitCode
from sohoa.domain.protection.access import Reader
from sohoa.ports import KeyState
from sohoa.settings import load_settings
from sohoa.usecases.archive.pending_seals import SealedRecord, complete_seals, sealed_records
from sohoa.usecases.archive.renewals import renew_seals
from sohoa.usecases.services import Services

commands = typer.Typer(rich_markup_mode=None)
_SHOWN = 16


@commands.command()
def seal(
    pending: Annotated[bool, typer.Option("--pending", help="Sign what waits for its signature.")] = False,
    renew: Annotated[bool, typer.Option("--renew", help="Renew time-stamps that end soon.")] = False,
    records: Annotated[
        bool, typer.Option("--records", help="List records and the keys that signed.")
    ] = False,
    key: Annotated[
        str, typer.Option(help="Only records signed with the certificate whose SHA-256 begins so.")
    ] = "",
) -> None:
    """Signing keys and what waits for its signature; --pending signs it, --renew renews time-stamps.

    --records lists records by key. Exit code 3 while a key has a problem, or copies wait on.
    """
    with services() as (reader, opened):
        if records or key:
            rows = map(_record_row, _of_key(sealed_records(reader, opened), key))
            print_table(_RECORD_HEAD, rows, unbroken=1)
            return
        if renew:
            _renew(reader, opened)
            return
        keys = opened.sealer.keys(opened.clock.now())
        print_table(_KEY_HEAD, map(_key_row, keys))
        if pending:
            done = complete_seals(reader, opened)
            for name, reason in done.waiting.items():
                err.print(f"{name}: {reason}", markup=False, soft_wrap=True)
            out.print(f"{len(done.sealed)} signed, {len(done.waiting)} wait")
            left = len(done.waiting)
        else:
            left = sum(1 for row in opened.records.records() if not row.signed and not row.withdrawn)
            out.print(f"{left} wait for their signature")
    if left or any(state.problem for state in keys):
        raise typer.Exit(ExitCode.UNAVAILABLE)


def _renew(reader: Reader, opened: Services) -> None:
    done = renew_seals(reader, opened, load_settings().seal.renew_within)
    for name, reason in done.waiting.items():
        err.print(f"{name}: {reason}", markup=False, soft_wrap=True)
    out.print(f"{len(done.sealed)} renewed, {len(done.waiting)} wait")
    if done.waiting:
        raise typer.Exit(ExitCode.UNAVAILABLE)


_KEY_HEAD = (Heading.AGENCY, Heading.SIGNER, Heading.CERTIFICATE, Heading.UNTIL, Heading.STATE)
_RECORD_HEAD = (Heading.RECORD, Heading.SIGNER, Heading.CERTIFICATE, Heading.LEVEL, Heading.WHEN)


def _key_row(state: KeyState) -> tuple[str, ...]:
    told = state.problem or state.warning or "ok"
    return state.agency, state.signer, state.certificate[:_SHOWN], f"{state.until:%Y-%m-%d}", told


def _of_key(found: Iterable[SealedRecord], key: str) -> Iterator[SealedRecord]:
    return (record for record in found if record.certificate.startswith(key.lower()))


def _record_row(record: SealedRecord) -> tuple[str, ...]:
    certificate = record.certificate[:_SHOWN] or "—"
    return record.record_id, record.signer or "—", certificate, record.level or "—", record.signing_time
