"""Figures of coverage and their arithmetic: counts, the target band, and lines that can be summed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from fractions import Fraction

from sohoa.domain.coverage.estimates import Estimated, missing_range, ratio_range
from sohoa.domain.coverage.holdings import Bounds, Unit
from sohoa.domain.coverage.quality import NOTHING, Quality

SMALL = 30
"""With fewer declared documents than this, one paper moves the ratio by several points: it is flagged."""
PAGES_PER_METRE = 10_000
"""Pages (A4) on a metre of shelf where nothing else is said: printed on one side, 0.1 mm thick (80 g/m²)."""


class Status(StrEnum):
    """A ratio against the target band; ``over_declared`` is an error finding."""

    NOT_MEASURABLE = "not_measurable"
    BELOW = "below_target"
    WITHIN = "within_target"
    ABOVE = "above_target"
    OVER_DECLARED = "over_declared"


@dataclass(frozen=True, slots=True)
class Target:
    """The target band of the headline ratio, 0 to 1, both ends inclusive."""

    low: Decimal
    high: Decimal

    @staticmethod
    def band(low: float, high: float) -> Target:
        """From settings; raises ``ValueError`` unless 0 <= low <= high <= 1."""
        if not 0 <= low <= high <= 1:
            raise ValueError(f"target band {low}-{high} is not within 0 and 1 in rising order")
        return Target(Decimal(str(low)), Decimal(str(high)))


@dataclass(frozen=True, slots=True)
class Counts:
    """Records by stage; each stage is counted apart. ``covered_sheets`` are A4 equivalents.

    ``quality`` is that of all that were received, ``covered_quality`` of those that are covered.
    """

    received: int = 0
    searchable: int = 0
    signed: int = 0
    complete: int = 0
    covered: int = 0
    draft: int = 0
    covered_sheets: int = 0
    quality: Quality = NOTHING
    covered_quality: Quality = NOTHING

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.received + other.received,
            self.searchable + other.searchable,
            self.signed + other.signed,
            self.complete + other.complete,
            self.covered + other.covered,
            self.draft + other.draft,
            self.covered_sheets + other.covered_sheets,
            self.quality + other.quality,
            self.covered_quality + other.covered_quality,
        )


@dataclass(frozen=True, slots=True)
class Excluded:
    """What came in and is not counted as covered, by agency.

    ``declared_twice`` are documents that are not counted as held: another declaration has them already.
    """

    secret: int = 0
    draft: int = 0
    duplicate: int = 0
    damaged: int = 0
    declared_twice: int = 0

    def __add__(self, other: Excluded) -> Excluded:
        return Excluded(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Excluded)))


@dataclass(frozen=True, slots=True)
class Line:
    """Counts against declarations, of one year or of a sum of years.

    ``held`` is what was declared, ``measured`` what of it is covered: by unit, and only from years that
    declare that unit. In a sum each year counts at most what it declared; ``excess`` is what is covered
    beyond that, so that no year hides what another one lacks. The headline is in documents; files have no
    numerator. ``missing`` is how many more documents reach the lower target.
    ``measurable_years`` of ``years`` entered the ratio. ``bounds`` are the lowest and highest number held,
    in units of which a part was estimated; more covered than an estimate says is no contradiction up to its
    highest number. ``estimated`` are the years whose documents were estimated. ``weighted`` is what is
    counted of documents, each by the confidence of its reading (0 where that is not known); ``metres`` are
    those of shelf that the covered pages fill, in every year at most what it declared.
    """

    held: Mapping[Unit, Decimal]
    measured: Mapping[Unit, int]
    counts: Counts
    status: Status
    missing: int | None
    years: int = 1
    measurable_years: int = 0
    excess: Mapping[Unit, int] = field(default_factory=dict)
    bounds: Mapping[Unit, Bounds] = field(default_factory=dict)
    estimated: tuple[Estimated, ...] = ()
    weighted: Fraction = Fraction(0)
    metres: Fraction = Fraction(0)

    @property
    def measurable(self) -> bool:
        """Whether documents were declared, so that there is a headline ratio."""
        return self.held.get(Unit.DOCUMENTS, Decimal(0)) > 0

    @property
    def small(self) -> bool:
        """Whether so few documents were declared that the ratio says little."""
        return self.measurable and self.held[Unit.DOCUMENTS] < SMALL

    @property
    def ratio(self) -> Fraction | None:
        """The headline: covered documents by declared ones, exactly."""
        return self.ratio_of(Unit.DOCUMENTS)

    @property
    def held_documents(self) -> Decimal:
        """The denominator of the headline, 0 where nothing is declared."""
        return self.held.get(Unit.DOCUMENTS, Decimal(0))

    @property
    def counted_documents(self) -> int:
        """What a sum counts of it: covered documents, at most as many as declared."""
        return min(self.measured.get(Unit.DOCUMENTS, 0), int(self.held_documents))

    @property
    def weighted_ratio(self) -> Fraction | None:
        """Coverage weighted by quality: at most the headline; None where nothing is declared."""
        return self.weighted / Fraction(self.held_documents) if self.measurable else None

    @property
    def ratio_range(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and highest headline that the estimates allow, at most 1; None without an estimate."""
        if not self.estimated or not self.measurable:
            return None
        counted = sum((cell.counted(cell.held) for cell in self.estimated), Fraction(0))
        held = sum((cell.held for cell in self.estimated), Decimal(0))
        return ratio_range(self.estimated, self.counted_documents - counted, self.held_documents - held)

    def missing_range(self, goal: Decimal) -> tuple[int, int] | None:
        """How many more documents reach the share ``goal`` at least and at most; None without a headline."""
        if not self.measurable:
            return None
        lack = Fraction(goal) * Fraction(self.held_documents) - self.counted_documents
        least, most = missing_range(self.estimated, Fraction(goal))
        return max(0, math.ceil(lack + least)), max(0, math.ceil(lack + most))

    def ratio_of(self, unit: Unit) -> Fraction | None:
        """Covered by declared in that unit; None where none was declared or none can be counted."""
        held = self.held.get(unit, Decimal(0))
        if unit is Unit.METRES and held > 0:
            return self.metres / Fraction(held)
        return self.measured[unit] / Fraction(held) if held > 0 and unit in self.measured else None


