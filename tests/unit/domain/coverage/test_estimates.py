from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.coverage.figures import Counts, Line, Status, Target, line, total
from sohoa.domain.coverage.holdings import Unit

TARGET = Target.band(0.7, 1.0)


def year(covered: int, held: int, bounds: tuple[int, int] | None = None) -> Line:
    known = {} if bounds is None else {Unit.DOCUMENTS: (Decimal(bounds[0]), Decimal(bounds[1]))}
    return line({Unit.DOCUMENTS: Decimal(held)}, Counts(covered=covered), TARGET, known)


@pytest.mark.parametrize(
    ("covered", "status", "excess", "ratio"),
    [
        (100, Status.WITHIN, 0, Fraction(1)),
        (110, Status.WITHIN, 0, Fraction(1)),
        (111, Status.OVER_DECLARED, 1, Fraction(111, 100)),
    ],
)
def test_an_estimate_is_contradicted_beyond_its_margin_alone(
    covered: int, status: Status, excess: int, ratio: Fraction
) -> None:
    """100 ± 10 papers: 110 are no contradiction and all of them, 111 are one more than there can be."""
    found = year(covered, 100, (90, 110))
    assert (found.status, found.excess.get(Unit.DOCUMENTS, 0), found.ratio) == (status, excess, ratio)


def test_the_range_of_an_estimate_goes_through_to_ratio_and_sums() -> None:
    """50 of 90 to 110; with a counted year 0 of 100 the sum lies between 50 of 210 and 50 of 190."""
    estimated = year(50, 100, (90, 110))
    assert estimated.ratio_range == (Fraction(50, 110), Fraction(50, 90))
    whole = total([estimated, year(0, 100)], TARGET)
    assert (whole.ratio, whole.ratio_range) == (Fraction(1, 4), (Fraction(50, 210), Fraction(50, 190)))
    assert whole.missing_range(Decimal("0.7")) == (83, 97)
    assert year(50, 100).ratio_range is None


CELL = st.tuples(st.integers(0, 8), st.integers(1, 5), st.integers(0, 2), st.integers(0, 2), st.booleans())


@given(st.lists(CELL, min_size=1, max_size=3), st.sampled_from([Decimal("0.7"), Decimal(1)]))
def test_ranges_are_the_extremes_over_all_that_may_be_held(
    cells: list[tuple[int, int, int, int, bool]], goal: Decimal
) -> None:
    """Every number within the bounds is tried for every year: nothing lies outside, the ends are reached."""
    bounds = [(max(0, held - less), held + more) if e else None for _, held, less, more, e in cells]
    parts = [year(cell[0], cell[1], margin) for cell, margin in zip(cells, bounds, strict=True)]
    whole = total(parts, TARGET)
    held = [range(b[0], b[1] + 1) if b else (cell[1],) for cell, b in zip(cells, bounds, strict=True)]
    ratios, missing = [], []
    for numbers in product(*held):
        counted = sum(min(cell[0], number) for cell, number in zip(cells, numbers, strict=True))
        ratios.append(Fraction(counted, sum(numbers)) if sum(numbers) else Fraction(1))
        missing.append(max(0, -(-(Fraction(goal) * sum(numbers) - counted) // 1)))
    known = (min(ratios), max(ratios)) if any(bounds) else None
    assert whole.ratio_range == known
    assert whole.missing_range(goal) == (min(missing), max(missing))
