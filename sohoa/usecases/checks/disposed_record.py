"""A record that was disposed of: its files are gone, and the trace that stays is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sohoa.domain.archive.disposal import DISPOSED, TOMBSTONE, stays, tombstone
from sohoa.domain.archive.versions import sha256_hex
from sohoa.ports import Event
from sohoa.usecases.archive.services import StoredRecords
from sohoa.usecases.checks.faults import Fault, FaultKind, Faults
from sohoa.usecases.checks.record_files import chain_faults, version_faults
from sohoa.usecases.checks.stored_record import StoredRecord


def disposed_faults(
    services: StoredRecords, stored: StoredRecord, ledger: Sequence[Event], event: Event, found: Faults
) -> Iterator[Fault]:
    """What is wrong with the trace; of ``found``, what is missing because it is meant to be is left out."""
    yield from (fault for fault in found if not _is_meant(stored, fault))
    if stored.manifest is not None:
        yield from version_faults(services, stored, stored.manifest)
    yield from chain_faults(ledger, stored)
    wanted = f"{DISPOSED}{event.details['reason']}"
    if stored.row.withdrawn != wanted:
        yield Fault(stored.prefix, FaultKind.WITHDRAWAL, wanted, stored.row.withdrawn or "not withdrawn")
    yield from _file_faults(services, stored, event)


def _file_faults(services: StoredRecords, stored: StoredRecord, event: Event) -> Iterator[Fault]:
    bucket, place, seen = services.policy.archive, stored.prefix + TOMBSTONE, False
    for info in services.store.list(bucket, stored.prefix):
        if info.key == place:
            seen, data = True, services.store.get(bucket, place)
            if data != tombstone(event):
                yield Fault(place, FaultKind.CHANGED, sha256_hex(tombstone(event)), sha256_hex(data))
        elif not stays(_inside(stored, info.key)):
            yield Fault(info.key, FaultKind.EXTRA, "disposed of", f"{info.size_bytes} bytes")
    if not seen:
        yield Fault(place, FaultKind.MISSING, sha256_hex(tombstone(event)), "no such file")


def _is_meant(stored: StoredRecord, fault: Fault) -> bool:
    """Files that the manifest lists are gone, and the tombstone, which none lists, is there."""
    path = _inside(stored, fault.path)
    gone = fault.kind is FaultKind.MISSING and not stays(path)
    return gone or (fault.kind is FaultKind.EXTRA and path == TOMBSTONE)


def _inside(stored: StoredRecord, path: str) -> str:
    return path.removeprefix(stored.prefix)
