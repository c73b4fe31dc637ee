"""Search, show and where: the questions people ask of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sohoa.domain.archive.object_keys import key_of_name
from sohoa.domain.archive.record import Record
from sohoa.domain.errors import NotFound
from sohoa.domain.inbox.folder_documents import folder_of
from sohoa.domain.inbox.keys import file_name
from sohoa.domain.inbox.states import InboxObject, ObjectInfo
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked
from sohoa.domain.protection.rights import Right
from sohoa.domain.search.query import Query
from sohoa.ports import DocumentStates, Event, RecordRow, SearchResult
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.verdicts import verdicts_on
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.checks.reconcile import BalanceServices, InboxServices, pairs
from sohoa.usecases.digests import file_sha256
from sohoa.usecases.search.personal import masked_event, masked_record, note_shown, unmasked
from sohoa.usecases.search.services import SearchServices


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with everything known of it; ``events`` hold the verdicts on its batches, too."""

    row: RecordRow
    record: Record
    files: tuple[str, ...]
    states: tuple[InboxObject, ...]
    events: tuple[Event, ...]
    same_number: tuple[str, ...]
    file_codes: tuple[str, ...]


def search(
    reader: Reader,
    services: SearchServices,
    query: Query,
    size: int = 10,
    page: str = "",
    personal: bool = False,
) -> SearchResult:
    """Hits that the reader may see, personal data masked.

    ``personal`` shows it, to an archivist by name only, and notes it on each record that holds any.
    """
    if personal:
        reader.decides(Right.PERSONAL)
    found = services.index.search(query, reader.access, size=size, page=page)
    return (
        replace(found, hits=tuple(unmasked(reader, services, query, hit) for hit in found.hits))
        if personal
        else found
    )


def show(reader: Reader, services: SearchServices, record_id: str, personal: bool = False) -> Shown:
    """Fields, versions, states, events and files of a record; raises ``NotFound`` for an unknown id.

    Personal data is masked; ``personal`` shows it, to an archivist by name only, and notes it on the record.
    """
    if personal:
        reader.decides(Right.PERSONAL)
    row, newest = visible(reader, services, record_id)
    record = newest.record
    if personal:
        note_shown(reader, services, record_id, "show")
    own = services.events.events(record_id)
    events = sorted([*own, *verdicts_on(services.events, row)], key=lambda event: event.at)
    return Shown(
        row if personal else replace(row, withdrawn=masked(row.withdrawn, services.codes)),
        record if personal else masked_record(record, services.codes),
        tuple(sorted(newest.manifest.files)),
        tuple(_objects_of(services.states, row)),
        tuple(events if personal else (masked_event(event, services.codes) for event in events)),
        tuple(seen(reader, services, services.records.same_number(row))),
        tuple(member.code for member in services.dossiers.of_record(record_id)),
    )


def seen(reader: Reader, services: Registered, record_ids: Iterable[str]) -> Iterator[str]:
    """Those of the records that are for this reader."""
    for record_id in record_ids:
        with suppress(NotFound):
            visible(reader, services, record_id)
            yield record_id


def where(reader: Reader, services: BalanceServices, text: str) -> Sequence[InboxObject]:
    """The inbox objects meant by a key, a SHA-256, a record id or a local file; newest state of each.

    A folder document is meant by its folder, too, also a local one, and shown with all its objects. A local
    file is found by its bytes, and, while it was not hashed yet, by its name and size. What is not of the
    reader's agencies is not there.
    """
    return [row for row in _meant_by(services, text) if reader.access.covers(row.agency)]


def listed(reader: Reader, services: InboxServices) -> Iterator[InboxObject]:
    """The objects in the inbox of the reader's agencies; those that no night has seen yet are pending."""
    for info, row in pairs(services):
        if info is not None:
            found = row or InboxObject(info.key, info.etag, info.size_bytes)
            if reader.access.covers(found.agency):
                yield found


def _meant_by(services: BalanceServices, text: str) -> Sequence[InboxObject]:
    key = key_of_name(text)
    folder = key.rstrip("/")
    found = services.states.find(key)
    if not found and folder_of(f"{folder}/") == folder and _is_key(folder):
        found = list(services.states.objects(prefix=f"{folder}/"))
    if found:
        return found
    row = services.records.record(key)
    if row is not None:
        return _objects_of(services.states, row)
    listed = services.store.stat(services.policy.inbox, key) if _is_key(key) else None
    if listed is not None:
        return [InboxObject(listed.key, listed.etag, listed.size_bytes)]
    path = Path(text)
    if path.is_dir():
        return _folders_like(services.states, path)
    if not path.is_file():
        return []
    by_bytes = services.states.find(file_sha256(path))
    return by_bytes or _pending_like(services, path)


def _objects_of(states: DocumentStates, row: RecordRow) -> Sequence[InboxObject]:
    """The objects of a record; those of a part or of a record that was split are found by its holder."""
    found = states.find(row.record_id)
    return found or [item for item in states.find(row.holder_key) if item.sha256 == row.sha256]


def _folders_like(states: DocumentStates, path: Path) -> list[InboxObject]:
    """All objects of the folder documents of that name that hold a file of the local folder."""
    found = (states.find(file_sha256(file)) for file in sorted(path.iterdir()) if file.is_file())
    folders = {folder_of(row.key) for rows in found for row in rows}
    alike = sorted(folder for folder in folders if file_name(folder) == key_of_name(path.resolve().name))
    return [row for folder in alike for row in states.objects(prefix=f"{folder}/")]


def _is_key(text: str) -> bool:
    parts = text.split("/")
    return len(parts) > 1 and all(part not in ("", ".", "..") for part in parts)


def _pending_like(services: InboxServices, path: Path) -> list[InboxObject]:
    size, name = path.stat().st_size, key_of_name(path.name)
    listing = services.store.list(services.policy.inbox)
    alike = (info for info in listing if info.size_bytes == size and file_name(info.key) == name)
    return [_row_of(services.states, info) for info in alike]


def _row_of(states: DocumentStates, info: ObjectInfo) -> InboxObject:
    rows = (row for row in states.find(info.key) if row.etag == info.etag)
    return next(rows, InboxObject(info.key, info.etag, info.size_bytes))
