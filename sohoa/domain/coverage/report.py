"""Coverage: how much of the declared paper is digitized, signed, described and searchable.

The headline counts a record only when it is signed, its metadata complete, it can be found, and it is
neither draft nor withdrawn. Without a declaration there is no ratio: never 0 %, never 100 %. A year's ratio
above 100 % is an error of the declaration and is shown as such with the rows of the register, not clipped;
a sum counts of each year at most what was declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.coverage.figures import PAGES_PER_METRE, Counts, Excluded, Line, Status, Target, line, total
from sohoa.domain.coverage.holdings import Holding, Unit, bounds_by_year, declared_once, held_by_year
from sohoa.domain.coverage.lines import DecadeLine, FondsLine, YearLine, decades, fonds_lines
from sohoa.domain.coverage.progress import Progress
from sohoa.domain.coverage.ranking import Ranking
from sohoa.domain.coverage.tallies import Tally
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.inbox.states import State

__all__ = [
    "EXCLUDED",
    "AgencyCoverage",
    "Anomaly",
    "Counts",
    "CoverageReport",
    "DecadeLine",
    "Excluded",
    "FondsLine",
    "Line",
    "Status",
    "Target",
    "YearLine",
    "compute",
]


EXCLUDED = {
    "secret": (State.QUARANTINED,),
    "duplicate": (State.DUPLICATE,),
    "damaged": (State.REJECTED, State.FAILED),
    "waiting": (State.PENDING,),
}
"""Figures that count objects of the inbox, and the states that they count."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """More covered than declared: how much of which unit and year, and the register rows that say less."""

    year: int | None
    unit: Unit
    excess: int
    rows: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class AgencyCoverage:
    """One agency: its years, their total, what is not counted, and the declarations used.

    ``with_predecessors`` adds the totals of the agencies merged into this one; None without any.
    ``with_children`` adds those of all agencies below this one, level by level; None without any.
    ``waiting`` are inbox objects that were not processed yet; ``progress`` is None where none is told.
    """

    agency: str
    name: str
    years: tuple[YearLine, ...]
    total: Line
    excluded: Excluded
    waiting: int
    declarations: tuple[Holding, ...]
    successor: str | None = None
    predecessors: tuple[str, ...] = ()
    with_predecessors: Line | None = None
    progress: Progress | None = None
    parent: str | None = None
    children: tuple[str, ...] = ()
    with_children: Line | None = None
    decades: tuple[DecadeLine, ...] = ()
    fonds: tuple[FondsLine, ...] = ()

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """Every declaration that the records contradict, by year."""
        return tuple(
            Anomaly(item.year, unit, excess, rows)
            for item in self.years
            for unit, excess in sorted(item.line.excess.items())
            if (rows := tuple(h for h in self.declarations if (h.year, h.unit) == (item.year, unit)))
        )


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Coverage of all agencies and of the province; ``scope`` is an agency code, or empty for all.

    ``unassigned`` are inbox objects whose key names no agency of the register; ``targets`` are what the
    province's ratio is compared with besides ``target``, the band of the settings. ``progress`` is of all
    agencies together; ``ranking`` is None where there is nothing to compare.
    """

    agencies: tuple[AgencyCoverage, ...]
    province: Line
    excluded: Excluded
    waiting: int
    unassigned: int
    target: Target
    as_of: date | None = None
    scope: str = ""
    targets: tuple[LegalTarget, ...] = ()
    progress: Progress | None = None
    ranking: Ranking | None = None
    decades: tuple[DecadeLine, ...] = ()


