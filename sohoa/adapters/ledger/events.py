"""Append-only history with a hash chain per subject."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.event_queries import chosen, counted, cursor_of
from sohoa.adapters.ledger.paging import paged
from sohoa.adapters.ledger.tables import EVENTS, below
from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import canonical_json, event_hash, first_break
from sohoa.domain.errors import Corrupt, Unavailable
from sohoa.ports import Event, EventQuery, NewEvent

_TRIES = 20
_EVENT = select(
    *(EVENTS.c[name] for name in ("subject", "at", "actor", "action", "details", "previous", "hash"))
)


def append_with(
    database: Database, subject: str, new: NewEvent, at: datetime, write: Callable[[Connection], None]
) -> Event:
    """Add an event in one transaction with what ``write`` writes, or neither of them."""

    def made(connection: Connection) -> NewEvent:
        write(connection)
        return new

    return append_made(database, subject, made, at)


def append_made(
    database: Database, subject: str, make: Callable[[Connection], NewEvent], at: datetime
) -> Event:
    """Add the event that ``make`` gives, in one transaction with what it writes, or neither of them.

    ``make`` is asked again where another writer was first.
    """
    for _ in range(_TRIES):
        try:
            with database.writing() as connection:
                database.wait_for_turn(connection, subject)
                new = make(connection)
                position, previous = _head(connection, subject)
                name, kept = new.action.value, json.loads(canonical_json(dict(new.details)))
                sealed = event_hash(subject, at, new.actor, name, kept, previous)
                event = Event(subject, at, new.actor, name, kept, previous, sealed)
                _insert(connection, position + 1, event)
                return event
        except IntegrityError:
            continue  # another writer was first: chain to its event
    raise Unavailable("the event log is written by too many at once; try again")


class SqlEvents:
    """The ``EventLog`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self, subject: str, actor: str, action: Action, details: Mapping[str, Any], at: datetime
    ) -> Event:
        """Add an event; ``details`` come back as JSON keeps them. Returns it with its chain hashes."""
        return append_with(self._database, subject, NewEvent(actor, action, details), at, lambda _: None)

    def extend(self, events: Sequence[Event]) -> None:
        """Take over one subject's events that were chained elsewhere; see the port."""
        if not events:
            return
        subject = events[0].subject
        if first_break(events) is not None or any(event.subject != subject for event in events):
            raise Corrupt("the events to take over are not one unbroken chain")
        with self._database.writing() as connection:
            known = list(connection.execute(_hashes(subject)).scalars())
            given = [event.hash for event in events]
            shared = min(len(known), len(given))
            if known[:shared] != given[:shared]:
                raise Corrupt("the ledger holds another history of this subject")
            for position, event in enumerate(events[shared:], start=shared + 1):
                _insert(connection, position, event)

    def events(self, subject: str) -> Sequence[Event]:
        """The subject's events, oldest first; raises ``Corrupt`` for what no event can be."""
        query = _EVENT.where(EVENTS.c.subject == subject).order_by(EVENTS.c.position)
        with _readable(), self._database.reading() as connection:
            return [_event(row) for row in connection.execute(query).all()]

    def hashes(self, subjects: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The hashes of the events of each of the subjects, oldest first."""
        found: dict[str, list[str]] = {subject: [] for subject in subjects}
        query = select(EVENTS.c.subject, EVENTS.c.hash).where(EVENTS.c.subject.in_(found))
        with self._database.reading() as connection:
            for row in connection.execute(query.order_by(EVENTS.c.subject, EVENTS.c.position)):
                found[row.subject].append(row.hash)
        return found

    def below(self, prefix: str) -> Iterator[Event]:
        """The events of all subjects that begin so, sorted by subject, oldest first; streaming."""
        query = _EVENT.add_columns(EVENTS.c.position).where(below(EVENTS.c.subject, prefix))
        with _readable():
            yield from map(_event, paged(self._database, query, EVENTS.c.subject, EVENTS.c.position))

    def chosen(self, query: EventQuery, limit: int, before: str = "") -> tuple[Sequence[Event], str]:
        """The newest events that the query is about, and the cursor of older ones, empty at the end."""
        wanted = chosen(_EVENT.add_columns(EVENTS.c.position), query, limit + 1, before)
        with _readable(), self._database.reading() as connection:
            rows = connection.execute(wanted).all()
            events = [_event(row) for row in rows[:limit]]
        return events, cursor_of(rows[limit - 1]._mapping) if len(rows) > limit else ""

    def counted(self, query: EventQuery) -> Mapping[str, int]:
        """How many events the query is about, by action."""
        with self._database.reading() as connection:
            return {row.action: row.number for row in connection.execute(counted(query))}


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, RecursionError) as error:
        raise Corrupt(f"the ledger's events cannot be read ({type(error).__name__})") from error


def _event(row: Row[Any]) -> Event:
    at, details = row.at, json.loads(row.details)
    return Event(row.subject, at, row.actor, row.action, details, row.previous, row.hash)


def _hashes(subject: str) -> Any:
    return select(EVENTS.c.hash).where(EVENTS.c.subject == subject).order_by(EVENTS.c.position)


def _head(connection: Connection, subject: str) -> tuple[int, str]:
    newest = select(EVENTS.c.position, EVENTS.c.hash).where(EVENTS.c.subject == subject)
    row = connection.execute(newest.order_by(EVENTS.c.position.desc()).limit(1)).one_or_none()
    return (row.position, row.hash) if row else (0, "")


def _insert(connection: Connection, position: int, event: Event) -> None:
    connection.execute(
        insert(EVENTS).values(
            subject=event.subject,
            position=position,
            at=event.at,
            actor=event.actor,
            action=event.action,
            details=canonical_json(dict(event.details)),
            previous=event.previous,
            hash=event.hash,
        )
    )
