"""Fixity: every record is read within a set period, a bounded share each night; not read is a fault.

Sets (archive, ledger, index against each other, chains) are compared whole each time: no files are read for
it, but its time grows with the holding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Protocol

from sohoa.domain.archive.versions import json_bytes
from sohoa.ports import FixityLog, FixityState, RecordRow, Reports
from sohoa.usecases.checks.day_digests import DigestServices
from sohoa.usecases.checks.digest_check import newest_faults
from sohoa.usecases.checks.faults import Fault, FaultKind, Faults
from sohoa.usecases.checks.verify import (
    VerifyPolicy,
    VerifyReport,
    VerifyServices,
    check_records,
    check_sets,
    check_surroundings,
    known_rows,
)

REPORT = "fixity.json"
_NOTED_AT_ONCE = 100


class FixityPolicy(VerifyPolicy, Protocol):
    """Within how many days every record is checked, and how many of them at most each time."""

    @property
    def verify_period_days(self) -> int: ...
    @property
    def verify_night_records(self) -> int: ...


class FixityServices(VerifyServices, DigestServices, Protocol):
    """What verifying needs, the digests, and what remembers."""

    @property
    def policy(self) -> FixityPolicy: ...
    @property
    def fixity(self) -> FixityLog: ...
    @property
    def reports(self) -> Reports: ...


@dataclass(frozen=True, slots=True)
class Share:
    """What was checked this time, every fault, and how the archive stands after it."""

    at: datetime
    report: VerifyReport
    state: FixityState

    def to_json(self) -> dict[str, Any]:
        """As the report for people and programs says it."""
        faults = [asdict(fault) for fault in self.report.faults]
        counts = {"checked": self.report.checked, **asdict(self.state)}
        return {"at": self.at.isoformat(), **counts, "faults": faults}


def check_share(services: FixityServices, progress: Callable[[], None] = lambda: None) -> Share:
    """Check the share of records that is due, and all that belongs to no single record; write the report.

    Those with faults are checked again each time. A record that is overdue after it is a fault.
    """
    now, policy = services.clock.now(), services.policy
    since = now - timedelta(days=policy.verify_period_days)
    before = services.fixity.state(since)
    each_day = ceil(before.records / policy.verify_period_days)
    most = min(policy.verify_night_records, max(each_day, before.overdue) + before.faulty)
    rows, faults = known_rows(services), Faults()
    chosen = [rows[name] for name in services.fixity.due(most) if name in rows]
    for start in range(0, len(chosen), _NOTED_AT_ONCE):
        _check_and_note(services, chosen[start : start + _NOTED_AT_ONCE], faults, progress)
    check_surroundings(services, faults)
    check_sets(services, rows, faults)
    faults += newest_faults(services, {row.record_id for row in chosen}, rows)
    after = services.fixity.state(since)
    faults += _not_checked(after, chosen, faults, policy.verify_period_days)
    share = Share(now, VerifyReport(len(chosen), tuple(faults)), after)
    services.reports.write(REPORT, json_bytes(share.to_json()))
    return share


def _check_and_note(
    services: FixityServices, rows: Sequence[RecordRow], faults: Faults, progress: Callable[[], None]
) -> None:
    """What was checked is remembered even where the rest of the share is not reached."""
    found = Faults()
    check_records(services, rows, found, progress)
    services.fixity.note(_by_record(rows, found), services.clock.now())
    faults += found


def _by_record(rows: Sequence[RecordRow], faults: Sequence[Fault]) -> Mapping[str, int]:
    """How many faults were found of each record, by the places that they name."""
    named = Counter(part for fault in faults for part in set(fault.path.split("/")))
    return {row.record_id: named[row.record_id] for row in rows}


def _not_checked(
    state: FixityState, chosen: Sequence[RecordRow], faults: Sequence[Fault], days: int
) -> list[Fault]:
    found = []
    if state.overdue:
        told = f"{state.overdue} of {state.records} records not"
        found.append(Fault("archive", FaultKind.NOT_CHECKED, f"each record within {days} days", told))
    again = sum(1 for count in _by_record(chosen, faults).values() if count)
    if state.faulty > again:
        told = f"{state.faulty - again} records with faults not"
        found.append(Fault("archive", FaultKind.NOT_CHECKED, "records with faults again each time", told))
    return found