def compute(
    holdings: Sequence[Holding],
    tallies: Iterable[Tally],
    object_states: Mapping[str, Mapping[State, int]],
    agencies: AgencyRegister,
    target: Target,
    scope: str = "",
    pages_per_metre: int = PAGES_PER_METRE,
) -> CoverageReport:
    """Measure; ``holdings`` are the declarations in force, one per agency, fonds, year and unit.

    ``scope`` limits the report to one agency; its predecessors and those below it still count in its sums.
    """
    counts, declared = _count(tallies), defaultdict[str, list[Holding]](list)
    for holding in holdings:
        declared[holding.agency].append(holding)
    codes = {agency.code for agency in agencies} | counts.keys() | declared.keys()
    own = {
        code: _agency(
            code,
            declared.get(code, []),
            counts.get(code, {}),
            object_states.get(code, {}),
            agencies,
            target,
            pages_per_metre,
        )
        for code in sorted(codes)
    }
    trees = _trees(own, target)
    rows = tuple(_rolled_up(row, own, trees, target) for row in own.values() if scope in ("", row.agency))
    return CoverageReport(
        agencies=rows,
        province=total([row.total for row in rows], target),
        excluded=sum((row.excluded for row in rows), Excluded()),
        waiting=sum(row.waiting for row in rows),
        unassigned=_unassigned(object_states, codes),
        target=target,
        scope=scope,
        decades=decades([year for row in rows for year in row.years], target),
    )


def _count(tallies: Iterable[Tally]) -> dict[str, dict[int | None, Counts]]:
    """Counts by agency and year."""
    counts: dict[str, dict[int | None, Counts]] = defaultdict(dict)
    for tally in tallies:
        years = counts[tally.agency]
        years[tally.year] = years.get(tally.year, Counts()) + tally.counts
    return counts


def _agency(
    code: str,
    declared: Sequence[Holding],
    counts: Mapping[int | None, Counts],
    states: Mapping[State, int],
    agencies: AgencyRegister,
    target: Target,
    pages_per_metre: int,
) -> AgencyCoverage:
    once, twice = declared_once(declared)
    held, bounds = held_by_year(once), bounds_by_year(once)
    known = sorted(year for year in held.keys() | counts.keys() if year is not None)
    order: list[int | None] = [*known, *([None] if None in held or None in counts else [])]
    years = tuple(
        YearLine(y, line(held.get(y, {}), counts.get(y, Counts()), target, bounds.get(y), pages_per_metre))
        for y in order
    )
    sums = total([year.line for year in years], target)
    agency = agencies.get(code)
    return AgencyCoverage(
        agency=code,
        name=agencies.name(code),
        years=years,
        total=sums,
        excluded=_excluded(states, sums.counts.draft, twice),
        waiting=sum(states.get(state, 0) for state in EXCLUDED["waiting"]),
        declarations=tuple(declared),
        successor=agency.successor if agency else None,
        predecessors=agencies.predecessors(code),
        parent=agency.parent if agency else None,
        children=agencies.children(code),
        decades=decades(years, target),
        fonds=fonds_lines(once, years, target),
    )


def _trees(own: Mapping[str, AgencyCoverage], target: Target) -> Mapping[str, Line]:
    """Of every agency its total with those of all agencies below it: those of its children added up."""
    sums: dict[str, Line] = {}
    waiting = list(own)
    while waiting:
        code = waiting[-1]
        missing = [child for child in own[code].children if child not in sums]
        waiting.extend(missing)
        if not missing:
            below = [sums[child] for child in own[code].children]
            sums[waiting.pop()] = total([own[code].total, *below], target)
    return sums


def _rolled_up(
    row: AgencyCoverage, own: Mapping[str, AgencyCoverage], trees: Mapping[str, Line], target: Target
) -> AgencyCoverage:
    lines = [row.total, *(own[code].total for code in row.predecessors)]
    return replace(
        row,
        with_predecessors=total(lines, target) if row.predecessors else None,
        with_children=trees[row.agency] if row.children else None,
    )


def _unassigned(object_states: Mapping[str, Mapping[State, int]], codes: Set[str]) -> int:
    return sum(
        number
        for code, states in object_states.items()
        if code not in codes
        for state, number in states.items()
        if state is not State.COMPANION
    )


def _excluded(states: Mapping[State, int], drafts: int, twice: Sequence[Holding]) -> Excluded:
    found = {figure: sum(states.get(state, 0) for state in of) for figure, of in EXCLUDED.items()}
    held = sum(holding.held for holding in twice if holding.unit is Unit.DOCUMENTS)
    return Excluded(found["secret"], drafts, found["duplicate"], found["damaged"], int(held))
