"""The queue of doubtful records, and who is to work on which of them in which step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sohoa.domain.review.decisions import blocking


class Step(StrEnum):
    """Steps of the work on a record: entry, then two checks by other persons (TT 05: kiểm tra hai lần)."""

    ENTRY = "entry"
    FIRST_CHECK = "first_check"
    SECOND_CHECK = "second_check"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A record that waits for a person: its open doubts as reason codes, and since when it is archived."""

    record_id: str
    agency: str
    doubts: tuple[str, ...]
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work given to a person of ``config/people.yaml``; ``done_at`` None while it is open."""

    record_id: str
    step: Step
    person: str
    assigned_by: str
    assigned_at: datetime
    done_at: datetime | None = None


def ordered(items: Iterable[ReviewItem], gaps: Mapping[str, float]) -> list[ReviewItem]:
    """What helps most comes first.

    Records that a missing field keeps from being counted come before those that are counted already;
    among them those with the fewest doubts, since one decision then covers one record; then those of
    the agency that is furthest below the target (``gaps``, 0 to 1 by agency); then the oldest.
    """

    def rank(item: ReviewItem) -> tuple[bool, int, float, str, str]:
        since = item.since.isoformat() if item.since else ""
        counted = blocking(item.doubts) == 0
        return counted, len(item.doubts), -gaps.get(item.agency, 0.0), since, item.record_id

    return sorted(items, key=rank)


def assignment_fault(step: Step, person: str, others: Iterable[Assignment], entered_by: Set[str]) -> str:
    """Why the person may not take this step of a record, or an empty text.

    A check needs other eyes than the entry's, and the second check others than the first's.
    ``others`` are the record's assignments, ``entered_by`` the persons who gave or confirmed values.
    """
    taken = next((a.step for a in others if a.step is not step and a.person == person), None)
    if taken is not None:
        return f"{person} has the step {taken} of this record: entry and both checks need different persons"
    if step is not Step.ENTRY and person in entered_by:
        return f"{person} entered values of this record: a check needs another person"
    return ""
