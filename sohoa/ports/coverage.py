"""Counts of records and objects, and the snapshots that are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sohoa.domain.coverage.activity import Arrivals, Waiting
from sohoa.domain.coverage.tallies import CellChange, RecordState, Tally
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.ports.events import NewEvent


class CoverageCounts(Protocol):
    """Counts made where the rows are. A moment ``until`` means just before it, None means now."""

    def records(self, agencies: Collection[str] | None, until: datetime | None) -> Sequence[Tally]:
        """Archived records that are not withdrawn, by agency, year and facts; of these agencies, or all."""
        ...

    def objects(
        self, agencies: Collection[str] | None, until: datetime | None, besides: Collection[str]
    ) -> Sequence[tuple[str, State, int]]:
        """Objects that are not replaced, by agency (first part of the key) and state.

        Those whose reason is one of ``besides`` are left out.
        """
        ...

    def counted(
        self, agencies: Collection[str] | None, year: int | None, until: datetime | None, after: str = ""
    ) -> Iterator[tuple[str, RecordState]]:
        """The records that ``records`` counts, by id behind ``after``; of one year, 0: not known, or all."""
        ...

    def counted_objects(
        self,
        agencies: Collection[str] | None,
        states: Collection[State],
        until: datetime | None,
        besides: Collection[str],
    ) -> Iterator[InboxObject]:
        """The objects that ``objects`` counts in these states, by key: with key, state and reason alone."""
        ...

    def refresh(self) -> int:
        """Count anew the cells (agency and year) whose records changed; how many there were."""
        ...

    def recount(self) -> Sequence[tuple[str, int]]:
        """Count all cells anew; agency and year of those that were wrong, of which there should be none."""
        ...

    def changed(self, first: datetime, second: datetime) -> Iterator[CellChange]:
        """Records that counted otherwise just before ``second`` than just before ``first``, sorted by id."""
        ...


class WorkHistory(Protocol):
    """How the work went on, told where the rows are; ``until`` means just before it, None means now."""

    def began(self) -> datetime | None:
        """When the first record of all was archived; None before."""
        ...

    def movements(
        self, agencies: Collection[str] | None, moments: Sequence[datetime], until: datetime | None
    ) -> Sequence[tuple[int, Tally]]:
        """By how much the counts of records changed from a moment to the next: its place, and the change.

        After the last but one everything counts up to ``until``. A change may be below 0.
        """
        ...

    def arrivals(
        self, agencies: Collection[str] | None, since: datetime, until: datetime | None
    ) -> Sequence[Arrivals]:
        """Records that were archived for the first time, by agency and hour."""
        ...

    def waiting(
        self,
        agencies: Collection[str] | None,
        at: datetime,
        until: datetime | None,
        besides: Collection[str],
    ) -> Sequence[Waiting]:
        """Objects that wait, are in review, rejected or failed, by agency, reason and age at ``at``.

        What is replaced, or has one of the reasons ``besides``, is left out. An object is in review since
        it came there, whatever the reasons were meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures at the end of a day, as JSON, and their SHA-256."""

    day: date
    data: bytes
    sha256: str


class Snapshots(Protocol):
    """What was published, a day once and for good."""

    def add(self, snapshot: Snapshot, at: datetime, event: NewEvent) -> None:
        """Keep it with its event, or neither; raises ``Conflict`` where the day has a snapshot."""
        ...

    def snapshot(self, day: date) -> Snapshot | None:
        """The snapshot of that day, or None."""
        ...

    def days(self) -> Sequence[date]:
        """The days that have one, in their order."""
        ...

    def newest(self) -> date | None:
        """The last of them, or None."""
        ...
