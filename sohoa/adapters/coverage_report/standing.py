"""Who is behind, by how many documents, and why: what the first screen and the summary say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sohoa.domain.coverage.figures import Line, Status, Target, total
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport, YearLine


@dataclass(frozen=True, slots=True)
class Gap:
    """Documents that were declared and are not covered, in the years that declare some.

    ``not_received`` have no record; ``in_work`` have one that is not covered yet. A record in work may lack
    several things, so ``unsigned``, ``undescribed``, ``unsearchable`` and ``draft`` need not sum up to it.
    """

    not_received: int
    in_work: int
    unsigned: int
    undescribed: int
    unsearchable: int
    draft: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency that answers for its figures, those of the agencies merged into it included."""

    agency: AgencyCoverage
    line: Line
    gap: Gap


def standings(report: CoverageReport) -> list[Standing]:
    """The agencies that were not merged into another one of the report, those that lack most first.

    Of those that lack equally many documents to the lower target the lowest ratio comes first; those whose
    ratio cannot be told are last.
    """
    known = {row.agency: row for row in report.agencies}
    rows = [row for row in report.agencies if row.successor not in known]
    return sorted((_standing(row, known) for row in rows), key=_order)


def behind(found: Iterable[Standing]) -> list[Standing]:
    """Those that lack documents to the lower target."""
    return [each for each in found if each.line.missing]


def not_measurable(found: Iterable[Standing]) -> list[Standing]:
    """Those that declared no documents."""
    return [each for each in found if not each.line.measurable]


def contradicted(found: Iterable[Standing]) -> list[Standing]:
    """Those that have more than they declared."""
    return [each for each in found if each.line.status is Status.OVER_DECLARED]


def gap_of(years: Iterable[YearLine]) -> Gap:
    """What lacks between declared and covered, year by year, so that no year hides another one's gap."""
    lacks = [0] * 6
    for item in years:
        line, counts = item.line, item.line.counts
        if not line.measurable:
            continue
        held = int(line.held[Unit.DOCUMENTS])
        open_ = max(0, held - counts.covered)
        absent = min(open_, max(0, held - counts.received))
        stages = (counts.signed, counts.complete, counts.searchable)
        parts = [absent, open_ - absent, *(counts.received - stage for stage in stages), counts.draft]
        lacks = [sum(pair) for pair in zip(lacks, parts, strict=True)]
    return Gap(*lacks)


def folded(years: Sequence[YearLine], most: int, target: Target) -> tuple[list[YearLine], YearLine | None]:
    """The newest ``most`` years, and all older ones in one line whose year is the first that is shown."""
    known = [item for item in years if item.year is not None]
    unknown = [item for item in years if item.year is None]
    if len(known) <= most:
        return list(years), None
    older, shown = known[:-most], known[-most:]
    return [*shown, *unknown], YearLine(shown[0].year, total([item.line for item in older], target))


def _standing(row: AgencyCoverage, known: Mapping[str, AgencyCoverage]) -> Standing:
    """With its predecessors where the report has them all."""
    if row.with_predecessors is None or not known.keys() >= set(row.predecessors):
        return Standing(row, row.total, gap_of(row.years))
    all_of_it = [row, *(known[code] for code in row.predecessors)]
    years = [year for each in all_of_it for year in each.years]
    return Standing(row, row.with_predecessors, gap_of(years))


def _order(each: Standing) -> tuple[bool, int, float, str]:
    ratio = each.line.ratio
    return ratio is None, -(each.line.missing or 0), float(ratio or 0), each.agency.agency
