"""Lines of a report below and across agencies: years, decades, fonds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sohoa.domain.coverage.figures import Counts, Line, Target, line, total
from sohoa.domain.coverage.holdings import Holding, Unit, bounds_by_year, held_by_year


@dataclass(frozen=True, slots=True)
class YearLine:
    """One issue year of an agency; ``year`` None: the records' year is not known."""

    year: int | None
    line: Line


@dataclass(frozen=True, slots=True)
class DecadeLine:
    """The years of a decade together; ``decade`` is its first year, None: the records' year is not known."""

    decade: int | None
    line: Line


@dataclass(frozen=True, slots=True)
class FondsLine:
    """One fonds of an agency: all that is declared, and the figures of the years that it alone declares.

    Records know no fonds: of ``shared_years``, which other fonds declare too, nobody can tell what is whose.
    """

    fonds: str
    held: Mapping[Unit, Decimal]
    line: Line
    shared_years: tuple[int | None, ...]


def decades(years: Sequence[YearLine], target: Target) -> tuple[DecadeLine, ...]:
    """The years by decade, those that are not known last."""
    parts: dict[int | None, list[Line]] = defaultdict(list)
    for year in years:
        parts[None if year.year is None else year.year // 10 * 10].append(year.line)
    order = sorted(parts, key=lambda decade: (decade is None, decade or 0))
    return tuple(DecadeLine(decade, total(parts[decade], target)) for decade in order)


def fonds_lines(
    declared: Sequence[Holding], counts: Mapping[int | None, Counts], target: Target
) -> tuple[FondsLine, ...]:
    """The agency's fonds; the figures are of years that no other fonds declares."""
    of_fonds: dict[str, list[Holding]] = defaultdict(list)
    of_year: dict[int | None, set[str]] = defaultdict(set)
    for holding in declared:
        of_fonds[holding.fonds].append(holding)
        of_year[holding.year].add(holding.fonds)
    found = []
    for fonds, holdings in sorted(of_fonds.items()):
        held, bounds = held_by_year(holdings), bounds_by_year(holdings)
        alone = [year for year in held if len(of_year[year]) == 1]
        lines = [line(held[y], counts.get(y, Counts()), target, bounds.get(y)) for y in alone]
        shared = sorted(held.keys() - set(alone), key=lambda year: (year is None, year or 0))
        found.append(FondsLine(fonds, _sum(held.values()), total(lines, target), tuple(shared)))
    return tuple(found)


def _sum(parts: Iterable[Mapping[Unit, Decimal]]) -> dict[Unit, Decimal]:
    sums: dict[Unit, Decimal] = {}
    for part in parts:
        for unit, number in part.items():
            sums[unit] = sums.get(unit, Decimal(0)) + number
    return sums
