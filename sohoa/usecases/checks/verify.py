"""Verify: archive, manifests, ledger, inbox and index agree, byte by byte; every fault is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from sohoa.domain.archive.versions import is_manifest_path, record_prefix, sha256_hex
from sohoa.domain.search.entry import IndexEntry
from sohoa.ports import (
    AccessRequests,
    Accounts,
    ApiTokens,
    Clock,
    HoldingRegister,
    RecordRow,
    SearchIndex,
    Snapshots,
)
from sohoa.usecases.archive.services import ArchiveBucket, InboxBucket
from sohoa.usecases.archive.store import archived_ids
from sohoa.usecases.checks.faults import Fault, FaultKind, Faults
from sohoa.usecases.checks.figures_history import declaration_faults, snapshot_faults
from sohoa.usecases.checks.inbox_history import changed_bytes, history_faults
from sohoa.usecases.checks.one_record import RecordServices, check_record
from sohoa.usecases.checks.people_history import account_faults, broken_chains, request_faults, token_faults
from sohoa.usecases.checks.stored_record import missing_record

_ENTRIES_AT_ONCE = 100


class VerifyPolicy(ArchiveBucket, InboxBucket, Protocol):
    """The buckets, and about how many bytes of the inbox are hashed anew each time."""

    @property
    def verify_inbox_bytes(self) -> int: ...
    @property
    def reports(self) -> str: ...


class VerifyServices(RecordServices, Protocol):
    """The archive, and all that must agree with it."""

    @property
    def policy(self) -> VerifyPolicy: ...
    @property
    def index(self) -> SearchIndex: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def requests(self) -> AccessRequests: ...
    @property
    def tokens(self) -> ApiTokens: ...
    @property
    def declared(self) -> HoldingRegister: ...
    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """How many records were checked, and every fault."""

    checked: int
    faults: tuple[Fault, ...]


def verify(
    services: VerifyServices,
    record_ids: Sequence[str] = (),
    sample: int | None = None,
    progress: Callable[[], None] = lambda: None,
) -> VerifyReport:
    """Check the named records, a sample of that many, or everything (then the sets are compared, too).

    Unless records are named, keys must be their owner's alone and a share of the inbox is hashed anew.
    """
    rows = known_rows(services)
    faults = Faults(
        Fault(name, FaultKind.UNKNOWN_RECORD, "a record", "none") for name in record_ids if name not in rows
    )
    chosen = _chosen(services.clock, rows, record_ids, sample)
    check_records(services, chosen, faults, progress)
    if not record_ids:
        check_surroundings(services, faults)
    if record_ids or sample is not None:
        for row in chosen:
            faults += _stray_faults(services, rows, record_prefix(row.agency, row.record_id))
    else:
        check_sets(services, rows, faults)
    return VerifyReport(len(chosen), tuple(faults))


def known_rows(services: VerifyServices) -> Mapping[str, RecordRow]:
    """The ledger's row of every record, by id."""
    return {row.record_id: row for row in services.records.records()}


def check_records(
    services: VerifyServices, chosen: Sequence[RecordRow], faults: Faults, progress: Callable[[], None]
) -> None:
    """Every file of the records, what the ledger says of them, and their entries in the index."""
    entries = list[IndexEntry]()
    for row in chosen:
        entry = check_record(services, row, faults)
        entries += [entry] if entry else []
        if len(entries) == _ENTRIES_AT_ONCE or row is chosen[-1]:
            faults += _index_faults(services.index, entries)
            entries.clear()
        progress()


def check_surroundings(services: VerifyServices, faults: Faults) -> None:
    """Keys are their owner's alone, and a share of the inbox holds the bytes that were digitized."""
    faults += (
        Fault(key, FaultKind.EXPOSED_KEY, "open to its owner alone", "open to others")
        for key in services.sealer.exposed_keys()
    )
    faults.check("inbox", partial(changed_bytes, services, services.policy.verify_inbox_bytes))


def check_sets(services: VerifyServices, rows: Mapping[str, RecordRow], faults: Faults) -> None:
    """Nothing is there that belongs to no record, and what was done to objects and people is as told."""
    faults.check("inbox", partial(history_faults, services))
    faults.check("ledger", partial(broken_chains, services.events, rows))
    faults.check("figures", partial(declaration_faults, services))
    faults.check("figures", partial(snapshot_faults, services))
    faults.check("people", partial(account_faults, services.accounts, services.events))
    faults.check("people", partial(token_faults, services.tokens, services.events))
    faults.check("people", partial(request_faults, services.requests, services.events))
    faults += [fault for fault in _set_faults(services, rows) if fault not in faults]
    faults += _stray_faults(services, rows, "")


def _chosen(
    clock: Clock, rows: Mapping[str, RecordRow], record_ids: Sequence[str], sample: int | None
) -> list[RecordRow]:
    if record_ids:
        return [rows[name] for name in record_ids if name in rows]
    if sample is None or sample >= len(rows):
        return list(rows.values())
    week = clock.now().strftime("%G-%V")
    ranked = sorted(rows.values(), key=lambda row: sha256_hex(f"{week} {row.record_id}".encode()))
    return ranked[:sample]


def _index_faults(index: SearchIndex, entries: Sequence[IndexEntry]) -> Iterator[Fault]:
    """Values of the index are not told: the text that differs may be anybody's."""
    for name, part in index.differences(entries) if entries else ():
        if part == "entry":
            yield Fault(name, FaultKind.NOT_INDEXED, "in the search index", "missing: run `sohoa reindex`")
        else:
            yield Fault(
                name, FaultKind.INDEX_DIFFERS, f"{part} as in the archive", "other: run `sohoa reindex`"
            )


def _set_faults(services: VerifyServices, rows: Mapping[str, RecordRow]) -> Iterator[Fault]:
    """Folders that belong to no record, records without a folder, and entries of the index of no record."""
    seen = set[str]()
    for agency, name in archived_ids(services):
        row = rows.get(name) or services.records.record(name)
        if row is None or row.agency != agency:
            yield _extra_folder(services, agency, name)
        else:
            seen.add(name)
    yield from (missing_record(row) for name, row in rows.items() if name not in seen)
    searchable = {name for name, row in rows.items() if not row.withdrawn}
    for name in services.index.held_ids():
        if name not in searchable:
            yield Fault(name, FaultKind.EXTRA_IN_INDEX, "not in the search index", "found")


def _extra_folder(services: VerifyServices, agency: str, name: str) -> Fault:
    prefix = record_prefix(agency, name) if name else agency
    listed = services.store.list(services.policy.archive, prefix)
    if any(is_manifest_path(info.key.removeprefix(prefix)) for info in listed):
        return Fault(prefix, FaultKind.EXTRA_RECORD, "a record of the ledger", "none")
    return Fault(prefix, FaultKind.EXTRA, "a record of the ledger", "files without a manifest")


def _stray_faults(services: VerifyServices, rows: Mapping[str, RecordRow], prefix: str) -> Iterator[Fault]:
    """What is no file lies in no folder, but for one in which a document's first version is being written."""
    for stray in services.store.strays(services.policy.archive, prefix):
        name = stray.key.split("/")[1] if "/" in stray.key else ""
        held = None if name in rows else services.records.record(name)
        if held is None or held.version:
            yield Fault(stray.key, FaultKind.EXTRA, "files of records alone", stray.kind)
