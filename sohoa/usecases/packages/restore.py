"""Put a record that came back into archive, inbox and ledger; killed anywhere, a repeat ends it.

The record's files come first, then what it was made of into the inbox, which is claimed, so that no night
reads it meanwhile, and at last the manifests, the oldest first. What waits in the inbox already is claimed
before anything is written. From there it is the way of every scan: a record that is in the archive is brought
in line, and its object settled.
"""

from __future__ import annotations

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.disposal import TOMBSTONE
from sohoa.domain.archive.record_document import superseded_by
from sohoa.domain.archive.versions import manifest_path, record_prefix, sha256_hex
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.folder_documents import folder_of
from sohoa.domain.inbox.states import ObjectInfo, State
from sohoa.domain.packages.received import Flaw, PackageRefused
from sohoa.domain.protection.access import Reader
from sohoa.ports import RecordRow
from sohoa.usecases.archive.line_up import line_up
from sohoa.usecases.archive.standing import settle_object
from sohoa.usecases.archive.store import Loaded, load, loaded
from sohoa.usecases.digests import file_sha256
from sohoa.usecases.packages.imported import ImportServices
from sohoa.usecases.packages.restored_record import Restored
from sohoa.usecases.pipeline.attempts import work_on_object
from sohoa.usecases.pipeline.folder_document import work_on_folder


def put_back(reader: Reader, services: ImportServices, found: Restored, package: str) -> bool:
    """Write the record's files; False where they were all here. Raises ``PackageRefused``."""
    row = found.row
    if services.store.stat(services.policy.archive, _place(row, TOMBSTONE)) is not None:
        raise PackageRefused(Flaw.DISPOSED, row.record_id)
    known = load(services, row.agency, row.record_id)
    if known is not None and known.manifest_sha256 == row.manifest_sha256:
        return False
    if known is not None and not _is_begun(services, found, known):
        raise PackageRefused(Flaw.VERSION, row.record_id, f"{known.manifest.version}, {row.version}")
    _check_not_held(services, found)
    details, now = {"package": package, "record": row.record_id}, services.clock.now()
    services.events.append(f"packages:{row.agency}", reader.actor, Action.IMPORTED, details, now)
    if not found.inbox:  # a part: its file is that of the whole, which is there
        _write(services, found, *found.files, *found.manifests)
        return True
    waits = services.store.stat(services.policy.inbox, row.holder_key) is not None
    if not waits:
        _write(services, found, *found.files)
    carrier = _into_inbox(services, found)
    if not services.states.claim(carrier.key, carrier.etag, services.owner):
        raise PackageRefused(Flaw.BUSY, row.record_id)
    try:
        if services.records.hold(row.record_id, row.agency, row.sha256, row.holder_key) != row.holder_key:
            raise PackageRefused(Flaw.HELD, row.record_id)
        _write(services, found, *(found.files if waits else ()), *found.manifests)
    finally:
        services.states.release(carrier.key, carrier.etag, services.owner)
    return True


def _is_begun(services: ImportServices, found: Restored, known: Loaded) -> bool:
    """Whether what is here are the first versions of the bag's, by an import that was killed between them."""
    path, row = manifest_path(known.manifest.version), services.records.record(found.row.record_id)
    if path not in found.manifests or (row is not None and row.version >= 1):
        return False
    data = found.store.get(services.policy.archive, _place(found.row, path))
    return sha256_hex(data) == known.manifest_sha256


def _check_not_held(services: ImportServices, found: Restored) -> None:
    """No other object of the agency is that paper, archived or waiting; of no agency is it under secrecy."""
    row, keys = found.row, {key for key, _ in found.inbox}
    waits = (State.PENDING, State.FAILED)
    for item in services.states.find(row.sha256):
        other = found.inbox and item.agency == row.agency and item.key not in keys
        if item.state is State.QUARANTINED or other:
            raise PackageRefused(Flaw.HELD, row.record_id)
    for key, content in found.inbox:
        here = services.store.stat(services.policy.inbox, key)
        if here is not None and _digest(services, services.policy.inbox, key) != _wanted(
            services, found, content
        ):
            raise PackageRefused(Flaw.HELD, row.record_id)
        rows = [item for item in services.states.find(key) if item.key == key and not item.replaced]
        if any(item.state not in waits for item in rows if key == row.holder_key):
            raise PackageRefused(Flaw.HELD, row.record_id)


def _digest(services: ImportServices, bucket: str, key: str) -> str:
    with services.store.fetch(bucket, key) as path:
        return file_sha256(path)


def _wanted(services: ImportServices, found: Restored, content: str | bytes) -> str:
    if isinstance(content, bytes):
        return sha256_hex(content)
    with found.store.fetch(services.policy.archive, _place(found.row, content)) as path:
        return file_sha256(path)


def _place(row: RecordRow, path: str) -> str:
    return record_prefix(row.agency, row.record_id) + path


def _into_inbox(services: ImportServices, found: Restored) -> ObjectInfo:
    """Put what the record was made of under its keys; returns the object that carries the state."""
    put = list[ObjectInfo]()
    for key, content in found.inbox:
        if isinstance(content, bytes):
            put.append(services.store.put(services.policy.inbox, key, content))
            continue
        with found.store.fetch(services.policy.archive, _place(found.row, content)) as path:
            put.append(services.store.put(services.policy.inbox, key, path))
    services.states.observe(put)
    return put[-1]


def _write(services: ImportServices, found: Restored, *paths: str) -> None:
    """The files as they came, in that order; debris of an interrupted attempt is replaced."""
    bucket = services.policy.archive
    for path in paths:
        with found.store.fetch(bucket, _place(found.row, path)) as file:
            services.store.put(bucket, _place(found.row, path), file, replace=True)


def stand(reader: Reader, services: ImportServices, row: RecordRow, package: str) -> None:
    """Bring ledger, index, queue and inbox in line with a record whose files are here.

    Raises ``PackageRefused`` where parts that stand for it, or the whole that it is a part of, are missing.
    """
    newest = loaded(services, row.agency, row.record_id)
    lacking = [name for name in superseded_by(newest.record) if load(services, row.agency, name) is None]
    if lacking:
        raise PackageRefused(Flaw.PARTS, row.record_id, ", ".join(lacking))
    known = services.records.record(row.record_id)
    if not newest.record["part"]:
        _work(reader, services, row)
    elif known is None or known.version < 1:
        try:
            line_up(services, newest)
        except Corrupt as error:
            raise PackageRefused(Flaw.PARTS, row.record_id) from error
        settle_object(services, row)
    after = services.records.record(row.record_id)
    if after is None or after.manifest_sha256 != row.manifest_sha256:
        raise PackageRefused(Flaw.HELD, row.record_id)
    if known is None or known.version < 1:
        details = {"package": package, "manifest_sha256": row.manifest_sha256}
        services.events.append(row.record_id, reader.actor, Action.IMPORTED, details, services.clock.now())


def _work(reader: Reader, services: ImportServices, row: RecordRow) -> None:
    """Take up the inbox object as a night does, where it waits."""
    folder = folder_of(row.holder_key)
    if folder:
        work_on_folder(reader, services, folder)
        return
    info = services.store.stat(services.policy.inbox, row.holder_key)
    if info is not None:
        work_on_object(reader, services, row.holder_key, info.etag)
