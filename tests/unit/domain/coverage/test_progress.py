from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sohoa.domain.coverage.figures import Counts, Target, line
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.progress import Projection, Throughput, month_ends, projection

TARGET = Target.band(0.7, 1.0)
DAY = date(2026, 6, 30)


def windows(*covered: int) -> list[Throughput]:
    return [
        Throughput(days, days, 0, number, 0, 0, 0) for days, number in zip((7, 30, 90), covered, strict=True)
    ]


def projected(covered: int, held: int, pace: list[Throughput], goal: str = "0.7") -> Projection:
    declared = {Unit.DOCUMENTS: Decimal(held)} if held else {}
    return projection(line(declared, Counts(covered=covered), TARGET), Decimal(goal), pace, DAY)


def test_the_day_is_told_by_the_pace_of_the_last_month_and_the_range_by_all_windows() -> None:
    """70 of 100 lack 30: one a day takes 30 days, three a day 10, a third a day 90."""
    found = projected(40, 100, windows(21, 30, 30))
    assert (found.missing, found.day, found.why) == (30, date(2026, 7, 30), "")
    assert (found.earliest, found.latest) == (date(2026, 7, 10), date(2026, 9, 28))


@pytest.mark.parametrize(
    ("covered", "held", "pace", "why", "missing"),
    [
        (70, 100, (1, 1, 1), "reached", 0),
        (1, 0, (1, 1, 1), "not_measurable", None),
        (1, 100, (5, 0, 5), "no_progress", 69),
        (1, 100, (5, -3, 5), "no_progress", 69),
        (0, 10_000_000, (0, 1, 1), "far", 7_000_000),
    ],
)
def test_where_no_day_can_be_told_the_reason_is(
    covered: int, held: int, pace: tuple[int, int, int], why: str, missing: int | None
) -> None:
    """Reached, nothing declared, no progress, or more than a hundred years ahead."""
    found = projected(covered, held, windows(*pace))
    assert (found.day, found.why, found.missing) == (None, why, missing)
    if why != "reached":
        assert found.latest is None


def test_months_end_on_their_last_day() -> None:
    """Twelve of them before the month of the day, over the turn of the year and February."""
    ends = month_ends(date(2026, 3, 31), 4)
    assert ends == (date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))
