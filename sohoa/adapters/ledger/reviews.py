"""The queue of doubtful records and the assignments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.paging import paged
from sohoa.adapters.ledger.tables import ASSIGNMENTS, REVIEWS
from sohoa.domain.review.queue import Assignment, ReviewItem, Step

_NAMES = tuple(field.name for field in fields(Assignment))


def _item(row: Row[Any]) -> ReviewItem:
    return ReviewItem(row.record_id, row.agency, tuple(row.doubts.split()), row.since)


class SqlReviews:
    """The ``ReviewQueue`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enqueue(self, item: ReviewItem) -> None:
        """Put the record into the queue, or replace what is known of it there."""
        row = {**asdict(item), "doubts": " ".join(item.doubts)}
        with self._database.writing() as connection:
            self._database.upsert(REVIEWS, connection, row)

    def dequeue(self, record_id: str) -> None:
        """Take the record out; for one that does not wait nothing is written."""
        if self.item(record_id) is None:
            return
        with self._database.writing() as connection:
            connection.execute(delete(REVIEWS).where(REVIEWS.c.record_id == record_id))

    def item(self, record_id: str) -> ReviewItem | None:
        """What is known of a waiting record; None for one that does not wait."""
        with self._database.reading() as connection:
            row = connection.execute(select(REVIEWS).where(REVIEWS.c.record_id == record_id)).one_or_none()
        return _item(row) if row else None

    def waiting(self, *, agency: str = "") -> Iterator[ReviewItem]:
        """Records in the queue sorted by id; streaming."""
        query = select(REVIEWS)
        if agency:
            query = query.where(REVIEWS.c.agency == agency)
        return map(_item, paged(self._database, query, REVIEWS.c.record_id))

    def assign(self, work: Assignment) -> None:
        """Give a step of a record to a person, in the place of whoever had it."""
        with self._database.writing() as connection:
            self._database.upsert(ASSIGNMENTS, connection, {**asdict(work), "step": work.step.value})

    def finish(self, record_id: str, step: str, at: datetime) -> None:
        """Note that an assigned step was done; one that was not assigned is a no-op."""
        assigned = update(ASSIGNMENTS).where(
            ASSIGNMENTS.c.record_id == record_id, ASSIGNMENTS.c.step == str(step)
        )
        with self._database.writing() as connection:
            connection.execute(assigned.values(done_at=at))

    def assignments(self, *, record_id: str = "", person: str = "") -> Sequence[Assignment]:
        """Assignments of a record, of a person, or all, sorted by record id and step."""
        query = select(*(ASSIGNMENTS.c[name] for name in _NAMES))
        for column, wanted in ((ASSIGNMENTS.c.record_id, record_id), (ASSIGNMENTS.c.person, person)):
            query = query.where(column == wanted) if wanted else query
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(ASSIGNMENTS.c.record_id, ASSIGNMENTS.c.step)).all()
        return [Assignment(**{**row._mapping, "step": Step(row.step)}) for row in rows]
