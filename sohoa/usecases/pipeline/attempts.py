"""Work on one inbox object: claimed, tried a few times, settled.

A document's own trouble is an outcome; only infrastructure (store, ledger, index, settings) raises.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import (
    Changed,
    Corrupt,
    DocumentFailed,
    Misconfigured,
    Rejected,
    Unavailable,
    worker_faults_fail_the_document,
)
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME, folder_of
from sohoa.domain.inbox.keys import file_name, masked
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent
from sohoa.usecases.evidence.late_evidence import apply_late_manifest
from sohoa.usecases.pipeline.digitize import digitize
from sohoa.usecases.pipeline.quarantine import dispose
from sohoa.usecases.pipeline.services import DocumentServices, SettleServices

log = logging.getLogger("sohoa.nightly")
TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class Done:
    """What one run did with one object; the key is masked where the object is under secrecy."""

    key: str
    state: State
    reason: str
    record_id: str
    pages: int

    def to_json(self) -> dict[str, Any]:
        """Plain data without any text of the document."""
        return {
            "key": self.key,
            "state": self.state.value,
            "reason": self.reason,
            "record_id": self.record_id,
            "pages": self.pages,
        }


def is_manifest(key: str) -> bool:
    """Whether the object is a shop's manifest of a folder of documents."""
    return file_name(key) == MANIFEST_NAME and not folder_of(key)


def work_on_object(
    reader: Reader, services: DocumentServices, key: str, etag: str, began: datetime | None = None
) -> list[Done] | None:
    """What was done with one object; empty where there was nothing to do, None where another run has it.

    A manifest revises records: it is worked on when no document of the night is. ``began`` is when the night
    did, None where that does not matter: what was described since had the manifest in time.
    """
    if not services.states.claim(key, etag, services.owner):
        return None
    try:
        row = next((r for r in services.states.find(key) if r.etag == etag), None)
        info = services.store.stat(services.policy.inbox, key)
        waiting = row is not None and row.state in (State.PENDING, State.FAILED)
        if row is None or not waiting or info is None or info.etag != etag:
            return []
        with services.store.fetch(services.policy.inbox, key, etag) as path:
            outcome = attempts(
                services.policy.attempts,
                lambda: _digitized(reader, services, row, path, began),
                lambda outcome: settle(reader, services, row, outcome),
            )
        return [done_with(row, outcome)]
    except Changed:
        log.warning("%s was replaced or removed meanwhile", masked(key))
        return []
    finally:
        services.states.release(key, etag, services.owner)


def _digitized(
    reader: Reader, services: DocumentServices, row: InboxObject, path: Path, began: datetime | None
) -> Outcome:
    outcome = digitize(reader, services, row, path)
    if outcome.state is State.COMPANION and is_manifest(row.key):
        with worker_faults_fail_the_document("unavailable"):
            apply_late_manifest(reader, services, row.key, began)
    return outcome


def done_with(row: InboxObject, outcome: Outcome) -> Done:
    """What the run reports of the object."""
    key = masked(row.key) if outcome.state is State.QUARANTINED else row.key
    return Done(key, outcome.state, outcome.reason, outcome.record_id, outcome.pages)


def attempts(most: int, work: Callable[[], Outcome], settled: Callable[[Outcome], None]) -> Outcome:
    """Try the work until it does not fail, at ``most`` so often; every outcome is settled.

    What has used up a document's time is left to the next night, and counts as all tries of this one.
    """
    for attempt in range(1, most + 1):
        outcome = _attempt(work)
        settled(outcome)
        if outcome.state is not State.FAILED or outcome.reason == TIMEOUT:
            break
        log.warning("attempt %d of %d failed: %s", attempt, most, outcome.detail)
    return outcome


def _attempt(work: Callable[[], Outcome]) -> Outcome:
    """One try; trouble of the document's own becomes a failed outcome that never quotes the document."""
    try:
        return work()
    except Rejected as error:
        return Outcome(State.REJECTED, error.code, error.detail)
    except DocumentFailed as error:
        return Outcome(State.FAILED, error.code, error.detail)
    except Corrupt as error:
        return Outcome(State.FAILED, "stored_differs", str(error))
    except (Unavailable, Misconfigured):
        raise
    except Exception as error:  # noqa: BLE001  one document's unexpected error must not stop the night
        return Outcome(State.FAILED, "internal", place_of(error))


def place_of(error: Exception) -> str:
    """Type and place of an error; never its message, which may quote the document."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f" in {step.tb_frame.f_code.co_name}, line {step.tb_lineno}" if step else ""
    return type(error).__name__ + place


def settle(reader: Reader, services: SettleServices, row: InboxObject, outcome: Outcome) -> None:
    """Note what became of the object; one under secrecy is disposed of as the settings say."""
    note(reader, services, row, outcome)
    if outcome.state is State.QUARANTINED:
        dispose(services, row)


def note(reader: Reader, services: SettleServices, row: InboxObject, outcome: Outcome) -> None:
    """Write the outcome into ledger and event log."""
    details = {"state": outcome.state.value, "reason": outcome.reason, "etag": row.etag}
    event = NewEvent(reader.actor, Action.SETTLED, details)
    tries = services.policy.attempts if outcome.reason == TIMEOUT else int(outcome.state is State.FAILED)
    services.states.settle(row.key, row.etag, outcome, services.clock.now(), attempts=tries, event=event)
