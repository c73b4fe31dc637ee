"""The nightly run: discover, batches, and what became of every object.

A document's own trouble is an outcome. Trouble of the infrastructure (store, ledger, index, settings) leaves
the document as it was and the others go on, until several in a row have it; the night raises it at its end.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sohoa.domain.archive.object_keys import visible
from sohoa.domain.archive.versions import json_bytes
from sohoa.domain.errors import Misconfigured, NoSpace, SohoaError, Unavailable
from sohoa.domain.inbox.folder_documents import folder_of
from sohoa.domain.inbox.keys import Batch, groups_of, ids_of, masked, plan
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import Reader
from sohoa.ports import DocumentStates, Reports
from sohoa.usecases.archive.pending_seals import key_warnings, seals_of_the_night
from sohoa.usecases.checks.day_digests import digest_of_the_day
from sohoa.usecases.checks.reconcile import reconcile
from sohoa.usecases.coverage.monitoring import NIGHT, night_samples, tell
from sohoa.usecases.evidence.aliases import learnt_agencies
from sohoa.usecases.pipeline.attempts import Done, is_manifest, place_of, work_on_object
from sohoa.usecases.pipeline.folder_document import work_on_folder
from sohoa.usecases.services import Services

log = logging.getLogger("sohoa.nightly")
REPORT = "last-run.json"
Group = tuple[tuple[str, str], ...]
_CLAIM_POLL_S = 0.5
_HOPELESS = 3
"""Documents one after the other that met trouble of the infrastructure: the next would fare no better."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What one task did; ``skipped`` is what it left to ``finish``.

    That are groups, or the ends of such, that another run had claimed, and manifests, each alone. ``trouble``
    is the first of the infrastructure that a document met; it waits as it did before.
    """

    documents: tuple[Done, ...]
    skipped: tuple[Group, ...]
    trouble: SohoaError | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data for XCom: what was done, and the ids of what was not."""
        return {
            "documents": [done.to_json() for done in self.documents],
            "skipped": ids_of(self.skipped),
        }


def preflight(services: Services) -> None:
    """Every service answers and there is room to work; raises before anything was started.

    Keys that are away stop nothing: what they would sign waits. Settings that name no key raise
    ``Misconfigured``.
    """
    services.store.ping()
    services.index.ping()
    services.states.ping()
    free, needed = services.store.free_bytes(), services.policy.min_free_bytes
    if free is not None and free < needed:
        raise NoSpace(
            f"{free // 2**20} MiB free on the object store, {needed // 2**20} MiB needed"
            " (nightly.min_free_bytes): make room, then start again"
        )
    try:
        for warning in key_warnings(services):
            log.warning("%s", warning)
    except Misconfigured:
        raise
    except Exception as error:  # noqa: BLE001  documents are archived without a key, and wait for it
        log.warning("the keys could not be looked at: %s", place_of(error))


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


def batch_of(states: DocumentStates, ids: Sequence[Sequence[str]]) -> Batch:
    """The batch of which ``ids`` was made, as far as its objects are still known."""
    return Batch(groups_of(ids, states.identified({name for group in ids for name in group})))


def run_batch(
    reader: Reader,
    services: Services,
    batch: Batch,
    began: datetime,
    on_progress: Callable[[Done], None] = lambda _: None,
) -> BatchResult:
    """Work on a batch, several documents at a time; raises only where the infrastructure is of no use.

    No document is begun when the time of the night, which ``began`` then, is over.

    Names of agencies that persons taught by then are known to all of it. Manifests are left to the end of
    the night: they revise records that threads of this process, which share its claims, may be at work on.
    """
    groups = [tuple(pair for pair in group if not is_manifest(pair[0])) for group in batch.groups]
    documents = list[Done]()
    skipped: list[Group] = [(pair,) for pair in batch.keys if is_manifest(pair[0])]
    services = replace(services, agencies=learnt_agencies(services)) if any(groups) else services
    troubles, until = _Troubles(), began + timedelta(seconds=services.policy.night_seconds)
    with ThreadPoolExecutor(services.workers, thread_name_prefix="document") as threads:
        futures = [
            threads.submit(_run_group, reader, services, group, until, troubles, on_progress)
            for group in groups
            if group
        ]
        try:
            for future in as_completed(futures):
                done, left = future.result()
                documents += done
                skipped += [left] if left else []
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    documents.sort(key=lambda done: done.key)
    return BatchResult(tuple(documents), tuple(sorted(skipped)), troubles.first)


@dataclass
class _Troubles:
    """What the documents of a batch met of the infrastructure; threads share it."""

    first: SohoaError | None = None
    in_a_row: int = 0

    def met(self, key: str, error: Exception) -> None:
        """Keep the trouble of one document; raises it where it is one too many."""
        own = error if isinstance(error, SohoaError) else Unavailable(f"{masked(key)}: {place_of(error)}")
        log.error("%s waits for the next run: %s", masked(key), own)
        self.first, self.in_a_row = self.first or own, self.in_a_row + 1
        if self.in_a_row >= _HOPELESS:
            raise own from error


