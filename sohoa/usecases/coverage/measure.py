"""Measure coverage from the ledger and the declared holdings, and write the snapshot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport, Target, compute
from sohoa.domain.coverage.targets import LegalTarget, binding
from sohoa.domain.errors import Misconfigured, NotFound
from sohoa.domain.inbox.states import State
from sohoa.domain.local_time import VIETNAM
from sohoa.domain.protection.access import OPERATOR, Reader
from sohoa.ports import (
    DocumentStates,
    RecordRegister,
    RecordRow,
    Reports,
)
from sohoa.usecases.coverage.registers import DeclaredServices, declared_holdings, take_over

# Objects that stand for no paper of the agency that was damaged: nothing to exclude from its holdings.
_NO_PAPER = frozenset({"withdrawn", "not_a_document", "page_of_secret"})
_ALL = ("",)
SNAPSHOT = ("json", "csv", "html")


class TargetBand(Protocol):
    """The headline target as set in the settings, 0 to 1."""

    @property
    def target_low(self) -> float: ...
    @property
    def target_high(self) -> float: ...


class CoverageServices(DeclaredServices, Protocol):
    """What measuring needs of ``Services``."""

    @property
    def states(self) -> DocumentStates: ...
    @property
    def records(self) -> RecordRegister: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def targets(self) -> Sequence[LegalTarget]: ...
    @property
    def policy(self) -> TargetBand: ...


class SnapshotServices(CoverageServices, Protocol):
    """What the snapshot needs on top."""

    @property
    def reports(self) -> Reports: ...


def measure(
    reader: Reader, services: CoverageServices, as_of: date | None = None, agency: str = ""
) -> CoverageReport:
    """Coverage of the reader's agencies or of one, now or at the end of the day ``as_of`` in Vietnam.

    Records count from the moment they were archived, objects from their last change of state; whether a
    record was searchable or withdrawn is what it is now. Raises ``NotFound`` for an unknown agency
    and ``Misconfigured`` for a target band that is none.
    """
    if agency and not (services.agencies.knows(agency) and reader.access.covers(agency)):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    try:
        target = Target.band(services.policy.target_low, services.policy.target_high)
    except ValueError as error:
        raise Misconfigured(f"coverage settings: {error}") from error
    until = None if as_of is None else end_of_day(as_of)
    wanted = _wanted(reader, services.agencies, agency)
    report = compute(
        [
            holding
            for holding in declared_holdings(services, as_of)
            if wanted == _ALL or holding.agency in wanted
        ],
        (row for code in wanted for row in _records(services.records, code, until)),
        {code: n for only in wanted for code, n in _states(services.states, only, until).items()},
        services.agencies,
        target,
        agency,
    )
    shown = tuple(_seen_by(reader, row) for row in report.agencies if reader.access.covers(row.agency))
    return replace(report, agencies=shown, as_of=as_of, targets=binding(services.targets, as_of))


def _wanted(reader: Reader, agencies: AgencyRegister, agency: str) -> Sequence[str]:
    """Codes to count: the agency with those predecessors that are the reader's, the reader's own, or all."""
    if agency:
        return (agency, *filter(reader.access.covers, agencies.predecessors(agency)))
    scope = reader.access.agencies
    return _ALL if scope is None else tuple(sorted(scope))


def _seen_by(reader: Reader, row: AgencyCoverage) -> AgencyCoverage:
    """The row without the sum over predecessors where one of these is not the reader's."""
    whole = all(map(reader.access.covers, row.predecessors))
    return row if whole else replace(row, with_predecessors=None)


def write_snapshot(reader: Reader, services: SnapshotServices) -> list[str]:
    """Render coverage of today, in Vietnam, and put it where reports are kept; returns the names.

    What stands in the configuration's file of holdings is declared first. The snapshot is everybody's: it is
    of the whole province, whoever has it made.
    """
    take_over(reader, services)
    report = measure(replace(reader, access=OPERATOR), services, as_of=services.clock.today())
    names = [f"coverage.{kind}" for kind in SNAPSHOT]
    for name, kind in zip(names, SNAPSHOT, strict=True):
        services.reports.write(name, services.reports.render(report, kind))
    return names


def end_of_day(day: date) -> datetime:
    """The first moment after that day in Asia/Ho_Chi_Minh."""
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM)


def _records(records: RecordRegister, agency: str, until: datetime | None) -> Iterator[RecordRow]:
    for row in records.records(agency=agency):
        if until is None or (row.archived_at is not None and row.archived_at < until):
            yield row


def _states(states: DocumentStates, agency: str, until: datetime | None) -> Mapping[str, Mapping[State, int]]:
    counts: dict[str, Counter[State]] = defaultdict(Counter)
    for row in states.objects(prefix=f"{agency}/" if agency else ""):
        late = until is not None and row.updated_at is not None and row.updated_at >= until
        if not late and not row.replaced and row.reason not in _NO_PAPER:
            counts[row.agency][row.state] += 1
    return counts
