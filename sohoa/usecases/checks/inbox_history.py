"""Whether the state of every inbox object is the one that its history tells, and a share of the bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.versions import sha256_hex
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.folder_documents import is_marker
from sohoa.domain.inbox.states import IN_ARCHIVE, InboxObject, State
from sohoa.ports import Clock, Event, EventLog
from sohoa.usecases.checks.faults import Fault, FaultKind
from sohoa.usecases.checks.reconcile import InboxServices, pairs, shown_key
from sohoa.usecases.digests import file_sha256

_AGAIN = (Action.RETRIED, Action.RELEASED)


class InboxHistory(InboxServices, Protocol):
    """The inbox, its states and what was done to its objects."""

    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...


def history_faults(services: InboxHistory) -> Iterator[Fault]:
    """Objects whose state nobody gave them, and tombstones of objects that nobody removed."""
    for info, row in pairs(services):
        if row is None or (info is not None and info.etag != row.etag):
            continue
        told = services.events.events(row.key)
        if row.removed_by:
            if not any(_removes(event, row) for event in told):
                yield Fault(
                    shown_key(row), FaultKind.STATE_DIFFERS, "an event of its removal", row.removed_by
                )
        elif info is not None:
            yield from _state_faults(services.events, row, told)


def _removes(event: Event, row: InboxObject) -> bool:
    """Whether that person or setting removed it; a page of a secret folder went before it had a digest."""
    meant = event.details.get("sha256") in ("", row.sha256)
    return event.action == Action.REMOVED and event.actor == row.removed_by and meant


def _state_faults(log: EventLog, row: InboxObject, told: Sequence[Event]) -> Iterator[Fault]:
    """What the last settling said holds, until a person gave the object another chance.

    Among states that the record explains (``archived``, ``needs_review``, withdrawn) reviews change without
    an event of the object: these are compared with ledger and queue.
    """
    settled = [event for event in told if _settles(event, row.etag)]
    last = settled[-1].details if settled else {"state": State.PENDING, "reason": ""}
    state, reason = last["state"], last["reason"]
    if (row.state, row.reason) == (state, reason) or (_by_record(row) and state in IN_ARCHIVE):
        return
    if row.state is State.PENDING and not row.reason and _has_another_chance(log, told, settled, reason):
        return
    found = " ".join(filter(None, (row.state.value, row.reason)))
    yield Fault(shown_key(row), FaultKind.STATE_DIFFERS, f"{state} {reason}".rstrip(), found)


def _settles(event: Event, etag: str) -> bool:
    return event.action == Action.SETTLED and event.details.get("etag") == etag


def _by_record(row: InboxObject) -> bool:
    return row.state in IN_ARCHIVE or row.reason == "withdrawn"


def _has_another_chance(log: EventLog, told: Sequence[Event], settled: Sequence[Event], reason: str) -> bool:
    """Whether a person retried or released it after it was settled, by its key or by its reason."""
    if not settled:
        return True
    since = [*told[told.index(settled[-1]) + 1 :], *log.events(f"reason:{reason}")]
    return any(event.action in _AGAIN and event.at >= settled[-1].at for event in since)


def changed_bytes(services: InboxHistory, most_bytes: int) -> Iterator[Fault]:
    """Objects whose bytes are not those that were digitized, among a share that is another every day.

    The share is about ``most_bytes`` of the objects whose digest is known; all where they are fewer.
    """
    total = sum(row.size_bytes for row in _with_digest(services))
    for row in _with_digest(services):
        if total > most_bytes and _lot(services.clock.today(), row.key) * total >= most_bytes:
            continue
        info = services.store.stat(services.policy.inbox, row.key)
        if info is None or info.etag != row.etag:
            continue  # the balance names what vanished; what replaced it is a new object
        try:
            with services.store.fetch(services.policy.inbox, row.key) as path:
                found = file_sha256(path)
        except Corrupt:
            continue  # it vanished now
        if found != row.sha256:
            yield Fault(shown_key(row), FaultKind.CHANGED, row.sha256, found)


def _with_digest(services: InboxHistory) -> Iterator[InboxObject]:
    """Objects whose own digest the ledger knows; a folder's marker has that of the whole folder."""
    rows = services.states.objects()
    return (r for r in rows if r.sha256 and not (r.replaced or r.removed_by or is_marker(r.key)))


def _lot(day: date, key: str) -> float:
    """A number of that day for the key, evenly spread from 0 to 1."""
    drawn = sha256_hex(f"{day.isoformat()} {key}".encode("utf-8", "surrogateescape"))
    return int(drawn[:12], 16) / 16**12
