"""Disposal: proposed by one person, confirmed by another, of records whose term of preservation is over.

What is left is the trace: manifests, histories, a tombstone, and the ledger's row. A confirmation that was
interrupted is made good by the same command again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.disposal import (
    DISPOSED,
    TOMBSTONE,
    disposed_by,
    proposed_by,
    stays,
    told_by,
    tombstone,
    tombstone_of,
)
from sohoa.domain.archive.record_document import superseded_by
from sohoa.domain.archive.versions import record_prefix
from sohoa.domain.dossiers.retention import expires_on
from sohoa.domain.errors import Conflict, Corrupt, InvalidRequest, NotAllowed
from sohoa.domain.inbox.folder_documents import folder_of, is_marker
from sohoa.domain.inbox.states import IN_ARCHIVE, InboxObject, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import Event, NewEvent, RecordRow
from sohoa.usecases.archive.history import events_from
from sohoa.usecases.archive.holds import subjects_of
from sohoa.usecases.archive.services import ArchiveBucket, InboxBucket, VersionServices
from sohoa.usecases.archive.standing import holder_of, settle_object
from sohoa.usecases.archive.store import events_path, newest_manifest, read_file
from sohoa.usecases.archive.versions import Current, check_no_hold, claimed, current, unknown
from sohoa.usecases.dossiers.lists import list_dossiers


class Buckets(ArchiveBucket, InboxBucket, Protocol):
    """Where the record's files are, and the scans that they were made of."""


class DisposalServices(VersionServices, Protocol):
    """The record, its hồ sơ, and all that follows from it."""

    @property
    def policy(self) -> Buckets: ...


@dataclass(frozen=True, slots=True)
class Disposal:
    """A record's proposal or, once ``confirmed``, its disposal, as its history tells it."""

    record_id: str
    agency: str
    event: Event
    confirmed: bool


def propose(
    reader: Reader, services: DisposalServices, record_ids: Sequence[str], reason: str
) -> list[Disposal]:
    """Propose that the records be disposed of: all of them, or none.

    Raises ``NotAllowed`` for who is no archivist by name, ``NotFound`` for an unknown record and
    ``InvalidRequest`` for one that must stay: on hold, within its term, locked by the store, or with records
    made of it that stand.
    """
    reader.decides(Right.RETENTION)
    if not reason.strip():
        raise InvalidRequest("why", "a disposal needs a reason: the decision that it follows")
    found = [_disposable(reader, services, name) for name in dict.fromkeys(record_ids)]
    at = services.clock.now()
    told = [
        services.events.append(
            now.row.record_id,
            reader.actor,
            Action.DISPOSAL_PROPOSED,
            {"reason": reason, "version": now.manifest.version, "manifest_sha256": now.manifest_sha256},
            at,
        )
        for now in found
    ]
    return [
        Disposal(now.row.record_id, now.agency, event, False) for now, event in zip(found, told, strict=True)
    ]


def confirm(reader: Reader, services: DisposalServices, record_ids: Sequence[str]) -> Iterator[Disposal]:
    """Dispose of records that another person proposed, one after the other; there is no way back.

    Raises as ``propose``, ``InvalidRequest`` where nothing is proposed, ``NotAllowed`` for the person who
    proposed it, ``Conflict`` for a record that changed since.
    """
    reader.decides(Right.RETENTION)
    for name in dict.fromkeys(record_ids):
        row = services.records.record(name)
        if row is None or not reader.access.covers(row.agency):
            raise unknown(name)
        with claimed(services, row):
            event = _event(reader, services, row)
            _carry_out(services, row, event)
        yield Disposal(name, row.agency, event, True)


def proposals(reader: Reader, services: DisposalServices) -> Iterator[Disposal]:
    """What is proposed and not confirmed, in the reader's scope, the newest first."""
    reader.decides(Right.RETENTION)
    for name in subjects_of(services.events, Action.DISPOSAL_PROPOSED):
        row, event = services.records.record(name), proposed_by(services.events.events(name))
        if event is not None and row is not None and reader.access.covers(row.agency):
            yield Disposal(name, row.agency, event, False)


def _disposable(reader: Reader, services: DisposalServices, record_id: str) -> Current:
    now = current(reader, services, record_id)
    check_no_hold(services.events, record_id)
    _check_term(reader, services, record_id)
    for name in superseded_by(now.record):
        other = services.records.record(name)
        if other is not None and not _is_disposed_of(services, other):
            raise InvalidRequest("stands", f"record {name}, of the same file, is to be disposed of before")
    ends = (services.store.locked_until(services.policy.archive, key) for key in _files(services, now.row))
    until = max((end for end in ends if end is not None), default=None)
    if until is not None and until > services.clock.now():
        raise InvalidRequest("locked", f"the store keeps record {record_id} until {until.isoformat()}")
    return now


def _check_term(reader: Reader, services: DisposalServices, record_id: str) -> None:
    """Each hồ sơ of the record is one that ``expired`` proposes."""
    today, ends = services.clock.today(), list[date | None]()
    for member in services.dossiers.of_record(record_id):
        found = list_dossiers(reader, services.dossiers, services.records, member.agency, member.code)
        ends += map(expires_on, found)
    if not ends:
        raise InvalidRequest("term", f"record {record_id} is in no hồ sơ: its term is not known")
    if any(end is None or end > today for end in ends):
        raise InvalidRequest("term", f"the term of record {record_id} is not over, or not known")


