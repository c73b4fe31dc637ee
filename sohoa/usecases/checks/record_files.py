"""Whether a record's own files tell one story: id, original, versions, signed copy and histories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import first_break
from sohoa.domain.archive.record import Record, SealJson, is_sealed
from sohoa.domain.archive.records import record_id as id_of
from sohoa.domain.archive.versions import FileEntry, Manifest, manifest_path, record_prefix, sha256_hex
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.folder_documents import original_sha256, originals
from sohoa.ports import Event, SealCheck, Sealer
from sohoa.usecases.archive.history import events_from
from sohoa.usecases.archive.services import StoredRecords
from sohoa.usecases.archive.store import newest_manifest
from sohoa.usecases.checks.faults import Fault, FaultKind
from sohoa.usecases.checks.stored_record import (
    COPY,
    EACH_VERSION,
    FIRST_VERSION,
    StoredRecord,
    misnamed,
)

_OF_COPIES = (Action.SEALED, Action.UNSEALED, Action.RENEWED)


def identity_faults(
    services: StoredRecords, stored: StoredRecord, manifest: Manifest, record: Record | None
) -> Iterator[Fault]:
    """The id is that of agency, bytes and part; the original is here, or where the part says it is.

    A ``record.json`` that cannot be read, which is a fault of its own, says nothing.
    """
    row = stored.row
    part, elsewhere = (record["part"], record.get("original_at")) if record else ("", None)
    identity, holder = id_of(row.agency, row.sha256, part), elsewhere or row.record_id
    if row.record_id != identity:
        yield Fault(stored.prefix, FaultKind.WRONG_ID, identity, row.record_id)
    files = manifest.files if holder == row.record_id else _files_of(services, row.agency, holder)
    if original_sha256(files) != row.sha256:
        place = record_prefix(row.agency, holder) + next(iter(originals(files)), "original")
        yield Fault(place, FaultKind.SWAPPED, row.sha256, "another original")


def _files_of(services: StoredRecords, agency: str, record_id: str) -> Mapping[str, FileEntry]:
    try:
        newest = newest_manifest(services, agency, record_id)
    except Corrupt:
        return {}
    return newest[0].files if newest else {}


def version_faults(services: StoredRecords, stored: StoredRecord, newest: Manifest) -> Iterator[Fault]:
    """Each manifest names the hash of the one before, and lists what that one listed, unchanged."""
    bucket, later = services.policy.archive, newest
    yield from _left_out(stored, newest, newest.version)
    for version in range(newest.version - 1, 0, -1):
        place, expected = stored.prefix + manifest_path(version), later.previous_sha256
        if services.store.stat(bucket, place) is None:
            yield Fault(place, FaultKind.MISSING, expected, "no such file")
            return
        data = services.store.get(bucket, place)
        if sha256_hex(data) != expected:
            yield Fault(place, FaultKind.CHANGED, expected, sha256_hex(data))
            return
        earlier = Manifest.from_bytes(data)
        yield from misnamed(earlier, stored.row.record_id, version, place)
        yield from _left_out(stored, earlier, version)
        lost = [path for path, entry in earlier.files.items() if later.files.get(path) != entry]
        for path in lost:
            yield Fault(
                stored.prefix + manifest_path(version + 1), FaultKind.CHANGED, f"{path} as before", "other"
            )
        later = earlier
    if later.previous_sha256:
        yield Fault(stored.prefix + manifest_path(1), FaultKind.WRONG_MANIFEST, "no version before", "one")


def _left_out(stored: StoredRecord, manifest: Manifest, version: int) -> Iterator[Fault]:
    """Files without which no version is written."""
    for name in FIRST_VERSION if version == 1 else EACH_VERSION:
        path = f"v{version}/{name}"
        if path not in manifest.files:
            yield Fault(stored.prefix + path, FaultKind.MISSING, "listed in the manifest", "not listed")


def copy_faults(sealer: Sealer, stored: StoredRecord, record: Record | None) -> Iterator[Fault]:
    """The newest signed copy is validly signed, as the record says, and is the copy of its original.

    One that waits for its signature, as the record says, bears none.
    """
    path = stored.newest(COPY)
    if path not in stored.intact:
        return
    waits = record is not None and not is_sealed(record)
    check = sealer.unsigned(stored.intact[path]) if waits else sealer.check(stored.intact[path])
    if not check.valid:
        expected = "no signature yet" if waits else "a valid signature of ours"
        yield Fault(stored.prefix + path, FaultKind.SIGNATURE, expected, check.problem)
        return
    if record is not None and not waits:
        yield from _seal_faults(stored.prefix + path, record["seal"], check)
    wanted = f"{stored.row.record_id} of sha256:{stored.row.sha256}"
    found = f"{check.record_id} of sha256:{check.original_sha256}"
    if found != wanted:
        yield Fault(stored.prefix + path, FaultKind.WRONG_COPY, wanted, found)


def _seal_faults(place: str, said: SealJson, check: SealCheck) -> Iterator[Fault]:
    """Who signed, with which certificate, at which level and when; the first version noted the name alone."""
    told, at = {"signer": (said["signer"], check.signer)}, check.signing_time
    if "certificate" in said:
        signed_at = datetime.fromisoformat(said["signing_time"])
        told["certificate"] = (said["certificate"], check.certificate)
        told["level"] = (said.get("level", ""), check.level)
        told["signed at"] = (signed_at.isoformat(), at.astimezone(signed_at.tzinfo).isoformat() if at else "")
    for name, (expected, found) in told.items():
        if expected != found:
            yield Fault(place, FaultKind.SIGNATURE, f"{name}: {expected}", f"{name}: {found}")


def seal_event_faults(ledger: Sequence[Event], stored: StoredRecord, manifest: Manifest) -> Iterator[Fault]:
    """The newest copy is the one of which the history says that it was signed, or that it waits."""
    told = [event.details.get("sha256") for event in ledger if event.action in _OF_COPIES]
    path = stored.newest(COPY)
    if told and path and told[-1] != manifest.files[path].sha256:
        yield Fault(
            stored.prefix + path, FaultKind.WRONG_COPY, f"sha256:{told[-1]}", manifest.files[path].sha256
        )


def chain_faults(ledger: Sequence[Event], stored: StoredRecord) -> Iterator[Fault]:
    """The history of each version begins the ledger's, so that the versions' continue each other."""
    broken = first_break(ledger)
    if broken is not None:
        name = stored.row.record_id
        yield Fault(name, FaultKind.EVENT_CHAIN, "an unbroken chain in the ledger", f"broken at {broken}")
    for path, data in stored.histories():
        place = stored.prefix + path
        try:
            events = events_from(data)
        except Corrupt as error:
            yield Fault(place, FaultKind.EVENT_CHAIN, "readable events", str(error))
            continue
        if not events or first_break(events) is not None:
            yield Fault(place, FaultKind.EVENT_CHAIN, "an unbroken chain", "broken")
        elif [event.hash for event in events] != [event.hash for event in ledger[: len(events)]]:
            yield Fault(place, FaultKind.EVENT_CHAIN, "the ledger's events", "other events")
