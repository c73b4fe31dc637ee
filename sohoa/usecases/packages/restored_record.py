"""A record that comes back in a bag of ours: is it one, is it whole, did a key that is trusted sign it?"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import Record, is_sealed, read_record
from sohoa.domain.archive.records import record_id as id_of
from sohoa.domain.archive.stored_pages import stored_pages
from sohoa.domain.archive.versions import Manifest, is_manifest_path, manifest_path, sha256_hex, version_of
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME, folder_of, natural_order
from sohoa.domain.inbox.keys import agency_of, file_name
from sohoa.domain.packages.received import Flaw, PackageRefused, check_path
from sohoa.domain.protection.access import CONDITIONAL, PUBLIC, Reader
from sohoa.domain.protection.secrecy import screen
from sohoa.ports import Event, ObjectStore, ReceivedPackage, RecordRow
from sohoa.usecases.archive.history import events_from
from sohoa.usecases.archive.line_up import row_of
from sohoa.usecases.archive.services import ArchiveBucket
from sohoa.usecases.archive.store import newest_manifest, record_path
from sohoa.usecases.checks.faults import Faults
from sohoa.usecases.checks.record_files import chain_faults, copy_faults, identity_faults, version_faults
from sohoa.usecases.checks.stored_record import StoredRecord, look_at
from sohoa.usecases.packages.imported import ImportServices

_ID = re.compile("[a-z2-7]{26}")
_WORDS = "v1/text/words.json"
_OF_THIS_HOUSE = (Action.DISPOSED, Action.DISPOSAL_PROPOSED)
"""What two persons decide here. ``imported`` is none: a record that came in and was then changed tells it."""
_SENSELESS = (Corrupt, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Received:
    """The record's files as an archive that holds nothing else."""

    store: ObjectStore
    policy: ArchiveBucket


