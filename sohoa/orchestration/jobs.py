"""What the tasks of our DAGs do: open the services, call one use case, hand on plain values.

The use cases and adapters are imported inside the functions: DAG files, which import this module, are
read every few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from sohoa.domain.errors import Unavailable
from sohoa.orchestration.failures import translated
from sohoa.settings import load_settings

if TYPE_CHECKING:
    from sohoa.domain.protection.access import Reader
    from sohoa.usecases.pipeline.attempts import Done
    from sohoa.usecases.services import Services

PROGRESS_LOGGER = "sohoa.progress"
# Airflow refuses to map over more (core.max_map_length); what is left waits for the next night.
MAX_BATCHES = 1000


@contextmanager
def _services() -> Iterator[tuple[Reader, Services]]:
    from sohoa.wiring import open_services, reader_of

    with translated(), open_services(load_settings()) as services:
        yield reader_of(services), services


def preflight() -> None:
    """Services answer and there is room; fails the night before anything was started."""
    from sohoa.usecases.pipeline import nightly

    with _services() as (_, services):
        nightly.preflight(services)


def plan_batches() -> list[list[list[str]]]:
    """Batches for mapping: groups of ids, as Airflow's own database and pages show them to all its users."""
    from sohoa.usecases.pipeline import nightly

    with _services() as (_, services):
        batches = nightly.plan_batches(services)[:MAX_BATCHES]
    total = sum(len(batch.keys) for batch in batches)
    structlog.get_logger(PROGRESS_LOGGER).info(f"{total} files in {len(batches)} batches", planned=total)
    return [batch.ids for batch in batches]


def run_batch(batch: list[list[str]]) -> dict[str, Any]:
    """One batch from intake to index; returns states, keys and ids, never text."""
    from sohoa.usecases.pipeline import nightly

    with _services() as (reader, services):
        planned = nightly.batch_of(services.states, batch)
        result = nightly.run_batch(reader, services, planned, _began(services), _log_progress)
        if result.trouble is not None:
            raise result.trouble
        return result.to_json()


def _began(services: Services) -> datetime:
    return get_current_context()["dag_run"].start_date or services.clock.now()


def _log_progress(done: Done) -> None:
    from sohoa.domain.archive.object_keys import visible

    reason = f" ({done.reason})" if done.reason else ""
    line = f"{visible(done.key)}: {done.state.value}{reason}"
    structlog.get_logger(PROGRESS_LOGGER).info(line, state=done.state.value, pages=done.pages)


def finish(results: Any) -> dict[str, Any]:
    """Count every object of the inbox and write the last-run report; returns the counts.

    ``results`` is what Airflow makes of the mapped batches: a lazy sequence of what ``run_batch`` returned.
    """
    from sohoa.usecases.pipeline import nightly

    with _services() as (reader, services):
        report = nightly.finish(reader, services, _began(services), list(results), _log_progress)
    return {name: report[name] for name in ("states", "pages", "seconds")}


def write_coverage() -> list[str]:
    """Write coverage, publish the snapshot of the last day; returns the names of files and folders."""
    from sohoa.usecases.coverage.snapshots import write_snapshot

    with _services() as (reader, services):
        return list(write_snapshot(reader, services))


def deliver() -> dict[str, int]:
    """Deliver the newest snapshot, and what waits; how many do not have theirs yet, by receiver.

    Who is away fails no night: what waits is sent by ``deliver_pending``, and by every later run.
    """
    return _deliver(fresh=True)


def deliver_pending() -> dict[str, int]:
    """Deliver what waits and is to be tried again by now; how many wait still, by receiver."""
    return _deliver(fresh=False, due=True)


def _deliver(*, fresh: bool, due: bool = False) -> dict[str, int]:
    from sohoa.usecases.coverage.deliver import deliver as send

    with _services() as (reader, services):
        done = send(reader, services, fresh=fresh, due=due)
    return {row["name"]: row["waiting"] + row["uncertain"] for row in done["deliveries"]}


def verify_share() -> list[str]:
    """Check the records that are due, write ``fixity.json``; returns every fault as a line."""
    from sohoa.usecases.checks.fixity import check_share

    with _services() as (_, services):
        share = check_share(services)
    line = f"{share.report.checked} records checked, {len(share.report.faults)} faults"
    structlog.get_logger(PROGRESS_LOGGER).info(line)
    return [f"{f.path}: {f.kind}: expected {f.expected}, found {f.found}" for f in share.report.faults]


def raise_alert(faults: Any) -> int:
    """Tell whoever waits for the asset that there are faults; skipped where there are none."""
    if not faults:
        raise AirflowSkipException("no faults")
    return len(faults)


def judge(faults: Any) -> None:
    """Fails and lists every fault."""
    if faults:
        raise AirflowFailException("\n".join(["Corrupt: faults in the archive:", *faults]))


def renew_timestamps() -> int:
    """Renew time-stamps near their end; fails and says why where one could not be; returns how many were."""
    from sohoa.usecases.archive.renewals import renew_seals

    within = load_settings().seal.renew_within
    with _services() as (reader, services):
        done = renew_seals(reader, services, within)
        if done.waiting:
            raise Unavailable("; ".join(f"{name}: {reason}" for name, reason in done.waiting.items()))
    return len(done.sealed)


def reindex_all() -> int:
    """Rebuild the search index from the archive; returns the number of records."""
    from sohoa.usecases.checks.reindex import reindex

    with _services() as (_, services):
        return reindex(services)
