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
from sohoa.usecases.coverage.registers import take_over

log = logging.getLogger("sohoa.coverage")
PUBLISHED = ("json", "csv", "html")
_UNTIL_ALL_IS_WRITTEN = timedelta(hours=1)


class SnapshotServices(CoverageServices, Protocol):
    """What publishing needs on top."""

    @property
    def reports(self) -> Reports: ...


def write_snapshot(reader: Reader, services: SnapshotServices) -> list[str]:
    """Publish coverage of today, in Vietnam, and keep the snapshot of the last day; returns the files' names.

    What stands in the configuration's file of holdings is declared first, cells whose records changed are
    counted anew, and all cells are held against a full count. The figures are everybody's: of the whole
    province, whoever has them made.
    """
    everything = replace(reader, access=OPERATOR)
    take_over(everything, services)
    for agency, year in services.counts.recount():
        log.error(
            "coverage cell %s %s was not what its records say; it was counted anew", agency, year or "-"
        )
    names = _publish(everything, services, services.clock.today(), "coverage")
    day = last_day(services.clock.now())
    if services.snapshots.snapshot(day) is None:
        keep(everything, services, day)
        names += _publish(everything, services, day, f"coverage-{day}")
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


def _publish(reader: Reader, services: SnapshotServices, day: date, name: str) -> list[str]:
    report = measure(reader, services, as_of=day)
    names = [f"{name}.{kind}" for kind in PUBLISHED]
    for file, kind in zip(names, PUBLISHED, strict=True):
        services.reports.write(file, services.reports.render(report, kind))
    return names
