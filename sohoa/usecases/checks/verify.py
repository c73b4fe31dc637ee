"""Verify: archive, manifests, ledger and index agree, byte by byte; every fault is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sohoa.domain.archive.event_chain import first_break
from sohoa.domain.archive.records import record_id as id_of
from sohoa.domain.archive.versions import (
    MANIFEST,
    FileEntry,
    Manifest,
    entry_for,
    record_prefix,
    sha256_hex,
    version_of,
)
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.folder_documents import original_sha256, originals
from sohoa.domain.protection.access import OPERATOR
from sohoa.ports import Clock, Event, EventLog, RecordRegister, RecordRow, Sealer, SearchIndex
from sohoa.usecases.archive.history import events_from
from sohoa.usecases.archive.services import Registered, StoredRecords
from sohoa.usecases.archive.store import archived_ids, load_record, newest_manifest


class VerifyServices(Registered, Protocol):
    """The archive, and all that must agree with it."""

    @property
    def events(self) -> EventLog: ...
    @property
    def index(self) -> SearchIndex: ...
    @property
    def sealer(self) -> Sealer: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference: where, of which kind, what was expected and what was found."""

    path: str
    kind: str
    expected: str = ""
    found: str = ""


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
    """Check the named records, a sample of that many, or everything (then the sets are compared, too)."""
    rows = {row.record_id: row for row in services.records.records()}
    faults = [Fault(name, "unknown_record", "a record", "none") for name in record_ids if name not in rows]
    chosen = _chosen(services.clock, rows, record_ids, sample)
    for row in chosen:
        faults += _record_faults(services, row)
        progress()
    if not record_ids and sample is None:
        faults += _set_faults(services, rows)
    return VerifyReport(len(chosen), tuple(faults))


def _chosen(
    clock: Clock, rows: dict[str, RecordRow], record_ids: Sequence[str], sample: int | None
) -> list[RecordRow]:
    if record_ids:
        return [rows[name] for name in record_ids if name in rows]
    if sample is None or sample >= len(rows):
        return list(rows.values())
    week = clock.now().strftime("%G-%V")
    ranked = sorted(rows.values(), key=lambda row: sha256_hex(f"{week} {row.record_id}".encode()))
    return ranked[:sample]


def _record_faults(services: VerifyServices, row: RecordRow) -> Iterator[Fault]:
    prefix = record_prefix(row.agency, row.record_id)
    try:
        newest = newest_manifest(services, row.agency, row.record_id)
    except Corrupt as error:
        yield Fault(prefix, "unreadable_manifest", row.manifest_sha256, str(error))
        return
    if newest is None:
        yield Fault(prefix, "missing_record", f"version {row.version}", "no manifest")
        return
    manifest, digest = newest
    if digest != row.manifest_sha256:
        yield Fault(f"{prefix}v{manifest.version}/{MANIFEST}", "changed", row.manifest_sha256, digest)
    yield from _identity_faults(services, row, manifest)
    yield from _file_faults(services, row, manifest)
    yield from _version_faults(services, prefix, manifest)
    yield from _seal_faults(services, prefix, manifest)
    yield from _chain_faults(services, row, prefix, manifest)


def _identity_faults(services: StoredRecords, row: RecordRow, manifest: Manifest) -> Iterator[Fault]:
    """The id is that of agency, bytes and part; the original is here, or where the part says it is."""
    part, holder = _part_and_holder(services, row, manifest)
    identity = id_of(row.agency, row.sha256, part)
    if row.record_id != identity:
        yield Fault(record_prefix(row.agency, row.record_id), "wrong_id", identity, row.record_id)
    files = manifest.files if holder == row.record_id else _files_of(services, row.agency, holder)
    if original_sha256(files) != row.sha256:
        place = record_prefix(row.agency, holder) + next(iter(originals(files)), "original")
        yield Fault(place, "swapped", row.sha256, "another original")


def _part_and_holder(services: StoredRecords, row: RecordRow, manifest: Manifest) -> tuple[str, str]:
    """What the record says of its part and of the record that holds the original.

    A ``record.json`` that cannot be read is a fault of its own, and says nothing.
    """
    try:
        record = load_record(services, row.agency, manifest)
        return record["part"], record.get("original_at") or row.record_id
    except (Corrupt, ValueError, KeyError):
        return "", row.record_id


def _files_of(services: StoredRecords, agency: str, record_id: str) -> Mapping[str, FileEntry]:
    try:
        newest = newest_manifest(services, agency, record_id)
    except Corrupt:
        return {}
    return newest[0].files if newest else {}