def line(
    held: Mapping[Unit, Decimal],
    counts: Counts,
    target: Target,
    bounds: Mapping[Unit, Bounds] | None = None,
    pages_per_metre: int = PAGES_PER_METRE,
) -> Line:
    """Counts of one year against what was declared for it, ``bounds`` where that is estimated."""
    bounds = bounds or {}
    most = {unit: bounds[unit][1] if unit in bounds else number for unit, number in held.items()}
    numerators = {Unit.DOCUMENTS: counts.covered, Unit.SHEETS: counts.covered_sheets}
    measured = {
        unit: number if number > most[unit] else min(number, int(held[unit]))
        for unit, number in numerators.items()
        if held.get(unit, 0) > 0
    }
    base, covered = held.get(Unit.DOCUMENTS, Decimal(0)), measured.get(Unit.DOCUMENTS, 0)
    # Covered documents where the agency declared that it holds none contradict the declaration, too.
    contradicts = Unit.DOCUMENTS in held and counts.covered > most[Unit.DOCUMENTS]
    estimate = bounds.get(Unit.DOCUMENTS) if base > 0 else None
    return Line(
        held=held,
        measured=measured,
        counts=counts,
        status=Status.OVER_DECLARED if contradicts else _status(covered, base, target),
        missing=_missing(covered, base, target),
        measurable_years=int(base > 0),
        excess={
            unit: number - int(most[unit])
            for unit, number in numerators.items()
            if unit in held and number > most[unit]
        },
        bounds=bounds,
        estimated=(Estimated(counts.covered, base, *estimate),) if estimate else (),
        weighted=_weighted(counts, int(base)),
        metres=_metres(held, counts, pages_per_metre),
    )


def total(lines: Sequence[Line], target: Target) -> Line:
    """The sum; its ratio counts only what can be measured, and an error in a part is an error of all.

    A part counts at most what it declared, unit by unit.
    """
    held: dict[Unit, Decimal] = {}
    measured, excess = dict[Unit, int](), dict[Unit, int]()
    for part in lines:
        for unit, number in part.held.items():
            held[unit] = held.get(unit, Decimal(0)) + number
        for unit, covered in part.measured.items():
            measured[unit] = measured.get(unit, 0) + min(covered, int(part.held[unit]))
        for unit, more in part.excess.items():
            excess[unit] = excess.get(unit, 0) + more
    covered, base = measured.get(Unit.DOCUMENTS, 0), held.get(Unit.DOCUMENTS, Decimal(0))
    broken = any(part.status is Status.OVER_DECLARED for part in lines)
    return Line(
        held=held,
        measured=measured,
        counts=sum((part.counts for part in lines), Counts()),
        status=Status.OVER_DECLARED if broken else _status(covered, base, target),
        missing=_missing(covered, base, target),
        years=sum(part.years for part in lines),
        measurable_years=sum(part.measurable_years for part in lines),
        excess=excess,
        bounds=_sum_of_bounds(lines),
        estimated=tuple(cell for part in lines for cell in part.estimated),
        weighted=sum((part.weighted for part in lines), Fraction(0)),
        metres=sum((part.metres for part in lines), Fraction(0)),
    )


def _weighted(counts: Counts, base: int) -> Fraction:
    """The confidence of all that is covered, or of a part of it where not all is counted."""
    if counts.covered == 0:
        return Fraction(0)
    return Fraction(counts.covered_quality.percents, 100) * min(Fraction(1), Fraction(base, counts.covered))


def _metres(held: Mapping[Unit, Decimal], counts: Counts, pages_per_metre: int) -> Fraction:
    """Metres of shelf that are covered, at most what is declared: records have pages and no metres.

    Where pages are declared beside them the agency says itself how many are on a metre.
    """
    metres, pages = Fraction(held.get(Unit.METRES, 0)), Fraction(held.get(Unit.SHEETS, 0))
    per_metre = pages / metres if metres and pages else Fraction(pages_per_metre)
    return min(metres, counts.covered_sheets / per_metre)


def _sum_of_bounds(lines: Sequence[Line]) -> dict[Unit, Bounds]:
    """Sums of what may be held at least and at most, in units of which some part was estimated."""
    sums = {}
    for unit in {unit for part in lines for unit in part.bounds}:
        known = [part.bounds.get(unit) or (part.held.get(unit, Decimal(0)),) * 2 for part in lines]
        sums[unit] = sum((low for low, _ in known), Decimal(0)), sum((high for _, high in known), Decimal(0))
    return sums


def _status(measured: int, base: Decimal, target: Target) -> Status:
    if base <= 0:
        return Status.NOT_MEASURABLE
    if measured > base:
        return Status.OVER_DECLARED
    if measured < target.low * base:
        return Status.BELOW
    return Status.ABOVE if measured > target.high * base else Status.WITHIN


def _missing(measured: int, base: Decimal, target: Target) -> int | None:
    if base <= 0:
        return None
    return max(0, int((target.low * base).to_integral_value(ROUND_CEILING)) - measured)
