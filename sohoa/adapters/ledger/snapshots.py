"""Snapshots of coverage, each made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from sohoa.adapters.ledger.coverage_tables import SNAPSHOTS
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import append_with
from sohoa.domain.errors import Conflict
from sohoa.ports import NewEvent, Snapshot

SUBJECT = "snapshots"


class SqlSnapshots:
    """The ``Snapshots`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, snapshot: Snapshot, at: datetime, event: NewEvent) -> None:
        """Keep a day's snapshot and its event for good; raises ``Conflict`` where the day has one."""

        def write(connection: Connection) -> None:
            known = select(SNAPSHOTS.c.day).where(SNAPSHOTS.c.day == snapshot.day.isoformat())
            if connection.execute(known).first():
                raise Conflict("snapshot", f"the snapshot of {snapshot.day} was made before")
            row = {"day": snapshot.day.isoformat(), "data": snapshot.data.decode(), "sha256": snapshot.sha256}
            connection.execute(insert(SNAPSHOTS).values(**row, made_at=at))

        append_with(self._database, SUBJECT, event, at, write)

    def snapshot(self, day: date) -> Snapshot | None:
        """The snapshot of that day, or None."""
        query = select(SNAPSHOTS).where(SNAPSHOTS.c.day == day.isoformat())
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return Snapshot(day, row.data.encode(), row.sha256) if row else None

    def days(self) -> Sequence[date]:
        """The days that have a snapshot, in their order."""
        with self._database.reading() as connection:
            days = connection.execute(select(SNAPSHOTS.c.day).order_by(SNAPSHOTS.c.day)).scalars()
            return [date.fromisoformat(day) for day in days]

    def newest(self) -> date | None:
        """The last day that has a snapshot."""
        with self._database.reading() as connection:
            day = connection.execute(select(func.max(SNAPSHOTS.c.day))).scalar()
        return date.fromisoformat(day) if day else None
