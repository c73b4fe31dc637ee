"""Reconcile: every object of the inbox is in exactly one state, and the states add up to the listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sohoa.domain.archive.object_keys import visible
from sohoa.domain.archive.records import record_id
from sohoa.domain.inbox.keys import masked
from sohoa.domain.inbox.states import IN_ARCHIVE, InboxObject, ObjectInfo, State
from sohoa.ports import DocumentStates, ObjectStore, RecordRegister, RecordRow, ReviewQueue
from sohoa.usecases.archive.services import InboxBucket
from sohoa.usecases.archive.standing import SUPERSEDED


class InboxServices(Protocol):
    """The inbox and what the ledger knows of its objects."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def states(self) -> DocumentStates: ...
    @property
    def policy(self) -> InboxBucket: ...


class BalanceServices(InboxServices, Protocol):
    """What reconciling needs on top."""

    @property
    def records(self) -> RecordRegister: ...
    @property
    def queue(self) -> ReviewQueue: ...


@dataclass(frozen=True, slots=True)
class Balance:
    """The invariant's proof: ``states`` add up to ``listing``; ``removed`` counts tombstones beside it."""

    listing: int
    states: Mapping[str, int]
    removed: int
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults and sum(self.states.values()) == self.listing


def reconcile(services: BalanceServices) -> Balance:
    """Merge the inbox listing with the ledger, both sorted by key, and count; read-only."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    listing = removed = 0
    for info, row in pairs(services):
        if info is not None:
            listing += 1
            state = row.state if row is not None and row.etag == info.etag else State.PENDING
            counts[state.value] += 1
            faults += _faults_of(services, row) if row is not None and row.etag == info.etag else []
        elif row is not None and row.removed_by:
            removed += 1
        elif row is not None:
            faults.append(f"{visible(shown_key(row))} was received but is no longer in the inbox")
    states = {state.value: counts[state.value] for state in State}
    return Balance(listing, states, removed, tuple(faults))


def shown_key(row: InboxObject) -> str:
    """The key, masked where the object is under secrecy."""
    return masked(row.key) if row.state is State.QUARANTINED else row.key


def pairs(services: InboxServices) -> Iterator[tuple[ObjectInfo | None, InboxObject | None]]:
    """Listing and ledger merged by key; rows of replaced objects are left out."""
    listed = services.store.list(services.policy.inbox)
    rows = (row for row in services.states.objects() if not row.replaced)
    info, row = next(listed, None), next(rows, None)
    while info is not None or row is not None:
        left = _order(info.key) if info else None
        right = _order(row.key) if row else None
        if right is None or (left is not None and left < right):
            yield info, None
            info = next(listed, None)
        elif left is None or right < left:
            yield None, row
            row = next(rows, None)
        else:
            yield info, row
            info, row = next(listed, None), next(rows, None)


def _order(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")


def _faults_of(services: BalanceServices, row: InboxObject) -> list[str]:
    """What the ledger claims about an object must be backed by records, queue and other objects."""
    if row.state is State.DUPLICATE:
        return _duplicate_faults(services, row)
    if row.state not in IN_ARCHIVE:
        return []
    record, key = services.records.record(row.record_id), visible(shown_key(row))
    if record is None or record.version < 1:
        return [f"{key} is {row.state.value} but record {row.record_id or '(none)'} does not exist"]
    if record.withdrawn:
        return [f"{key} is {row.state.value} but record {row.record_id} was withdrawn"]
    if (record.agency, record.sha256) != (row.agency, row.sha256):
        return [f"{key} is {row.state.value} but record {row.record_id} was made of other bytes"]
    return _standing_faults(services, key, row, record)


def _standing_faults(services: BalanceServices, key: str, row: InboxObject, record: RecordRow) -> list[str]:
    """One object carries the record's state, and that is whether a record of its file waits for a person."""
    holder = record.holder_key
    if holder != row.key and any(o.key == holder and _carries(o, row) for o in services.states.find(holder)):
        return [f"{key} is {row.state.value} but {visible(holder)} holds record {row.record_id}"]
    waits = any(services.queue.item(name) for name in _standing_ids(services.records, row))
    if waits != (row.state is State.NEEDS_REVIEW):
        queue = "is in the queue" if waits else "is not in the queue"
        return [f"{key} is {row.state.value} but record {row.record_id} {queue}"]
    return []


def _carries(other: InboxObject, row: InboxObject) -> bool:
    return other.state in IN_ARCHIVE and not other.replaced and other.sha256 == row.sha256


def _standing_ids(records: RecordRegister, row: InboxObject) -> Sequence[str]:
    """The record of the whole file, or the parts that stand for it."""
    whole = records.record(record_id(row.agency, row.sha256))
    if whole is not None and whole.withdrawn.startswith(SUPERSEDED):
        return whole.withdrawn.removeprefix(SUPERSEDED).split(", ")
    return (row.record_id,)


def _duplicate_faults(services: BalanceServices, row: InboxObject) -> list[str]:
    """A duplicate names the object that was first, and the record of the same bytes."""
    record = services.records.record(row.record_id)
    first = any(other.key == row.detail for other in services.states.find(row.detail))
    if first and record is not None and record.version and record.sha256 == row.sha256:
        return []
    key, name = visible(shown_key(row)), row.record_id or "(none)"
    return [f"{key} is a duplicate of nothing: there is no such record {name}"]