def _event(reader: Reader, services: DisposalServices, row: RecordRow) -> Event:
    """The event by which the record is disposed of.

    One in the history counts beside row or tombstone alone, which no package brings along. The tombstone is
    written first: where its event is missing (killed, or an older ledger restored) it is the decision.
    """
    known = disposed_by(services.events.events(row.record_id))
    if known is not None and row.withdrawn.startswith(DISPOSED):
        return known
    place = _tombstone(row)
    if services.store.stat(services.policy.archive, place) is None:
        services.store.put(services.policy.archive, place, _decided(reader, services, row.record_id))
    data = services.store.get(services.policy.archive, place)
    if known is not None and data == tombstone(known):
        return known
    at, actor, details = told_by(data, row.record_id)
    newest = newest_manifest(services, row.agency, row.record_id)
    if newest is None or newest[1] != details["manifest_sha256"]:
        raise Corrupt(f"record {row.record_id} is not the one that its tombstone tells of: sohoa verify")
    history = read_file(services, row.agency, newest[0], events_path(newest[0]))
    services.events.extend(events_from(history))
    return services.events.append(row.record_id, actor, Action.DISPOSED, details, at)


def _tombstone(row: RecordRow) -> str:
    return record_prefix(row.agency, row.record_id) + TOMBSTONE


def _decided(reader: Reader, services: DisposalServices, record_id: str) -> bytes:
    """The tombstone by which a second person disposes of the record."""
    now = _disposable(reader, services, record_id)
    proposal = proposed_by(services.events.events(record_id))
    if proposal is None:
        raise InvalidRequest(
            "nothing_proposed", f"nobody proposed to dispose of record {record_id}", record_id=record_id
        )
    if proposal.actor == reader.actor:
        raise NotAllowed("second_archivist", "another person than who proposed it has to confirm a disposal")
    if proposal.details["manifest_sha256"] != now.manifest_sha256:
        raise Conflict(
            "changed", f"record {record_id} was changed after its disposal was proposed", record_id=record_id
        )
    details = {**proposal.details, "proposed_by": proposal.actor, "proposed_at": proposal.at.isoformat()}
    return tombstone_of(record_id, services.clock.now(), reader.actor, details)


def _carry_out(services: DisposalServices, row: RecordRow, event: Event) -> None:
    """All that follows from the event; repeating it changes nothing."""
    bucket, place = services.policy.archive, _tombstone(row)
    if services.store.stat(bucket, place) is None or services.store.get(bucket, place) != tombstone(event):
        services.store.put(bucket, place, tombstone(event))
    gone = replace(row, withdrawn=f"{DISPOSED}{event.details['reason']}")
    if row != gone:
        services.records.save(gone, event.at)
    services.index.remove([row.record_id])
    services.queue.dequeue(row.record_id)
    _settle(services, gone)
    for key in _files(services, row):
        if not stays(key.removeprefix(record_prefix(row.agency, row.record_id))):
            services.store.delete(bucket, key)
    if all(_is_disposed_of(services, other) for other in _of_same_file(services, row)):
        for item in _objects(services, row):
            _remove(services, item, event)


def _files(services: DisposalServices, row: RecordRow) -> list[str]:
    listed = services.store.list(services.policy.archive, record_prefix(row.agency, row.record_id))
    return [info.key for info in listed]


def _of_same_file(services: DisposalServices, row: RecordRow) -> list[RecordRow]:
    rows = services.records.records(agency=row.agency, held_below=row.holder_key)
    return [other for other in rows if other.sha256 == row.sha256]


def _is_disposed_of(services: DisposalServices, row: RecordRow) -> bool:
    told = disposed_by(services.events.events(row.record_id))
    return told is not None and row.withdrawn.startswith(DISPOSED)


def _settle(services: DisposalServices, row: RecordRow) -> None:
    """The inbox object is out of the archive once nothing that was made of it stands."""
    item = holder_of(services.states, row)
    if item is None or item.state not in IN_ARCHIVE:
        return
    if not all(other.withdrawn for other in _of_same_file(services, row)):
        settle_object(services, row)
        return
    outcome = Outcome(State.REJECTED, "withdrawn", row.withdrawn, row.sha256, row.record_id, row.pages)
    services.states.settle(item.key, item.etag, outcome, services.clock.now())


def _objects(services: DisposalServices, row: RecordRow) -> list[InboxObject]:
    """The scans of the record, gone already or not: its object, copies of it, pages of its folder."""
    same = [item for item in services.states.find(row.sha256) if item.agency == row.agency]
    folders = [folder_of(item.key) for item in same if is_marker(item.key)]
    pages = [item for folder in folders for item in services.states.objects(prefix=f"{folder}/")]
    return [item for item in dict.fromkeys([*pages, *same]) if not item.replaced]


def _remove(services: DisposalServices, item: InboxObject, event: Event) -> None:
    """The object is gone from the inbox, with its tombstone in the ledger."""
    removed = NewEvent(
        event.actor, Action.REMOVED, {"sha256": item.sha256, "reason": event.details["reason"]}
    )
    if not item.removed_by:
        services.states.mark_removed(item.key, item.etag, event.actor, services.clock.now(), removed)
    present = services.store.stat(services.policy.inbox, item.key)
    if present is not None and present.etag == item.etag:
        services.store.delete(services.policy.inbox, item.key)
