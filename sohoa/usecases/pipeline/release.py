"""Release: a named person for security lets one secrecy mark of one held object pass."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.records import record_id
from sohoa.domain.errors import InvalidRequest, NotAllowed, NotFound
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.domain.protection.secrecy import NoticedMark
from sohoa.ports import DocumentStates, NewEvent
from sohoa.usecases.archive.releases import released_marks
from sohoa.usecases.pipeline.quarantine import quarantined
from sohoa.usecases.pipeline.services import ReleaseServices

_DECLASSIFIED = "declassified_mark"
_SHORTEST = 8


def release(
    reader: Reader, services: ReleaseServices, name: str, why: str, *, false_alarm: bool = False
) -> Sequence[InboxObject]:
    """Set a held object, and those with the same bytes, back to pending; returns them.

    The next night passes over that mark of these bytes, and over no other. ``name`` is the record id that
    the object will have, or its SHA-256 or 8 and more characters of its beginning. Raises
    ``Refused`` unless the mark is a declassification stamp, or a secrecy mark beside a stamp that was
    released before, or the person says that it is none (``false_alarm``); for a recall mark always.
    """
    reader.decides(Right.QUARANTINE)
    if not why.strip():
        raise InvalidRequest("why", "a release needs a reason")
    rows = _held(reader, services.states, name)
    hit = next((hit for row in rows if (hit := NoticedMark.of(row.reason, row.detail))), None)
    if hit is None:
        raise InvalidRequest("mark", f"it is not known which mark holds {name}: ask the operator")
    if hit.reason == "recall_mark":
        raise NotAllowed(
            "recall_mark", "a recall mark is not released here: the paper goes back to who recalled it"
        )
    earlier = released_marks(services.events, rows[0].key, rows[0].sha256)
    is_declassified = any(mark.reason == _DECLASSIFIED for mark in {hit, *earlier})
    if not is_declassified and not false_alarm:
        raise NotAllowed(
            "secrecy_mark", "only a declassification stamp is released, or what bears no secrecy mark at all"
        )
    for row in rows:
        _let_pass(reader, services, row, hit, why, false_alarm)
    return rows


def _held(reader: Reader, states: DocumentStates, name: str) -> list[InboxObject]:
    rows = [row for row in quarantined(reader, states) if _is_meant(row, name)]
    if not rows:
        raise NotFound("held_object", f"no held object is called {name!r}")
    if len({(row.agency, row.sha256) for row in rows}) > 1:
        raise InvalidRequest("held_object", f"{name!r} means several objects: give more of the digest")
    return rows


def _is_meant(row: InboxObject, name: str) -> bool:
    by_digest = len(name) >= _SHORTEST and row.sha256.startswith(name)
    return by_digest or record_id(row.agency, row.sha256) == name


def _let_pass(
    reader: Reader, services: ReleaseServices, row: InboxObject, hit: NoticedMark, why: str, false_alarm: bool
) -> None:
    if not services.states.claim(row.key, row.etag, services.owner):
        raise InvalidRequest("running", "a run is working on the object: release it when the run is over")
    try:
        details = {
            "sha256": row.sha256,
            "reason": hit.reason,
            "rule": hit.rule,
            "page": hit.page,
            "why": why,
            "false_alarm": false_alarm,
        }
        event = NewEvent(reader.actor, Action.RELEASED, details)
        waits = Outcome(State.PENDING, sha256=row.sha256)
        services.states.settle(row.key, row.etag, waits, services.clock.now(), event=event)
    finally:
        services.states.release(row.key, row.etag, services.owner)