def _file_faults(services: StoredRecords, row: RecordRow, manifest: Manifest) -> Iterator[Fault]:
    prefix = record_prefix(row.agency, row.record_id)
    missing = dict(manifest.files)
    for info in services.store.list(services.policy.archive, prefix):
        path = info.key.removeprefix(prefix)
        if path.endswith(f"/{MANIFEST}") and 1 <= version_of(path) <= manifest.version:
            continue
        wanted = missing.pop(path, None)
        if wanted is None:
            yield Fault(info.key, "extra", "no such file", f"{info.size_bytes} bytes")
            continue
        found = entry_for(services.store.get(services.policy.archive, info.key))
        if found != wanted:
            yield Fault(info.key, "changed", wanted.sha256, found.sha256)
    for path, wanted in missing.items():
        yield Fault(prefix + path, "missing", wanted.sha256, "no such file")


def _version_faults(services: StoredRecords, prefix: str, newest: Manifest) -> Iterator[Fault]:
    """Each manifest names the hash of the one before, and lists what that one listed, unchanged."""
    later = newest
    for version in range(newest.version - 1, 0, -1):
        place, expected = f"{prefix}v{version}/{MANIFEST}", later.previous_sha256
        if services.store.stat(services.policy.archive, place) is None:
            yield Fault(place, "missing", expected, "no such file")
            return
        data = services.store.get(services.policy.archive, place)
        if sha256_hex(data) != expected:
            yield Fault(place, "changed", expected, sha256_hex(data))
            return
        earlier = Manifest.from_bytes(data)
        lost = [path for path, entry in earlier.files.items() if later.files.get(path) != entry]
        for path in lost:
            yield Fault(f"{prefix}v{later.version}/{MANIFEST}", "changed", f"{path} as before", "other")
        later = earlier


def _seal_faults(services: VerifyServices, prefix: str, manifest: Manifest) -> Iterator[Fault]:
    path = max((p for p in manifest.files if p.endswith("/archive.pdf")), key=version_of, default="")
    if not path:
        yield Fault(prefix, "missing", "archive.pdf", "not in the manifest")
    elif services.store.stat(services.policy.archive, prefix + path) is not None:
        check = services.sealer.check(services.store.get(services.policy.archive, prefix + path))
        if not check.valid:
            yield Fault(prefix + path, "signature", "a valid signature of ours", check.problem)


def _chain_faults(
    services: VerifyServices, row: RecordRow, prefix: str, manifest: Manifest
) -> Iterator[Fault]:
    ledger = services.events.events(row.record_id)
    broken = first_break(ledger)
    if broken is not None:
        yield Fault(row.record_id, "event_chain", "an unbroken chain in the ledger", f"broken at {broken}")
    for path in sorted(p for p in manifest.files if p.endswith("/events.jsonl")):
        if services.store.stat(services.policy.archive, prefix + path) is not None:
            yield from _stored_chain_faults(services, prefix + path, ledger)


def _stored_chain_faults(services: StoredRecords, place: str, ledger: Sequence[Event]) -> Iterator[Fault]:
    """The history of each version begins the ledger's, so that the versions' continue each other."""
    try:
        stored = events_from(services.store.get(services.policy.archive, place))
    except Corrupt:
        yield Fault(place, "event_chain", "readable events", "unreadable")
        return
    if first_break(stored) is not None:
        yield Fault(place, "event_chain", "an unbroken chain", "broken")
    elif [event.hash for event in stored] != [event.hash for event in ledger[: len(stored)]]:
        yield Fault(place, "event_chain", "the ledger's events", "other events")


def _set_faults(services: VerifyServices, rows: dict[str, RecordRow]) -> Iterator[Fault]:
    """Records that only one of archive, ledger and index knows."""
    for agency, name in archived_ids(services):
        row = rows.get(name)
        if (row is None or row.agency != agency) and newest_manifest(services, agency, name) is not None:
            yield Fault(f"{agency}/{name}/", "extra_record", "a record of the ledger", "none")
        elif row is None and not _in_progress(services.records, name):
            yield Fault(f"{agency}/{name}/", "extra", "a record of the ledger", "files without a manifest")
    searchable = {name for name, row in rows.items() if not row.withdrawn}
    indexed = set(services.index.ids(OPERATOR))
    for name in sorted(searchable - indexed):
        yield Fault(name, "not_indexed", "in the search index", "missing: run `sohoa reindex`")
    for name in sorted(indexed - searchable):
        yield Fault(name, "extra_in_index", "not in the search index", "found")


def _in_progress(records: RecordRegister, record_id: str) -> bool:
    """Whether the ledger holds the record for an object that is still to be finished."""
    return records.record(record_id) is not None
