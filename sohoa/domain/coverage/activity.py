"""What a ledger tells of the work, and the figures of progress that follow from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from sohoa.domain.coverage.figures import Line, Target
from sohoa.domain.coverage.holdings import Holding, Unit, declared_once, held_by_year
from sohoa.domain.coverage.progress import (
    AGES,
    WINDOWS,
    Backlog,
    Progress,
    Throughput,
    TrendPoint,
    month_ends,
    projection,
)
from sohoa.domain.coverage.report import CoverageReport
from sohoa.domain.coverage.tallies import Tally
from sohoa.domain.inbox.states import State
from sohoa.domain.local_time import VIETNAM

Covered = Mapping[int | None, int]
Held = Mapping[int | None, Decimal]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Records of an agency that were archived for the first time in an hour (its begin), and their sheets."""

    agency: str
    hour: datetime
    records: int
    sheets: int

    @property
    def night(self) -> date:
        """The day in Vietnam on whose noon the night began."""
        return (self.hour.astimezone(VIETNAM) - timedelta(hours=12)).date()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Objects of an agency in a state for a reason: ``age`` is a place in ``AGES``, ``oldest`` since when."""

    agency: str
    state: State
    reason: str
    age: int
    number: int
    oldest: datetime


Item = TypeVar("Item", Arrivals, Waiting)


@dataclass(frozen=True, slots=True)
class Activity:
    """All that progress is made of, as it was at ``until``, the end of the day.

    ``movements`` say by how much the counts of records changed between two neighbours of ``moments``;
    ``began`` is when the ledger's first record was archived; ``declared`` are the declarations in force at
    the ends of earlier days.
    """

    day: date
    until: datetime
    began: datetime | None
    moments: Sequence[datetime]
    movements: Sequence[tuple[int, Tally]]
    arrivals: Sequence[Arrivals]
    waiting: Sequence[Waiting]
    declared: Mapping[date, Sequence[Holding]] = field(default_factory=dict)


def moments_of(day: date, until: datetime) -> list[datetime]:
    """The moments at which counts of the past are wanted: ends of months, begins of windows, and the end."""
    midnight = end_of(day)
    ends = [end_of(end) for end in month_ends(day)]
    return sorted({*ends, *(midnight - timedelta(days=window) for window in WINDOWS), until})


def end_of(day: date) -> datetime:
    """The first moment after that day in Vietnam."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), VIETNAM)


def with_progress(report: CoverageReport, activity: Activity) -> CoverageReport:
    """The report with the progress of each agency and of all together."""
    past = _Past(report, activity)
    agencies = tuple(
        replace(row, progress=_progress(past, {row.agency}, row.total, report.target))
        for row in report.agencies
    )
    codes = {row.agency for row in agencies}
    whole = _progress(past, codes, report.province, report.target)
    return replace(report, agencies=agencies, progress=whole)


class _Past:
    """What the agencies covered at every moment, and what they had declared, by agency and year."""

    def __init__(self, report: CoverageReport, activity: Activity) -> None:
        self.activity = activity
        lines = {row.agency: {year.year: year.line for year in row.years} for row in report.agencies}
        covered = {
            code: {y: line.counts.covered for y, line in years.items()} for code, years in lines.items()
        }
        self.covered = _backwards(covered, activity)
        self.today = {
            code: {year: line.held_documents for year, line in years.items()} for code, years in lines.items()
        }
        self.held = {day: _documents(holdings) for day, holdings in activity.declared.items()}
        self.arrivals = _by_agency(activity.arrivals)
        self.waiting = _by_agency(activity.waiting)

    def counted(self, codes: Iterable[str], moment: datetime, held: Mapping[str, Held]) -> int:
        """What a sum counts at the moment: in every year at most what is declared."""
        then = self.covered[moment]
        return sum(
            min(then.get(code, {}).get(year, 0), int(number))
            for code in codes
            for year, number in held.get(code, {}).items()
        )


