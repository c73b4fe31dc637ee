"""The history of records and objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sohoa.domain.archive.actions import Action


@dataclass(frozen=True, slots=True)
class Event:
    """One action in a record's (or object's) history; ``hash`` chains over ``previous``.

    ``action`` is a value of ``Action``, or one that a later version of the program wrote.
    """

    subject: str
    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event that is still to be chained: who did what."""

    actor: str
    action: Action
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are meant: by the name of who acted, action, record, and time (``until`` excluded).

    What is empty does not matter. Of a record are its history and what people did with it.
    """

    name: str = ""
    action: str = ""
    record_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


class EventLog(Protocol):
    """Append-only history with a hash chain per subject (record id, or inbox key)."""

    def append(
        self, subject: str, actor: str, action: Action, details: Mapping[str, Any], at: datetime
    ) -> Event:
        """Add an event; returns it with its chain hashes."""
        ...

    def extend(self, events: Sequence[Event]) -> None:
        """Take over one subject's events that were chained elsewhere (in the archive).

        Those already there are skipped; raises ``Corrupt`` when they do not continue or repeat the chain.
        """
        ...

    def events(self, subject: str) -> Sequence[Event]:
        """The subject's events, oldest first."""
        ...

    def hashes(self, subjects: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The hashes of the events of each of the subjects, oldest first; asked at once for some hundreds."""
        ...

    def below(self, prefix: str) -> Iterator[Event]:
        """The events of all subjects that begin so, sorted by subject, oldest first; streaming."""
        ...

    def chosen(self, query: EventQuery, limit: int, before: str = "") -> tuple[Sequence[Event], str]:
        """The newest events of the query, and the cursor ``before`` of older ones, empty at the end.

        Raises ``InvalidRequest`` for a cursor that is none.
        """
        ...

    def counted(self, query: EventQuery) -> Mapping[str, int]:
        """How many events the query is about, by action."""
        ...
