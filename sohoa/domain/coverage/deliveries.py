"""Deliveries of snapshots to other systems: who gets what, how each stands, and when it is tried again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

Language = Literal["vi", "en"]
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Formats in which a snapshot is published, and what each is on the web."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One receiver, as configured; ``place`` is where it is, without any secret."""

    name: str
    kind: str
    place: str
    formats: tuple[str, ...]
    language: Language


class Standing(StrEnum):
    """How a snapshot's delivery stands; ``uncertain`` is nobody's to repeat but a person's."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The snapshot of a day for one receiver.

    ``attempts`` counts those that were begun; ``detail`` is what the last one met; ``next_at`` is when it is
    tried again by itself; ``changed_at`` when the last attempt ended, or it was put here.
    """

    delivery: str
    day: date
    sha256: str
    standing: Standing
    attempts: int
    detail: str
    next_at: datetime
    changed_at: datetime

    @property
    def key(self) -> str:
        """What the receiver knows a repeat by: the same at every attempt, for no other snapshot."""
        return hashlib.sha256(f"{self.sha256}\n{self.delivery}".encode()).hexdigest()

    @property
    def subject(self) -> str:
        """Whose chain of events tells of it."""
        return subject_of(self.delivery)


def subject_of(delivery: str) -> str:
    """The chain of a receiver's events."""
    return f"{CHAIN}{delivery}"


CHAIN = "deliveries/"
"""How the subjects of all receivers' chains begin."""


class Result(StrEnum):
    """What an attempt led to.

    ``away``: it may succeed soon. ``refused``: a person must mend something, here or there. ``uncertain``:
    it was handed over and nobody said that it arrived.
    """

    DELIVERED = "delivered"
    AWAY = "away"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an attempt led to, and what was answered, in a few words without any secret."""

    result: Result
    detail: str


@dataclass(frozen=True, slots=True)
class ParcelFile:
    """One file of a parcel."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a receiver gets, with a summary in its language; ``key`` is the same in every attempt."""

    delivery: str
    day: date
    sha256: str
    key: str
    language: Language
    summary: str
    files: tuple[ParcelFile, ...]


def wait_after(attempts: int) -> timedelta:
    """How long after that many attempts it is left alone: 5 minutes, doubled each time, 6 hours at most."""
    doubled = min(max(attempts - 1, 0), 12)
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << doubled))
