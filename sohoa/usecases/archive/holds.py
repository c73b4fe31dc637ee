"""Holds: a record that a named person put on hold is neither changed nor disposed of."""

from __future__ import annotations

from collections.abc import Iterator

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.disposal import held_by
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import Event, EventLog, EventQuery
from sohoa.usecases.archive.services import VersionServices
from sohoa.usecases.archive.versions import check_not_disposed_of, claimed, current

_AT_ONCE = 500


def hold(reader: Reader, services: VersionServices, record_id: str, reason: str) -> Event:
    """Put the record on hold; one that is on hold stays so under the new reason.

    Raises ``NotAllowed`` for who is no archivist by name, ``NotFound`` for an unknown record, and for one
    whose disposal has begun.
    """
    return _noted(reader, services, record_id, reason, Action.HELD)


def release(reader: Reader, services: VersionServices, record_id: str, reason: str) -> Event:
    """End the hold; raises as ``hold``, and ``InvalidRequest`` where there is none."""
    return _noted(reader, services, record_id, reason, Action.HOLD_RELEASED)


def _noted(reader: Reader, services: VersionServices, record_id: str, reason: str, action: Action) -> Event:
    reader.decides(Right.RETENTION)
    if not reason.strip():
        raise InvalidRequest("why", "a hold, and its end, need a reason")
    now = current(reader, services, record_id)
    with claimed(services, now.row):
        check_not_disposed_of(services, now.row)
        held = held_by(services.events.events(record_id))
        if action is Action.HOLD_RELEASED and held is None:
            raise InvalidRequest("no_hold", f"record {record_id} is not on hold")
        details = {"reason": reason}
        return services.events.append(record_id, reader.actor, action, details, services.clock.now())


def holds(reader: Reader, services: VersionServices) -> Iterator[Event]:
    """The holds in force on records of the reader's scope, the newest first."""
    reader.decides(Right.RETENTION)
    for name in subjects_of(services.events, Action.HELD):
        row = services.records.record(name)
        held = held_by(services.events.events(name))
        if held is not None and row is not None and reader.access.covers(row.agency):
            yield held


def subjects_of(events: EventLog, action: Action) -> Iterator[str]:
    """The subjects that have an event of that action, each once, the newest first."""
    seen, cursor = dict[str, None](), ""
    while True:
        found, cursor = events.chosen(EventQuery(action=action.value), _AT_ONCE, cursor)
        seen |= dict.fromkeys(event.subject for event in found)
        if not cursor:
            return iter(seen)
