"""How the work goes on: what waits, how much is done in a time, when targets are reached, the way so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sohoa.domain.coverage.figures import Line

WINDOWS = (7, 30, 90)
"""Days of the windows in which throughput is counted; the middle one foretells."""
AGES = (7, 30, 90)
"""Bounds in days between the ages of what waits; the last age is open."""
LEAST_OBSERVED = 7
"""With fewer days of work behind it a pace foretells nothing."""
FARTHEST = 36_525
"""Further ahead than a hundred years no day is told."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits at the end of the day, in inbox objects (files).

    ``waiting`` was not processed yet, ``review`` waits for a person. ``*_ages`` are their numbers by age: to
    7 days, to 30, to 90, and older; ``*_oldest`` the age of the oldest in days, None where nothing waits.
    ``failures`` are rejected and failed objects by reason.
    """

    waiting: int = 0
    waiting_ages: tuple[int, ...] = (0,) * (len(AGES) + 1)
    waiting_oldest: int | None = None
    review: int = 0
    review_ages: tuple[int, ...] = (0,) * (len(AGES) + 1)
    review_oldest: int | None = None
    failures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Throughput:
    """What was done in the last ``days`` days, of which ``observed`` lie after the first record.

    ``received`` records with ``sheets`` (A4 equivalents) were archived for the first time; ``covered`` is
    by how many documents the covered part of what is declared today grew (below 0: shrank).
    ``nights`` (noon to noon in Vietnam) and ``hours`` (of the clock) are those with a new record.
    """

    days: int
    observed: int
    received: int
    covered: int
    sheets: int
    nights: int
    hours: int

    @property
    def covered_per_day(self) -> Fraction:
        """Documents covered a day, on average; 0 before the first record."""
        return Fraction(self.covered, self.observed) if self.observed else Fraction(0)

    @property
    def sheets_per_night(self) -> Fraction | None:
        """A4 equivalents in a night with work; None without any."""
        return Fraction(self.sheets, self.nights) if self.nights else None

    @property
    def sheets_per_hour(self) -> Fraction | None:
        """A4 equivalents in an hour with work; None without any."""
        return Fraction(self.sheets, self.hours) if self.hours else None


@dataclass(frozen=True, slots=True)
class Projection:
    """When the headline reaches the share ``goal`` if the work goes on as in the last 30 days.

    ``missing`` documents are needed. ``earliest`` is the day by the quickest of the windows and the lowest
    number held, ``latest`` by the slowest and the highest; None where that is never, or after 100 years.
    ``why`` is empty where ``day`` is told, else ``reached``, ``not_measurable``, ``too_early`` (less than
    ``LEAST_OBSERVED`` days of work are known), ``no_progress`` or ``far``.
    """

    goal: Decimal
    missing: int | None
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The headline at the end of a day, by what was declared then: ``covered`` counts at most what was."""

    day: date
    covered: int
    held: Decimal

    @property
    def ratio(self) -> Fraction | None:
        """Covered by declared; None where nothing was declared."""
        return self.covered / Fraction(self.held) if self.held > 0 else None


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it, of an agency or of all: ``throughput`` by window, ``projections`` by goal, ``trend`` by day.

    The trend has the ends of the last twelve months and then the day itself.
    """

    backlog: Backlog
    throughput: tuple[Throughput, ...]
    projections: tuple[Projection, ...]
    trend: tuple[TrendPoint, ...]


def projection(line: Line, goal: Decimal, throughput: Sequence[Throughput], day: date) -> Projection:
    """The day of reaching the goal, from the pace of the windows, with the range of pace and of estimates."""
    lacking = line.missing_range(goal)
    if lacking is None:
        return Projection(goal, None, why="not_measurable")
    missing = max(0, math.ceil(Fraction(goal) * Fraction(line.held_documents) - line.counted_documents))
    paces = [window.covered_per_day for window in throughput]
    earliest = _day_after(day, lacking[0], max(paces))
    latest = _day_after(day, lacking[1], min(paces))
    if missing == 0:
        return Projection(goal, 0, None, earliest, latest, "reached")
    month = throughput[len(throughput) // 2]
    if month.observed < LEAST_OBSERVED:
        return Projection(goal, missing, why="too_early")
    pace = month.covered_per_day
    found = _day_after(day, missing, pace)
    why = "" if found else "no_progress" if pace <= 0 else "far"
    return Projection(goal, missing, found, earliest, latest, why)


def _day_after(day: date, missing: int, pace: Fraction) -> date | None:
    if missing == 0:
        return day
    days = math.ceil(missing / pace) if pace > 0 else FARTHEST + 1
    return day + timedelta(days=days) if days <= FARTHEST and day.year + 101 <= date.max.year else None


def month_ends(day: date, many: int = 12) -> tuple[date, ...]:
    """The last days of as many months before the day's, in their order."""
    ends = []
    first = day.replace(day=1)
    for _ in range(many):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return tuple(reversed(ends))
