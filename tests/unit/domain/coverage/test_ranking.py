from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sohoa.adapters.coverage_report import words
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.figures import Counts, Target, line
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.ranking import Criterion, Figure, Ranking, rank
from sohoa.domain.coverage.report import CoverageReport, compute
from sohoa.domain.coverage.standings import with_ranking
from sohoa.domain.coverage.tallies import Tally

TARGET = Target.band(0.7, 1.0)
COVERED = Criterion("covered", "Số hoá", Figure.COVERED, Decimal(60), "mẫu", missing=Decimal(3))
SIGNED = Criterion("signed", "Ký số", Figure.SIGNED, Decimal(40), "mẫu")
Years = dict[int, tuple[int, int, int]]


def ranked(agencies: dict[str, Years]) -> Ranking:
    """``agencies``: by year what is held, received (and signed), covered."""
    lines = [
        (
            code,
            code,
            [
                (
                    year,
                    line(
                        {Unit.DOCUMENTS: Decimal(held)} if held else {},
                        Counts(received=received, signed=received, covered=covered),
                        TARGET,
                    ),
                )
                for year, (held, received, covered) in years.items()
            ],
        )
        for code, years in agencies.items()
    ]
    return rank(lines, [COVERED, SIGNED])


def test_score_is_ratio_times_points_and_equal_scores_share_a_rank() -> None:
    """Exactly; the rank after two equal ones is left out; who declared nothing has the points of the rule."""
    found = ranked(
        {"A": {2020: (10, 5, 5)}, "B": {2020: (20, 10, 10)}, "C": {2020: (0, 7, 7)}, "D": {2020: (3, 1, 1)}}
    )
    assert [(row.agency, row.rank, row.score, row.by_rule) for row in found.rows] == [
        ("A", 1, Fraction(50), False),
        ("B", 1, Fraction(50), False),
        ("D", 3, Fraction(100, 3), False),
        ("C", 4, Fraction(3), True),
    ]
    assert [score.ratio for score in found.rows[3].scores] == [None, None]


def test_a_year_counts_at_most_what_it_declared() -> None:
    """9 of 3 fill no gap of another year."""
    (row,) = ranked({"A": {2019: (3, 9, 9), 2020: (7, 0, 0)}}).rows
    assert row.score == Fraction(30)


def test_what_would_change_a_rank_is_told_by_year() -> None:
    """Papers of the year that lacks most first; what was received and is not finished comes after."""
    found = ranked({"A": {2020: (100, 60, 60)}, "B": {2019: (80, 10, 10), 2020: (20, 10, 10)}})
    step = found.rows[1].step
    assert step is not None
    assert (step.rank, step.score, step.documents, step.years) == (1, Fraction(60), 40, ((2019, 40),))
    assert words.next_step(step) == "Lên hạng 1 nếu số hoá thêm 40 văn bản năm 2019"
    assert found.rows[0].step is None
    begun = ranked({"A": {2020: (10, 9, 9)}, "B": {2020: (10, 10, 5)}}).rows[1].step
    assert begun is not None
    assert (begun.documents, begun.unfinished) == (4, 4)
    assert "đã nhận cần hoàn thiện" in words.next_step(begun)


YEARS = st.dictionaries(
    st.sampled_from([2019, 2020]),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
        lambda n: (n[0], n[1], min(n[1], n[2]))
    ),
    max_size=2,
)


@given(st.dictionaries(st.sampled_from("ABC"), YEARS, min_size=2))
def test_a_step_that_is_done_reaches_its_rank(agencies: dict[str, Years]) -> None:
    """With the named papers covered the agency has the rank; with one paper less of new ones it has not."""
    for row in ranked(agencies).rows:
        if row.step is None:
            continue
        done = dict(agencies[row.agency])
        unfinished = row.step.unfinished
        for year, number in row.step.years:
            held, received, covered = done[year or 0]
            new = min(number, max(0, held - received))
            assert number - new <= unfinished
            done[year or 0] = (held, received + new, covered + number)
        after = {r.agency: r for r in ranked({**agencies, row.agency: done}).rows}
        assert after[row.agency].score >= row.step.score
        assert after[row.agency].rank <= row.step.rank < row.rank


def report(*declared: tuple[str, int], merged: AgencyRegister) -> CoverageReport:
    holdings = [
        Holding(code, "P1", 2020, Unit.DOCUMENTS, Decimal(held), "B", date(2020, 1, 1))
        for code, held in declared
    ]
    tallies = [Tally(code, 2020, True, True, True, False, 1, 1) for code, _ in declared]
    return compute(holdings, tallies, {}, merged, TARGET)


def test_merged_agencies_are_ranked_where_they_went_and_closed_ones_not_at_all() -> None:
    """Until its last day an agency is ranked by itself."""
    end = date(2025, 6, 30)
    agencies = AgencyRegister(
        [
            Agency("Z01", "Một"),
            Agency("Z02", "Hai", valid_to=end, successor="Z01"),
            Agency("Z03", "Ba", valid_to=end),
            Agency("Z04", "Bốn"),
        ]
    )
    figures = report(("Z01", 2), ("Z02", 2), ("Z03", 1), ("Z04", 4), merged=agencies)
    early = with_ranking(figures, agencies, [COVERED], end).ranking
    late = with_ranking(figures, agencies, [COVERED], date(2025, 7, 1)).ranking
    assert early is not None
    assert late is not None
    assert {row.agency for row in early.rows} == {"Z01", "Z02", "Z03", "Z04"}
    assert [(row.agency, row.score) for row in late.rows] == [("Z01", Fraction(30)), ("Z04", Fraction(15))]
    assert with_ranking(replace(figures, scope="Z01"), agencies, [COVERED], end).ranking is None
    past = replace(COVERED, valid_to=date(2024, 12, 31))
    assert with_ranking(figures, agencies, [past], end).ranking is None
    assert "tối đa 60 điểm" in words.ranking_method(late)
