"""What changed between two days: figures by agency and year, and the records and declarations behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sohoa.domain.coverage.holdings import Holding
from sohoa.domain.coverage.report import CoverageReport, Line
from sohoa.domain.coverage.tallies import CellChange
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.protection.access import Reader
from sohoa.usecases.coverage.measure import CoverageServices, measure
from sohoa.usecases.coverage.work import end_of_day

Cell = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """An agency and year whose figures differ; None where it had no line on that day."""

    agency: str
    year: int | None
    before: Line | None
    after: Line | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between the ends of two days, and why."""

    first: date
    second: date
    cells: tuple[CellDifference, ...]
    records: tuple[CellChange, ...]
    declared: tuple[Holding, ...]
    ended: tuple[Holding, ...]


def difference(reader: Reader, services: CoverageServices, first: date, second: date) -> Difference:
    """Explain the second day's figures by the first's; raises ``InvalidRequest`` for days reversed."""
    if second < first:
        raise InvalidRequest("usage", f"{second} lies before {first}: the earlier day comes first")
    before, after = (measure(reader, services, as_of=day) for day in (first, second))
    changed = services.counts.changed(end_of_day(first), end_of_day(second))
    old, new = _declarations(before), _declarations(after)
    return Difference(
        first,
        second,
        tuple(_cells(before, after)),
        tuple(change for change in changed if _seen(reader, change)),
        tuple(holding for holding in new if holding not in set(old)),
        tuple(holding for holding in old if holding not in set(new)),
    )


def _cells(before: CoverageReport, after: CoverageReport) -> Iterator[CellDifference]:
    old, new = _lines(before), _lines(after)
    for agency, year in sorted({*old, *new}, key=lambda cell: (cell[0], cell[1] is None, cell[1] or 0)):
        one, other = old.get((agency, year)), new.get((agency, year))
        if one != other:
            yield CellDifference(agency, year, one, other)


def _lines(report: CoverageReport) -> Mapping[Cell, Line]:
    return {(agency.agency, year.year): year.line for agency in report.agencies for year in agency.years}


def _declarations(report: CoverageReport) -> Sequence[Holding]:
    return [holding for agency in report.agencies for holding in agency.declarations]


def _seen(reader: Reader, change: CellChange) -> bool:
    """Whether every agency that the record was counted for is the reader's."""
    return all(reader.access.covers(state.agency) for state in (change.before, change.after) if state)