@dataclass(frozen=True, slots=True)
class Restored:
    """A record that may be taken: its row, its files by path in a store of their own, what the inbox held.

    ``manifests`` are the paths that are written last, in that order. ``inbox`` is what the record was made
    of, by key: the file of a record, or bytes; the object that carries the state comes last.
    """

    row: RecordRow
    record: Record
    store: ObjectStore
    files: tuple[str, ...]
    manifests: tuple[str, ...]
    inbox: tuple[tuple[str, str | bytes], ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is the record of a whole file, no part of one."""
        return not self.record["part"]


def is_record(package: ReceivedPackage) -> bool:
    """Whether a bag says that it holds a record of ours."""
    return package.description is None and manifest_path(1) in package.files


def restored(reader: Reader, services: ImportServices, package: ReceivedPackage) -> Restored:
    """The record of the bag, checked as ``verify`` checks those of the archive; raises ``PackageRefused``.

    Its signed copy must be signed by a key that is trusted here, and its text bear no secrecy mark.
    """
    versions = sorted((path for path in package.files if is_manifest_path(path)), key=version_of)
    record, row = _told(package.payload, versions[-1])
    if not services.agencies.knows(row.agency) or not reader.access.covers(row.agency):
        raise PackageRefused(Flaw.AGENCY, versions[-1], row.agency)
    if row.record_id != id_of(row.agency, row.sha256, record["part"]) or not _ID.fullmatch(row.record_id):
        raise PackageRefused(Flaw.RECORD, versions[-1], "wrong_id")
    if not is_sealed(record):
        raise PackageRefused(Flaw.UNSIGNED, row.record_id)
    if record["mode"] not in (PUBLIC, CONDITIONAL):
        raise PackageRefused(Flaw.CLASSIFIED, row.record_id)
    if record.get("released"):
        raise PackageRefused(Flaw.RELEASED, row.record_id)
    whole = record.get("original_at") or row.record_id
    if whole != row.record_id and newest_manifest(services, row.agency, whole) is None:
        raise PackageRefused(Flaw.PARTS, row.record_id, whole)
    try:
        inbox = () if record["part"] else _inbox(record, row)
    except _SENSELESS as error:
        raise PackageRefused(Flaw.RECORD, versions[-1], type(error).__name__) from error
    store = package.stored(services.policy.archive, f"{row.agency}/{row.record_id}")
    _check(services, store, row, record)
    files = tuple(sorted(set(package.files) - set(versions)))
    return Restored(row, record, store, files, tuple(versions), inbox)


def _told(payload: Path, manifest: str) -> tuple[Record, RecordRow]:
    """What ``record.json`` says, and the row of the ledger that follows from it."""
    try:
        data = (payload / manifest).read_bytes()
        newest = Manifest.from_bytes(data)
        path = record_path(newest)
        check_path(path)
        record = read_record((payload / path).read_bytes())
        return record, row_of(record, newest.version, sha256_hex(data))
    except (*_SENSELESS, OSError) as error:
        raise PackageRefused(Flaw.RECORD, manifest, type(error).__name__) from error


def _check(services: ImportServices, store: ObjectStore, row: RecordRow, record: Record) -> None:
    """Raise ``PackageRefused`` with the first thing that is wrong with the record's own files."""
    faults, place = Faults(), f"{row.agency}/{row.record_id}"
    received = _Received(store, services.policy)
    stored = faults.made(place, partial(look_at, received, row, faults))
    if stored is not None and stored.manifest is not None and not faults:
        manifest = stored.manifest
        faults.check(place, partial(identity_faults, services, stored, manifest, record))
        faults.check(place, partial(version_faults, received, stored, manifest))
        faults.check(place, partial(copy_faults, services.sealer, stored, record))
        events = faults.made(place, partial(_newest_events, stored))
        faults.check(place, partial(chain_faults, events or (), stored))
        if any(event.action in _OF_THIS_HOUSE for event in events or ()):
            raise PackageRefused(Flaw.RECORD, row.record_id, "disposal")
        hit = faults.made(place, partial(_mark, services, stored, store, record, row))
        if hit:
            raise PackageRefused(Flaw.CLASSIFIED, row.record_id, hit)
    for fault in faults:
        raise PackageRefused(Flaw.RECORD, fault.path.removeprefix(f"{place}/"), fault.kind.value)


def _newest_events(stored: StoredRecord) -> Sequence[Event]:
    return events_from(stored.intact[stored.newest("events.jsonl")])


def _mark(
    services: ImportServices, stored: StoredRecord, store: ObjectStore, record: Record, row: RecordRow
) -> str:
    """The secrecy mark that the stored words bear by the rules in force here; empty for none."""
    words = json.loads(store.get(services.policy.archive, stored.prefix + _WORDS))
    hit = screen(stored_pages(words, record["pages"]), services.marks, key=row.holder_key)
    return hit.reason if hit else ""


def _inbox(record: Record, row: RecordRow) -> tuple[tuple[str, str | bytes], ...]:
    """What the inbox held, by key; the order of a folder's pages is told by a list where names do not."""
    key, source = row.holder_key, record["source"]
    check_path(key)
    if agency_of(key) != row.agency:
        raise ValueError("another agency's key")
    pages = source.get("files", ())
    if not pages:
        return ((key, record["original"]),)
    folder, names = folder_of(key), [page["name"] for page in pages]
    listed = "file,ordinal\n" + "".join(f'"{name}",{n}\n' for n, name in enumerate(names, 1))
    marker = listed.encode() if file_name(key) == MANIFEST_NAME else b""
    if not folder or (not marker and names != sorted(names, key=natural_order)) or '"' in "".join(names):
        raise ValueError("an order of pages that cannot be told")
    found: tuple[tuple[str, str | bytes], ...] = (
        *((f"{folder}/{page['name']}", page["original"]) for page in pages),
        (key, marker),
    )
    for path, _ in found:
        check_path(path)
    return found
