"""Measure coverage from the ledger's counts and the declared holdings: the figures of now and of any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.coverage.ranking import Criterion
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport, Target, compute
from sohoa.domain.coverage.standings import with_ranking
from sohoa.domain.coverage.targets import LegalTarget, binding
from sohoa.domain.errors import Misconfigured, NotFound
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import Reader
from sohoa.ports import CoverageCounts
from sohoa.usecases.coverage.registers import declared_holdings
from sohoa.usecases.coverage.work import NO_PAPER, WorkServices, end_of_day, with_work


class TargetBand(Protocol):
    """The headline target as set in the settings, 0 to 1, and how many pages fill a metre of shelf."""

    @property
    def target_low(self) -> float: ...
    @property
    def target_high(self) -> float: ...
    @property
    def pages_per_metre(self) -> int: ...


class CoverageServices(WorkServices, Protocol):
    """What measuring needs of ``Services``."""

    @property
    def counts(self) -> CoverageCounts: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def targets(self) -> Sequence[LegalTarget]: ...
    @property
    def criteria(self) -> Sequence[Criterion]: ...
    @property
    def policy(self) -> TargetBand: ...


def measure(
    reader: Reader, services: CoverageServices, as_of: date | None = None, agency: str = ""
) -> CoverageReport:
    """Coverage of the reader's agencies or of one, now or at the end of the day ``as_of`` in Vietnam.

    With progress and ranking. Raises as ``counted``.
    """
    report = counted(reader, services, as_of, agency)
    day, wanted = as_of or services.clock.today(), _wanted(reader, services.agencies, agency)
    return with_ranking(with_work(services, report, wanted), services.agencies, services.criteria, day)


def counted(
    reader: Reader, services: CoverageServices, as_of: date | None = None, agency: str = ""
) -> CoverageReport:
    """What is covered of what was declared, alone: ``measure`` without what was done when.

    A past day is told by the ledger's history: what was corrected, reviewed or withdrawn later changes
    nothing. Raises ``NotFound`` for an unknown agency and ``Misconfigured`` for a target band that is none.
    """
    if agency and not (services.agencies.knows(agency) and reader.access.covers(agency)):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    try:
        target = Target.band(services.policy.target_low, services.policy.target_high)
    except ValueError as error:
        raise Misconfigured(f"coverage settings: {error}") from error
    until = None if as_of is None else end_of_day(as_of)
    wanted = _wanted(reader, services.agencies, agency)
    declared = declared_holdings(services, as_of)
    report = compute(
        [holding for holding in declared if wanted is None or holding.agency in wanted],
        services.counts.records(wanted, until),
        _states(services.counts, wanted, until),
        services.agencies,
        target,
        agency,
        services.policy.pages_per_metre,
    )
    covered = [row for row in report.agencies if reader.access.covers(row.agency)]
    shown = tuple(_seen_by(reader, services.agencies, row) for row in covered)
    return replace(report, agencies=shown, as_of=as_of, targets=binding(services.targets, as_of))


def _wanted(reader: Reader, agencies: AgencyRegister, agency: str) -> frozenset[str] | None:
    """Codes to count: the agency with those in its sums that are the reader's, the reader's own, or all."""
    if agency:
        summed = (*agencies.predecessors(agency), *agencies.descendants(agency))
        return frozenset({agency, *filter(reader.access.covers, summed)})
    scope = reader.access.agencies
    return None if scope is None else frozenset(scope)


def _seen_by(reader: Reader, agencies: AgencyRegister, row: AgencyCoverage) -> AgencyCoverage:
    """The row without its sums over other agencies where one of these is not the reader's."""
    merged = all(map(reader.access.covers, row.predecessors))
    below = all(map(reader.access.covers, agencies.descendants(row.agency)))
    return replace(
        row,
        with_predecessors=row.with_predecessors if merged else None,
        with_children=row.with_children if below else None,
    )


def _states(
    counts: CoverageCounts, wanted: frozenset[str] | None, until: datetime | None
) -> Mapping[str, Mapping[State, int]]:
    found: dict[str, dict[State, int]] = defaultdict(dict)
    for agency, state, number in counts.objects(wanted, until, NO_PAPER):
        found[agency][state] = number
    return found