def _by_agency(items: Iterable[Item]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.agency].append(item)
    return found


def _backwards(now: Mapping[str, Covered], activity: Activity) -> Mapping[datetime, Mapping[str, Covered]]:
    """The counts at each moment: those of the end without what came later."""
    later: dict[int, list[Tally]] = defaultdict(list)
    for place, tally in activity.movements:
        later[place].append(tally)
    found: dict[datetime, Mapping[str, Covered]] = {activity.moments[-1]: now}
    for place in range(len(activity.moments) - 2, -1, -1):
        known = found[activity.moments[place + 1]]
        changed: dict[str, Counter[int | None]] = {}
        for tally in later[place]:
            years = changed.setdefault(tally.agency, Counter(known.get(tally.agency, {})))
            years[tally.year] -= tally.counts.covered
        found[activity.moments[place]] = {**known, **changed}
    return found


def _documents(holdings: Iterable[Holding]) -> Mapping[str, Held]:
    by_agency: dict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        if holding.unit is Unit.DOCUMENTS:
            by_agency[holding.agency].append(holding)
    return {
        agency: {
            year: units[Unit.DOCUMENTS] for year, units in held_by_year(declared_once(declared)[0]).items()
        }
        for agency, declared in by_agency.items()
    }


def _progress(past: _Past, codes: Collection[str], line: Line, target: Target) -> Progress:
    activity = past.activity
    windows = tuple(_throughput(past, codes, days) for days in WINDOWS)
    goals = dict.fromkeys((target.low, target.high))
    return Progress(
        backlog=_backlog([item for code in codes for item in past.waiting.get(code, ())], activity.until),
        throughput=windows,
        projections=tuple(projection(line, goal, windows, activity.day) for goal in goals),
        trend=tuple(_trend(past, codes, line)),
    )


def _throughput(past: _Past, codes: Collection[str], days: int) -> Throughput:
    activity = past.activity
    since = end_of(activity.day) - timedelta(days=days)
    arrived = [item for code in codes for item in past.arrivals.get(code, ()) if item.hour >= since]
    first = activity.began.astimezone(VIETNAM).date() if activity.began else None
    observed = 0 if first is None else max(0, min(days, (activity.day - first).days + 1))
    before, after = (past.counted(codes, moment, past.today) for moment in (since, activity.moments[-1]))
    return Throughput(
        days=days,
        observed=observed,
        received=sum(item.records for item in arrived),
        covered=after - before,
        sheets=sum(item.sheets for item in arrived),
        nights=len({item.night for item in arrived}),
        hours=len({item.hour for item in arrived}),
    )


def _trend(past: _Past, codes: Collection[str], line: Line) -> Iterator[TrendPoint]:
    for day in month_ends(past.activity.day):
        held = past.held[day]
        declared = sum((n for code in codes for n in held.get(code, {}).values()), Decimal(0))
        yield TrendPoint(day, past.counted(codes, end_of(day), held), declared)
    yield TrendPoint(past.activity.day, line.counted_documents, line.held_documents)


def _backlog(waiting: Sequence[Waiting], until: datetime) -> Backlog:
    ages = {state: [0] * (len(AGES) + 1) for state in (State.PENDING, State.NEEDS_REVIEW)}
    oldest: dict[State, int] = {}
    failures: Counter[str] = Counter()
    for item in waiting:
        if item.state in ages:
            ages[item.state][item.age] += item.number
            oldest[item.state] = max(oldest.get(item.state, 0), (until - item.oldest).days)
        else:
            failures[item.reason] += item.number
    return Backlog(
        waiting=sum(ages[State.PENDING]),
        waiting_ages=tuple(ages[State.PENDING]),
        waiting_oldest=oldest.get(State.PENDING),
        review=sum(ages[State.NEEDS_REVIEW]),
        review_ages=tuple(ages[State.NEEDS_REVIEW]),
        review_oldest=oldest.get(State.NEEDS_REVIEW),
        failures=dict(sorted(failures.items())),
    )
