"""The nightly run: discover, batches, and what became of every object.

A document's own trouble is an outcome; only infrastructure (store, ledger, index, settings) raises.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any

from sohoa.domain.errors import DocumentFailed, NoSpace, SohoaError
from sohoa.domain.inbox import Batch, masked, plan
from sohoa.domain.layout import json_bytes
from sohoa.domain.states import InboxObject, Outcome, State
from sohoa.ports import Reports
from sohoa.usecases.digitize import digitize
from sohoa.usecases.quarantine import dispose
from sohoa.usecases.reconcile import reconcile
from sohoa.usecases.services import Services

log = logging.getLogger("sohoa.nightly")
REPORT = "last-run.json"
Group = tuple[tuple[str, str], ...]
_CLAIM_POLL_S = 0.5


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


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What one task did; ``skipped`` are groups, or the ends of such, that another run had claimed."""

    number: int
    documents: tuple[Done, ...]
    skipped: tuple[Group, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data for XCom: keys, states, ids."""
        return {
            "number": self.number,
            "documents": [done.to_json() for done in self.documents],
            "skipped": [[list(pair) for pair in group] for group in self.skipped],
        }


def preflight(services: Services) -> None:
    """Every service answers and there is room to work; raises before anything was started."""
    services.store.ping()
    services.index.ping()
    services.states.ping()
    free, needed = services.store.free_bytes(), services.policy.min_free_bytes
    if free is not None and free < needed:
        raise NoSpace(
            f"{free // 2**20} MiB free on the object store, {needed // 2**20} MiB needed"
            " (nightly.min_free_bytes): make room, then start again"
        )


def plan_batches(services: Services) -> list[Batch]:
    """Observe the inbox listing and cut what is to be done into batches."""
    policy = services.policy
    services.states.observe(services.store.list(policy.inbox))
    limit = policy.attempts * policy.nights
    waiting = (
        row
        for row in services.states.objects(states=(State.PENDING, State.FAILED))
        if not row.replaced and not row.removed_by and row.attempts < limit
    )
    return list(plan(waiting, policy.batch_files, policy.batch_bytes))


def run_batch(
    services: Services, batch: Batch, on_progress: Callable[[Done], None] = lambda _: None
) -> BatchResult:
    """Work on a batch, several documents at a time; raises only for infrastructure."""
    documents, skipped = list[Done](), list[Group]()
    with ThreadPoolExecutor(services.workers, thread_name_prefix="document") as threads:
        futures = [threads.submit(_run_group, services, group, on_progress) for group in batch.groups]
        try:
            for future in as_completed(futures):
                done, left = future.result()
                documents += done
                skipped += [left] if left else []
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    documents.sort(key=lambda done: done.key)
    return BatchResult(batch.number, tuple(documents), tuple(sorted(skipped)))


def _run_group(
    services: Services, group: Group, on_progress: Callable[[Done], None]
) -> tuple[list[Done], Group]:
    """What was done, and the end of the group from the first object on that another run has claimed."""
    done = list[Done]()
    for place, (key, etag) in enumerate(group):
        if not services.states.claim(key, etag, services.owner):
            return done, group[place:]
        try:
            outcome = _run_claimed(services, key, etag)
        finally:
            services.states.release(key, etag, services.owner)
        if outcome is not None:
            shown = masked(key) if outcome.state is State.QUARANTINED else key
            done.append(Done(shown, outcome.state, outcome.reason, outcome.record_id, outcome.pages))
            log.info("%s %s %s", outcome.state.value, shown, outcome.reason)
            on_progress(done[-1])
    return done, ()


def _run_claimed(services: Services, key: str, etag: str) -> Outcome | None:
    """Work on one claimed object; None when there is nothing (any more) to do."""
    row = next((r for r in services.states.find(key) if r.etag == etag), None)
    info = services.store.stat(services.policy.inbox, key)
    if row is None or row.state not in (State.PENDING, State.FAILED) or info is None or info.etag != etag:
        return None
    for attempt in range(1, services.policy.attempts + 1):
        outcome = _attempt(services, row)
        failed = outcome.state is State.FAILED
        _settle(services, row, outcome)
        if not failed:
            break
        log.warning("attempt %d of %d failed: %s", attempt, services.policy.attempts, outcome.detail)
    return outcome


def _attempt(services: Services, row: InboxObject) -> Outcome:
    """One try; trouble of the document's own becomes a failed outcome that never quotes the document."""
    try:
        with services.store.fetch(services.policy.inbox, row.key) as path:
            return digitize(services, row, path)
    except DocumentFailed as error:
        return Outcome(State.FAILED, error.code, error.detail)
    except SohoaError:
        raise
    except Exception as error:  # noqa: BLE001  one document's unexpected error must not stop the night
        return Outcome(State.FAILED, "internal", _place_of(error))


def _place_of(error: Exception) -> str:
    """Type and place of an error; never its message, which may quote the document."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f" in {step.tb_frame.f_code.co_name}, line {step.tb_lineno}" if step else ""
    return type(error).__name__ + place


def _settle(services: Services, row: InboxObject, outcome: Outcome) -> None:
    now = services.clock.now()
    services.states.settle(row.key, row.etag, outcome, now, attempt=outcome.state is State.FAILED)
    details = {"state": outcome.state.value, "reason": outcome.reason, "etag": row.etag}
    services.events.append(row.key, services.actor, "settled", details, now)
    if outcome.state is State.QUARANTINED:
        dispose(services, row)


def finish(services: Services, started_at: datetime, results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Wait for live claims, take over dead ones, count the inbox, write the last-run report; returns it.

    ``results`` are the JSON forms of the run's batches. ``states`` cover the whole inbox.
    """
    while services.states.live_claims():
        Event().wait(_CLAIM_POLL_S)
    left = tuple(tuple((k, e) for k, e in group) for result in results for group in result["skipped"])
    results = [*results, run_batch(services, Batch(0, left)).to_json()]
    documents = [done for result in results for done in result["documents"]]
    balance = reconcile(services)
    now = services.clock.now()
    report = {
        "failed": False,
        "states": dict(balance.states),
        "reconciled": balance.holds,
        "documents": documents,
        "pages": sum(done["pages"] for done in documents),
        "seconds": round((now - started_at).total_seconds(), 1),
        "started_at": started_at.isoformat(),
        "finished_at": now.isoformat(),
    }
    services.reports.write(REPORT, json_bytes(report))
    return report


def last_report(reports: Reports) -> dict[str, Any]:
    """What the newest last-run report says; empty when there is none."""
    return dict(json.loads(reports.read(REPORT) or b"{}"))


def report_failure(reports: Reports, error: str, at: datetime) -> None:
    """Leave a last-run report that says that the night failed and why."""
    report = {"failed": True, "error": error, "finished_at": at.isoformat()}
    reports.write(REPORT, json_bytes(report))


def nightly(
    services: Services, on_plan: Callable[[int], None], on_progress: Callable[[Done], None]
) -> dict[str, Any]:
    """The whole night in one process: what the DAG ``digitize_nightly`` does, task after task."""
    started_at = services.clock.now()
    preflight(services)
    batches = plan_batches(services)
    on_plan(sum(len(batch.keys) for batch in batches))
    results = [run_batch(services, batch, on_progress).to_json() for batch in batches]
    return finish(services, started_at, results)
