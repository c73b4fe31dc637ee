"""Acceptance of a batch by a random sample that two persons check."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

CHECKERS = 2


class Verdict(StrEnum):
    """Whether the batch may be taken over; ``open`` while results are missing."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """What one person found of one record of the sample."""

    record_id: str
    person: str
    is_defective: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the defective records, and those that a second person still has to see."""

    verdict: Verdict
    defective: tuple[str, ...]
    unchecked: tuple[str, ...]


def draw(record_ids: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """``size`` of the records (all where there are fewer), chosen by the seed alone, in the order drawn.

    The order in which the records are given does not matter. Raises ValueError for a size below 1.
    """
    if size < 1:
        raise ValueError("a sample has at least one record")
    return tuple(sorted(set(record_ids), key=lambda name: (_rank(seed, name), name))[:size])


def _rank(seed: str, record_id: str) -> str:
    return hashlib.sha256(f"{seed}\0{record_id}".encode()).hexdigest()


def judge(sample: Sequence[str], results: Iterable[Result], accept_number: int) -> Judgement:
    """Accepted when two different persons saw every record and at most ``accept_number`` are defective.

    A record is defective when any person's last result says so. More defective records than that
    refuse the batch at once, whatever else is still unchecked.
    """
    latest: dict[str, dict[str, bool]] = defaultdict(dict)
    for result in results:
        latest[result.record_id][result.person] = result.is_defective
    defective = tuple(name for name in sample if any(latest[name].values()))
    unchecked = tuple(name for name in sample if len(latest[name]) < CHECKERS)
    if len(defective) > accept_number:
        return Judgement(Verdict.REFUSED, defective, unchecked)
    return Judgement(Verdict.OPEN if unchecked else Verdict.ACCEPTED, defective, unchecked)
