"""The records that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from sohoa.domain.review.queue import Assignment, ReviewItem


class ReviewQueue(Protocol):
    """The records that wait for a person, and who is to work on which of them."""

    def enqueue(self, item: ReviewItem) -> None:
        """Put the record into the queue, or replace what is known of it there."""
        ...

    def dequeue(self, record_id: str) -> None:
        """Take the record out; one that does not wait is a no-op."""
        ...

    def item(self, record_id: str) -> ReviewItem | None:
        """What is known of a waiting record; None for one that does not wait."""
        ...

    def waiting(self, *, agency: str = "") -> Iterator[ReviewItem]:
        """Records in the queue sorted by id; streaming."""
        ...

    def assign(self, work: Assignment) -> None:
        """Give a step of a record to a person, in the place of whoever had it."""
        ...

    def finish(self, record_id: str, step: str, at: datetime) -> None:
        """Note that an assigned step was done; one that was not assigned is a no-op."""
        ...

    def assignments(self, *, record_id: str = "", person: str = "") -> Sequence[Assignment]:
        """Assignments of a record, of a person, or all, sorted by record id and step."""
        ...
