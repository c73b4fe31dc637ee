"""Undo: another chance for rejected and failed objects, and the withdrawal of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.disposal import DISPOSED
from sohoa.domain.archive.object_keys import key_of_name
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.domain.protection.access import Reader
from sohoa.domain.reasons import REASONS
from sohoa.ports import DocumentStates
from sohoa.usecases.archive.services import VersionServices
from sohoa.usecases.archive.standing import SUPERSEDED, settle_object
from sohoa.usecases.archive.versions import check_no_hold, claimed, current, refresh, rivals_in_queue, unknown
from sohoa.usecases.review.services import RetryServices


def retry(reader: Reader, services: RetryServices, keys: Sequence[str], reason: str = "") -> int:
    """Set rejected and failed objects back to pending, by key or by reason code; returns how many.

    Raises ``Refused`` for a key that is not in the inbox, for an unknown reason, and for ``withdrawn``:
    a person withdrew each of those records, and brings each back by its key.
    """
    if reason == "withdrawn":
        raise InvalidRequest("withdrawn", "withdrawn records come back one by one: name their keys")
    keys = [key_of_name(key) for key in keys]
    strange = [key for key in keys if not _is_here(reader, services.states, key)]
    if strange or (reason and reason not in REASONS):
        raise NotFound("object", f"there is no object or reason {', '.join(strange) or reason}")
    now = services.clock.now()
    if not keys and reason and reader.access.agencies is not None:
        keys = [row.key for row in _given_up(services.states, reason) if reader.access.covers(row.agency)]
        if not keys:
            return 0
    changed = services.states.retry(keys, reason, now)
    for subject in (keys or [f"reason:{reason}"]) if changed else ():
        services.events.append(subject, reader.actor, Action.RETRIED, {"count": changed}, now)
    return changed


def _is_here(reader: Reader, states: DocumentStates, key: str) -> bool:
    return any(reader.access.covers(row.agency) for row in states.find(key))


def _given_up(states: DocumentStates, reason: str) -> Iterator[InboxObject]:
    rows = states.objects(states=(State.REJECTED, State.FAILED))
    return (row for row in rows if row.reason == reason)


def withdraw(reader: Reader, services: VersionServices, record_id: str, reason: str) -> None:
    """Take a record out of index and counts (wrong agency, wrong paper); its bytes are kept.

    Records that waited because they share its number are looked at anew. Raises ``Refused`` for an
    unknown record, for one that a person split or merged, for an empty reason, and for one that reads like
    the mark of a disposal or a split. Repeating it changes nothing.
    """
    row = services.records.record(record_id)
    if row is None or row.version < 1 or not reader.access.covers(row.agency):
        raise unknown(record_id)
    if not reason.strip():
        raise InvalidRequest("why", "a withdrawal needs a reason")
    if reason.startswith((DISPOSED, SUPERSEDED)):
        words = f"{DISPOSED.strip()!r} or {SUPERSEDED.strip()!r}"
        raise InvalidRequest("why_words", f"a reason of withdrawal does not begin with {words}: reword it")
    current(reader, services, record_id)
    with claimed(services, row):
        now = current(reader, services, record_id)
        if now.row.withdrawn.startswith(SUPERSEDED):
            raise InvalidRequest("superseded", f"record {record_id} was {now.row.withdrawn}: withdraw those")
        if not now.row.withdrawn:
            check_no_hold(services.events, record_id)
            details = {"reason": reason}
            at = services.clock.now()
            services.events.append(record_id, reader.actor, Action.WITHDRAWN, details, at)
            services.records.save(replace(now.row, withdrawn=reason), at)
        services.index.remove([record_id])
        services.queue.dequeue(record_id)
        settle_object(services, now.row)
    for other in rivals_in_queue(services, now):
        refresh(services, other)
