"""The hash chain of events: canonical JSON, the hash of one event, and where a chain breaks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol


class Told(Protocol):
    """What an event tells: of what, when, who did what."""

    @property
    def subject(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


class Link(Told, Protocol):
    """What the chain needs of an event."""

    @property
    def previous(self) -> str: ...
    @property
    def hash(self) -> str: ...


def canonical_json(value: Any) -> str:
    """One text per value: sorted keys, no spaces, letters unescaped; raises TypeError or ValueError."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def event_hash(
    subject: str, at: datetime, actor: str, action: str, details: Mapping[str, Any], previous: str
) -> str:
    """SHA-256, hexadecimal, over the canonical JSON of an event and the hash before it.

    ``at`` must be timezone-aware; it is hashed in UTC with microseconds.
    """
    if at.tzinfo is None:
        raise ValueError("the time of an event needs a time zone")
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    sealed = [subject, moment, actor, action, dict(details), previous]
    return hashlib.sha256(canonical_json(sealed).encode()).hexdigest()


def first_break(events: Iterable[Link]) -> int | None:
    """Position (from 0) of the first event that was changed, moved or torn off; None if intact.

    One that no chain can hold was changed, too. An event missing at the end cannot be seen from the chain
    alone: compare its head with a stored one.
    """
    previous = ""
    for position, event in enumerate(events):
        if event.previous != previous or event.hash != _hash_of(event, previous):
            return position
        previous = event.hash
    return None


def _hash_of(event: Link, previous: str) -> str | None:
    """The hash that the event must have; None where it cannot have one."""
    try:
        return event_hash(event.subject, event.at, event.actor, event.action, event.details, previous)
    except (TypeError, ValueError, RecursionError):
        return None
