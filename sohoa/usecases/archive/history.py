"""The history of a record as it is stored with each version: chained events, one JSON line each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import canonical_json, event_hash
from sohoa.domain.archive.record import Record, is_sealed
from sohoa.domain.errors import Corrupt
from sohoa.domain.protection.access import Reader
from sohoa.ports import Event

Done = tuple[Action, Mapping[str, Any]]
"""What was done, with its details."""


def chained(
    subject: str, actor: str, at: datetime, actions: Sequence[Done], before: Sequence[Event] = ()
) -> list[Event]:
    """The subject's events so far and the new ones, each linked to the one before."""
    events = list(before)
    for action, details in actions:
        previous = events[-1].hash if events else ""
        digest = event_hash(subject, at, actor, action.value, details, previous)
        events.append(Event(subject, at, actor, action.value, dict(details), previous, digest))
    return events


def first_history(
    reader: Reader, settings_sha256: str, record: Record, pdf_sha256: str, at: datetime
) -> bytes:
    """``events.jsonl`` of a record's first version: who did what with which tools and settings."""
    source = record["source"]
    actions: list[Done] = [
        (
            Action.RECEIVED,
            {"key": source["key"], "sha256": source["sha256"], "size_bytes": source["size_bytes"]},
        ),
        (Action.RECOGNISED, {"pages": len(record["pages"]), "tools": record["tools"]}),
        (Action.SCREENED, {"hit": None, "released": record.get("released", ())}),
        *_made(settings_sha256, record, pdf_sha256),
    ]
    return events_bytes(chained(record["record_id"], reader.actor, at, actions))


def part_history(
    reader: Reader,
    settings_sha256: str,
    record: Record,
    origin: Mapping[str, Any],
    pdf_sha256: str,
    at: datetime,
) -> bytes:
    """``events.jsonl`` of a part's first version; ``origin`` says of which record and pages it was made."""
    actions = [(Action.SPLIT_OFF, origin), *_made(settings_sha256, record, pdf_sha256)]
    return events_bytes(chained(record["record_id"], reader.actor, at, actions))


def _made(settings_sha256: str, record: Record, pdf_sha256: str) -> list[Done]:
    return [
        (Action.DESCRIBED, {"fields": sorted(record["fields"]), "review": record["review"]}),
        sealed_or_not(record, pdf_sha256),
        (Action.ARCHIVED, {"version": 1, "settings_sha256": settings_sha256}),
    ]


def sealed_or_not(record: Record, pdf_sha256: str) -> Done:
    """That the copy with these bytes was signed, or that it waits for its signature."""
    seal = record["seal"]
    if not is_sealed(record):
        return Action.UNSEALED, {"sha256": pdf_sha256}
    return Action.SEALED, {"sha256": pdf_sha256, "signer": seal["signer"], "test_key": seal["test_key"]}


def events_bytes(events: Sequence[Event]) -> bytes:
    """One canonical JSON line per event."""
    lines = [
        canonical_json(
            {
                "subject": e.subject,
                "at": e.at.isoformat(),
                "actor": e.actor,
                "action": e.action,
                "details": dict(e.details),
                "previous": e.previous,
                "hash": e.hash,
            }
        )
        for e in events
    ]
    return ("\n".join(lines) + "\n").encode()


def events_from(data: bytes) -> list[Event]:
    """The inverse of ``events_bytes``; raises ``Corrupt``."""
    try:
        return [_event(json.loads(line)) for line in data.decode().splitlines()]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Corrupt(f"unreadable events: {type(error).__name__}") from error


def _event(row: Any) -> Event:
    texts = {name: row[name] for name in ("subject", "actor", "action", "previous", "hash")}
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(row["details"], dict):
        raise TypeError("an event of another form")
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError("an event without a time zone")
    return Event(at=at, details=row["details"], **texts)