def _run_group(
    reader: Reader,
    services: Services,
    group: Group,
    until: datetime,
    troubles: _Troubles,
    on_progress: Callable[[Done], None],
) -> tuple[list[Done], Group]:
    """What was done, and the end of the group from the first object on that another run has claimed."""
    done, folders = list[Done](), set[str]()
    for place, (key, etag) in enumerate(group):
        folder = folder_of(key)
        if folder in folders:
            continue
        if services.clock.now() > until:
            log.warning("the time of the night is over: %s waits for the next one", masked(key))
            continue
        try:
            results = (
                work_on_folder(reader, services, folder)
                if folder
                else work_on_object(reader, services, key, etag)
            )
        except Exception as error:  # noqa: BLE001  the other documents go on
            troubles.met(key, error)
            continue
        if results is None:
            return done, group[place:]
        folders |= {folder} - {""}
        troubles.in_a_row = 0
        for result in results:
            done.append(result)
            log.info("%s %s %s", result.state.value, visible(result.key), result.reason)
            on_progress(result)
    return done, ()


def finish(
    reader: Reader,
    services: Services,
    started_at: datetime,
    results: Sequence[dict[str, Any]],
    on_progress: Callable[[Done], None] = lambda _: None,
) -> dict[str, Any]:
    """Wait for live claims, take over dead ones, hear manifests, count the inbox, write the last-run report.

    ``results`` are the JSON forms of the run's batches. ``states`` of the report, which is returned, cover
    the whole inbox. Trouble of the infrastructure that a document met is raised when the report is written.
    """
    while services.states.live_claims(besides=services.owner):
        services.clock.sleep(_CLAIM_POLL_S)
    left = [group for result in results for group in result["skipped"]]
    last = run_batch(reader, services, batch_of(services.states, left), started_at, on_progress)
    documents = [done for result in (*results, last.to_json()) for done in result["documents"]]
    troubles = _Troubles(last.trouble)
    documents += _apply_late_manifests(reader, services, started_at, last.skipped, troubles, on_progress)
    closing_troubles = _Troubles(troubles.first)
    closing = _closing(reader, services, started_at, closing_troubles)
    balance = reconcile(services)
    for stray in balance.strays:
        log.warning("%s", stray)
    now = services.clock.now()
    report = {
        "failed": False,
        "states": dict(balance.states),
        "reconciled": balance.holds,
        "strays": len(balance.strays),
        "documents": documents,
        **closing,
        "pages": sum(done["pages"] for done in documents),
        "seconds": round((now - started_at).total_seconds(), 1),
        "started_at": started_at.isoformat(),
        "finished_at": now.isoformat(),
    }
    _write(services.reports, report)
    if closing_troubles.first is not None:
        raise closing_troubles.first
    return report


def _apply_late_manifests(
    reader: Reader,
    services: Services,
    began: datetime,
    groups: Sequence[Group],
    troubles: _Troubles,
    on_progress: Callable[[Done], None],
) -> list[dict[str, Any]]:
    """Work on the manifests among what batches left, one after another; what was done, as plain data."""
    found = list[Done]()
    for key, etag in (pair for group in groups for pair in group if is_manifest(pair[0])):
        try:
            results = work_on_object(reader, services, key, etag, began) or ()
        except Exception as error:  # noqa: BLE001  the other manifests are heard
            troubles.met(key, error)
            continue
        for done in results:
            found.append(done)
            on_progress(done)
    return [done.to_json() for done in found]


def _closing(reader: Reader, services: Services, began: datetime, troubles: _Troubles) -> dict[str, Any]:
    """Sign what waits for it, and bind the archive into the digest of the day; neither stops the other."""
    until = began + timedelta(seconds=services.policy.night_seconds)
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "seals": lambda: seals_of_the_night(reader, services, until),
        "digest": lambda: digest_of_the_day(services),
    }
    done = dict[str, Any]()
    for name, step in steps.items():
        try:
            done[name] = step()
        except Exception as error:  # noqa: BLE001  the night is counted and reported all the same
            troubles.met(name, error)
    return done


def last_report(reports: Reports) -> dict[str, Any]:
    """What the newest last-run report says; empty when there is none."""
    return dict(json.loads(reports.read(REPORT) or b"{}"))


def report_failure(reports: Reports, error: str, exit_code: int, at: datetime) -> None:
    """Leave a last-run report that says that the night failed, why, and with which exit code."""
    report = {"failed": True, "error": error, "exit_code": exit_code, "finished_at": at.isoformat()}
    _write(reports, report)


def _write(reports: Reports, report: dict[str, Any]) -> None:
    reports.write(REPORT, json_bytes(report))
    tell(reports, NIGHT, night_samples(report))


def nightly(
    reader: Reader, services: Services, on_plan: Callable[[int], None], on_progress: Callable[[Done], None]
) -> dict[str, Any]:
    """The whole night in one process: what the DAG ``digitize_nightly`` does, task after task."""
    started_at = services.clock.now()
    preflight(services)
    batches = plan_batches(services)
    on_plan(sum(len(batch.keys) for batch in batches))
    results = [run_batch(reader, services, batch, started_at, on_progress) for batch in batches]
    report = finish(reader, services, started_at, [result.to_json() for result in results], on_progress)
    for result in results:
        if result.trouble is not None:
            raise result.trouble
    return report
