from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.activity import Activity, end_of, moments_of, with_progress
from sohoa.domain.coverage.figures import Counts, Target, line
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.progress import Projection, Throughput, month_ends, projection
from sohoa.domain.coverage.report import compute
from sohoa.domain.coverage.tallies import Tally

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


def test_a_pace_of_some_days_tells_no_day() -> None:
    """Six days of work promise nothing, seven do; what is reached is told at once."""
    few, enough = ([Throughput(days, known, 0, known, 0, 0, 0) for days in (7, 30, 90)] for known in (6, 7))
    found = projected(40, 100, few)
    assert (found.why, found.missing, found.day) == ("too_early", 30, None)
    assert (found.earliest, found.latest) == (None, None)
    assert projected(40, 100, enough).day is not None
    assert projected(80, 100, few).why == "reached"


def test_months_end_on_their_last_day() -> None:
    """Twelve of them before the month of the day, over the turn of the year and February."""
    ends = month_ends(date(2026, 3, 31), 4)
    assert ends == (date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28))


def test_growth_and_trend_are_counted_back_from_the_end_of_the_day() -> None:
    """Covered in May 4, on 10 June 6 more, lately 3 fewer: what was declared caps every moment."""
    agencies = AgencyRegister([Agency("Z01", "Một")])
    held = [Holding("Z01", "P1", 2024, Unit.DOCUMENTS, Decimal(8), "B", date(2020, 1, 1))]
    report = compute(held, [tally(7)], {}, agencies, TARGET)
    moments = moments_of(DAY, end_of(DAY))
    place = {moment: number for number, moment in enumerate(moments)}
    may, week = place[end_of(date(2026, 4, 30))], place[end_of(date(2026, 6, 23))]
    june = place[end_of(date(2026, 5, 31))]
    activity = Activity(
        day=DAY,
        until=end_of(DAY),
        began=end_of(date(2026, 4, 30)),
        moments=moments,
        movements=[(may, tally(4)), (june, tally(6)), (week, tally(-3))],
        arrivals=[],
        waiting=[],
        declared={end: held if end > date(2026, 5, 1) else [] for end in month_ends(DAY)},
    )
    found = with_progress(report, activity).progress
    assert found is not None
    assert [window.covered for window in found.throughput] == [-1, 3, 7]
    assert [window.observed for window in found.throughput] == [7, 30, 61]
    assert [(p.day, p.covered, p.held) for p in found.trend[-3:]] == [
        (date(2026, 4, 30), 0, Decimal(0)),
        (date(2026, 5, 31), 4, Decimal(8)),
        (DAY, 7, Decimal(8)),
    ]


def tally(records: int) -> Tally:
    return Tally("Z01", 2024, True, True, True, False, records, records)
