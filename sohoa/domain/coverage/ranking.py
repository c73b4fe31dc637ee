"""Ranking of agencies: score = ratio × maximum points of each criterion, by criteria that are data.

The ratio of a criterion is its figure by declared documents; in every year at most what is declared counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sohoa.domain.coverage.figures import Counts, Line


class Figure(StrEnum):
    """What a criterion may count: a stage of records."""

    RECEIVED = "received"
    SEARCHABLE = "searchable"
    SIGNED = "signed"
    COMPLETE = "complete"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Criterion:
    """So many points at most for a figure; ``missing`` are the points where nothing is declared.

    Both days are inclusive, None means open.
    """

    code: str
    name: str
    figure: Figure
    points: Decimal
    source: str
    missing: Decimal = Decimal(0)
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether it is used on that day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one criterion; ``ratio`` None: nothing declared, the points are given by rule."""

    criterion: str
    ratio: Fraction | None
    points: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """What would lift an agency to the next rank: so many more covered documents, by year, most first.

    ``unfinished`` of them were received already, the others not. ``score`` is what the agency above has.
    """

    rank: int
    score: Fraction
    documents: int
    years: tuple[tuple[int | None, int], ...]
    unfinished: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """An agency's place: equal scores share a rank and the ranks after it are left out (1, 1, 3)."""

    agency: str
    name: str
    rank: int
    score: Fraction
    scores: tuple[Score, ...]
    step: Step | None = None

    @property
    def by_rule(self) -> bool:
        """Whether points were given by the rule for missing data."""
        return any(score.ratio is None for score in self.scores)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The agencies by rank, and the criteria by which they were ranked."""

    criteria: tuple[Criterion, ...]
    rows: tuple[Ranked, ...]

    @property
    def points(self) -> Decimal:
        """The most that can be reached."""
        return sum((criterion.points for criterion in self.criteria), Decimal(0))


Years = Sequence[tuple[int | None, Line]]


def rank(agencies: Iterable[tuple[str, str, Years]], criteria: Sequence[Criterion]) -> Ranking:
    """Rank agencies given by code, name and the lines of their years."""
    known = {code: (name, years) for code, name, years in agencies}
    scores = {code: tuple(_score(c, years) for c in criteria) for code, (_, years) in known.items()}
    sums = {code: sum((score.points for score in found), Fraction(0)) for code, found in scores.items()}
    order = sorted(sums, key=lambda code: (-sums[code], code))
    ranks = _ranks(sums)
    rows = tuple(
        Ranked(
            agency=code,
            name=known[code][0],
            rank=ranks[sums[code]],
            score=sums[code],
            scores=scores[code],
            step=_step(known[code][1], criteria, sums[code], ranks),
        )
        for code in order
    )
    return Ranking(tuple(criteria), rows)


def _ranks(sums: Mapping[str, Fraction]) -> dict[Fraction, int]:
    """The rank of each score, highest first."""
    ranks: dict[Fraction, int] = {}
    for place, score in enumerate(sorted(sums.values(), reverse=True), start=1):
        ranks.setdefault(score, place)
    return ranks


def _score(criterion: Criterion, years: Years) -> Score:
    held = _held(years)
    if held == 0:
        return Score(criterion.code, None, Fraction(criterion.missing))
    counted = sum(min(_figure(line.counts, criterion.figure), int(line.held_documents)) for _, line in years)
    ratio = Fraction(counted, held)
    return Score(criterion.code, ratio, ratio * Fraction(criterion.points))


def _held(years: Years) -> int:
    return sum(int(line.held_documents) for _, line in years)


def _figure(counts: Counts, figure: Figure) -> int:
    return int(getattr(counts, figure.value))


def _step(
    years: Years, criteria: Sequence[Criterion], score: Fraction, ranks: Mapping[Fraction, int]
) -> Step | None:
    """Documents that suffice for the next higher score, years that lack most first.

    A paper that is not received yet lifts every criterion; of one that is, at least ``covered`` is lifted,
    others may be lifted already. None for the first rank, or where the agency's papers do not suffice.
    """
    above, held = min((other for other in ranks if other > score), default=None), _held(years)
    if above is None or held == 0:
        return None
    need, new = above - score, _lacking(years, Figure.RECEIVED)
    per_new = sum((Fraction(c.points) for c in criteria), Fraction(0)) / held
    per_unfinished = (
        sum((Fraction(c.points) for c in criteria if c.figure is Figure.COVERED), Fraction(0)) / held
    )
    taken = _take(new, math.ceil(need / per_new)) if per_new else {}
    need -= per_new * sum(taken.values())
    begun: Mapping[int | None, int] = {}
    if need > 0 and per_unfinished:
        unfinished = {
            year: number - new.get(year, 0) - sum(line.counts.draft for y, line in years if y == year)
            for year, number in _lacking(years, Figure.COVERED).items()
        }
        begun = _take(unfinished, math.ceil(need / per_unfinished))
        need -= per_unfinished * sum(begun.values())
    if need > 0:
        return None
    by_year = {year: taken.get(year, 0) + begun.get(year, 0) for year in {*taken, *begun}}
    ordered = sorted(by_year.items(), key=lambda item: (-item[1], item[0] is None, item[0] or 0))
    number = sum(by_year.values())
    return Step(ranks[above], above, number, tuple(ordered), sum(begun.values()))


def _lacking(years: Years, figure: Figure) -> dict[int | None, int]:
    """By how many documents the figure lies below what is declared, years in which it does."""
    lacks: dict[int | None, int] = {}
    for year, line in years:
        lack = int(line.held_documents) - _figure(line.counts, figure)
        if lack > 0:
            lacks[year] = lacks.get(year, 0) + lack
    return lacks


def _take(lacking: Mapping[int | None, int], number: int) -> dict[int | None, int]:
    """So many documents of the years that lack most, or all there are."""
    taken: dict[int | None, int] = {}
    order = sorted(lacking.items(), key=lambda item: (-item[1], item[0] is None, item[0] or 0))
    for year, lacks in order:
        if number and lacks > 0:
            taken[year] = min(lacks, number)
            number -= taken[year]
    return taken
