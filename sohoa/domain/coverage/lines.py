"""Lines of a report below and across agencies: years, decades, fonds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sohoa.domain.coverage.figures import Line, Target, total
from sohoa.domain.coverage.holdings import Holding, Unit


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
    declared: Sequence[Holding], years: Sequence[YearLine], target: Target
) -> tuple[FondsLine, ...]:
    """The agency's fonds; the figures are of years that no other fonds declares."""
    of_fonds: dict[str, list[Holding]] = defaultdict(list)
    of_year: dict[int | None, set[str]] = defaultdict(set)
    for holding in declared:
        of_fonds[holding.fonds].append(holding)
        of_year[holding.year].add(holding.fonds)
    found = []
    for fonds, holdings in sorted(of_fonds.items()):
        alone = [y.line for y in years if of_year[y.year] == {fonds}]
        shared = {h.year for h in holdings if len(of_year[h.year]) > 1}
        order = sorted(shared, key=lambda year: (year is None, year or 0))
        held = _sum({holding.unit: holding.held} for holding in holdings)
        found.append(FondsLine(fonds, held, total(alone, target), tuple(order)))
    return tuple(found)


def _sum(parts: Iterable[Mapping[Unit, Decimal]]) -> dict[Unit, Decimal]:
    sums: dict[Unit, Decimal] = {}
    for part in parts:
        for unit, number in part.items():
            sums[unit] = sums.get(unit, Decimal(0)) + number
    return sums
