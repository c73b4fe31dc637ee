"""States of inbox objects: every object is in exactly one, and they add up to the listing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where an inbox object is on its way (the published invariant of ``sohoa reconcile``)."""

    PENDING = "pending"
    ARCHIVED = "archived"
    NEEDS_REVIEW = "needs_review"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    COMPANION = "companion"


IN_ARCHIVE = frozenset({State.ARCHIVED, State.NEEDS_REVIEW})


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One object of a bucket's listing; ``etag`` changes when the bytes do."""

    key: str
    size_bytes: int
    etag: str


@dataclass(frozen=True, slots=True)
class Stray:
    """Something in a bucket that is no object: its key, and what it is, in a word or two."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class InboxObject:
    """The ledger's row of one inbox object version (key and etag).

    ``detail`` is for the operator and never holds text of the document. ``replaced`` says that the
    object under this key was overwritten later, so that it is no longer in the listing; ``removed``
    that a named person removed a quarantined object (a tombstone).
    """

    key: str
    etag: str
    size_bytes: int
    state: State = State.PENDING
    reason: str = ""
    detail: str = ""
    sha256: str = ""
    record_id: str = ""
    attempts: int = 0
    replaced: bool = False
    removed_by: str = ""
    updated_at: datetime | None = None

    @property
    def agency(self) -> str:
        """The agency code: the first part of the key."""
        return self.key.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object in one run: the decision, as a value."""

    state: State
    reason: str = ""
    detail: str = ""
    sha256: str = ""
    record_id: str = ""
    pages: int = 0
