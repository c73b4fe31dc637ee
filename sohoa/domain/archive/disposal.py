"""Holds and disposal of records, as their histories tell them, and the trace of one that is gone.

A hold refuses change and deletion until it is released. Disposal is proposed by one person and confirmed by
another; then manifests, histories and a tombstone stay of the record, so that its place in digests is proven.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import Told
from sohoa.domain.archive.versions import is_manifest_path, json_bytes, version_of
from sohoa.domain.errors import Corrupt

DISPOSED = "disposed: "
"""How ``RecordRow.withdrawn`` begins for a record whose files were disposed of."""
TOMBSTONE = "disposed.json"
SCHEMA = "sohoa-disposal/1"
_HOLDS = (Action.HELD, Action.HOLD_RELEASED)
_DISPOSALS = (Action.DISPOSAL_PROPOSED, Action.DISPOSED)


Event = TypeVar("Event", bound=Told)


def held_by(history: Sequence[Event]) -> Event | None:
    """The event of the hold that is in force."""
    return _last(history, _HOLDS, Action.HELD)


def proposed_by(history: Sequence[Event]) -> Event | None:
    """The event of the newest proposal to dispose of the record, which nobody has confirmed."""
    return _last(history, _DISPOSALS, Action.DISPOSAL_PROPOSED)


def disposed_by(history: Sequence[Event]) -> Event | None:
    """The event by which the record was disposed of; there is no way back."""
    return next((event for event in reversed(history) if event.action == Action.DISPOSED), None)


def _last(history: Sequence[Event], among: Sequence[Action], wanted: Action) -> Event | None:
    last = next((event for event in reversed(history) if event.action in among), None)
    return last if last is not None and last.action == wanted else None


def stays(path: str) -> bool:
    """Whether a file of a record, by its path there, stays when it is disposed of."""
    is_history = version_of(path) > 0 and path.partition("/")[2] == "events.jsonl"
    return is_manifest_path(path) or is_history or path == TOMBSTONE


def tombstone(event: Told) -> bytes:
    """The file that stays and says who disposed of the record, when, why and of which version."""
    return tombstone_of(event.subject, event.at, event.actor, event.details)


def tombstone_of(record_id: str, at: datetime, actor: str, details: Mapping[str, Any]) -> bytes:
    """The tombstone before its event is written."""
    told = {"record_id": record_id, "at": at.isoformat(), "confirmed_by": actor}
    return json_bytes({"schema": SCHEMA, **told, **details})


def told_by(data: bytes, record_id: str) -> tuple[datetime, str, Mapping[str, Any]]:
    """When the record was disposed of, by whom, and the details of the event; raises ``Corrupt``."""
    try:
        told = json.loads(data)
        schema, name, at = told.pop("schema"), told.pop("record_id"), datetime.fromisoformat(told.pop("at"))
        actor = str(told.pop("confirmed_by"))
        second = actor != told["proposed_by"] and bool(told["manifest_sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Corrupt(f"the tombstone of record {record_id} cannot be read") from error
    if (schema, name) != (SCHEMA, record_id) or not second:
        raise Corrupt(f"the tombstone of record {record_id} tells of something else")
    return at, actor, told
