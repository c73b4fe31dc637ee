"""What the night publishes: the figures of now, and for good those of the last day that is over."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.local_time import VIETNAM
from sohoa.domain.protection.access import OPERATOR, Reader
from sohoa.ports import NewEvent, Reports, Snapshot
from sohoa.usecases.coverage.measure import CoverageServices, measure
from sohoa.usecases.coverage.monitoring import COVERAGE, coverage_samples, tell
from sohoa.usecases.coverage.publish import PublishServices, publish_missing
from sohoa.usecases.coverage.registers import take_over

log = logging.getLogger("sohoa.coverage")
FORMS = ("json", "csv", "html")
_UNTIL_ALL_IS_WRITTEN = timedelta(hours=1)


class SnapshotServices(CoverageServices, Protocol):
    """What keeping a snapshot needs on top."""

    @property
    def reports(self) -> Reports: ...


def write_snapshot(reader: Reader, services: PublishServices) -> list[str]:
    """Write coverage of today, in Vietnam, keep the snapshot of the last day and publish it.

    Returns the names of the files of today and the folders of the days that were published. What stands in
    the configuration's file of holdings is declared first, cells whose records changed are counted anew, and
    all cells are held against a full count. The figures are everybody's: of the whole province, whoever has
    them made.
    """
    everything = replace(reader, access=OPERATOR)
    take_over(everything, services)
    for agency, year in services.counts.recount():
        log.error(
            "coverage cell %s %s was not what its records say; it was counted anew", agency, year or "-"
        )
    report = measure(everything, services, as_of=services.clock.today())
    names = [f"coverage.{kind}" for kind in FORMS]
    for name, kind in zip(names, FORMS, strict=True):
        services.reports.write(name, services.reports.render(report, kind))
    day = last_day(services.clock.now())
    if services.snapshots.snapshot(day) is None:
        keep(everything, services, day)
    names += [f"snapshots/{published}" for published in publish_missing(everything, services)]
    samples = coverage_samples(report, services.snapshots.newest(), services.clock.now())
    tell(services.reports, COVERAGE, samples)
    return names


def keep(reader: Reader, services: SnapshotServices, day: date) -> Snapshot:
    """Keep the snapshot of that day for good, with an event that bears its hash."""
    report = measure(reader, services, as_of=day)
    data = services.reports.render(report, "json")
    snapshot = Snapshot(day, data, hashlib.sha256(data).hexdigest())
    details = {"day": day.isoformat(), "sha256": snapshot.sha256}
    event = NewEvent(reader.actor, Action.SNAPSHOT_MADE, details)
    services.snapshots.add(snapshot, services.clock.now(), event)
    return snapshot


def last_day(now: datetime) -> date:
    """The last day in Vietnam that is over for an hour: what was archived in it is in the ledger."""
    return (now - _UNTIL_ALL_IS_WRITTEN).astimezone(VIETNAM).date() - timedelta(days=1)
