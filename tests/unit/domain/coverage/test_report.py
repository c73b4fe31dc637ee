from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.figures import Counts, Status, Target
from sohoa.domain.coverage.holdings import Holding, Unit, in_force
from sohoa.domain.coverage.report import CoverageReport, compute
from sohoa.domain.coverage.tallies import Tally
from sohoa.domain.inbox.states import State

AGENCIES = AgencyRegister([Agency("Z01", "Một"), Agency("Z02", "Hai", successor="Z01")])
TARGET = Target.band(0.7, 1.0)


@dataclass(frozen=True)
class Facts:
    agency: str = "Z01"
    year: int | None = 2024
    sheets_a4: int = 1
    searchable: bool = True
    signed: bool = True
    complete: bool = True
    draft: bool = False

    def tally(self) -> Tally:
        return Tally(
            self.agency, self.year, self.searchable, self.signed, self.complete, self.draft, 1, self.sheets_a4
        )


def held(number: int | str, year: int | None = 2024, **other: str) -> Holding:
    return Holding(
        agency=other.get("agency", "Z01"),
        fonds=other.get("fonds", "P1"),
        year=year,
        unit=Unit(other.get("unit", "documents")),
        held=Decimal(number),
        source="Biên bản",
        as_of=date.fromisoformat(other.get("as_of", "2025-01-01")),
    )


def measured(
    holdings: list[Holding],
    records: list[Facts],
    states: Mapping[str, Mapping[State, int]] | None = None,
    target: Target = TARGET,
) -> CoverageReport:
    return compute(holdings, [facts.tally() for facts in records], states or {}, AGENCIES, target)


def test_without_a_declaration_coverage_is_not_measurable() -> None:
    """No denominator gives no ratio, however many records came in, and the province says the same."""
    report = measured([], [Facts(), Facts()])
    year = report.agencies[0].years[0].line
    assert (year.ratio, year.status, year.counts.covered) == (None, Status.NOT_MEASURABLE, 2)
    assert (report.province.ratio, report.province.missing) == (None, None)


@pytest.mark.parametrize(
    "lacking",
    [
        Facts(signed=False),
        Facts(complete=False),
        Facts(searchable=False),
        Facts(draft=True),
    ],
)
def test_a_record_that_lacks_anything_is_not_covered(lacking: Facts) -> None:
    """Covered is signed and complete and searchable and no draft."""
    line = measured([held(2)], [Facts(), lacking]).province
    assert (line.counts.covered, line.ratio) == (1, Fraction(1, 2))


def test_more_covered_than_declared_is_an_error_that_no_total_hides() -> None:
    """A year's ratio above 100 % is not clipped, and its error shows in every sum that contains it."""
    report = measured([held(2), held(98, 2023)], [Facts()] * 3)
    year = report.agencies[0].years[1].line
    assert (year.ratio, year.status) == (Fraction(3, 2), Status.OVER_DECLARED)
    assert report.province.status is Status.OVER_DECLARED


def test_what_a_year_holds_beyond_its_declaration_fills_no_gap_of_another() -> None:
    """5 of 3 and 6 of 2 beside 0 of 5 are 5 of 10, not 11 of 10; the excess stands beside the sum."""
    holdings = [held(3, 2022), held(2, 2023), held(5, 2024), held(4, 2022, unit="sheets")]
    report = measured(holdings, [Facts(year=2022)] * 5 + [Facts(year=2023)] * 6)
    for line in (report.agencies[0].total, report.province):
        assert (line.ratio, line.missing, line.measured) == (
            Fraction(1, 2),
            2,
            {Unit.DOCUMENTS: 5, Unit.SHEETS: 4},
        )
        assert line.excess == {Unit.DOCUMENTS: 6, Unit.SHEETS: 1}
        assert line.counts.covered == 11


def test_an_anomaly_names_the_rows_of_the_register() -> None:
    """Year, unit, excess and the declarations that say less; nothing where nothing was declared."""
    rows = [replace(held(1), row="so.csv:2"), replace(held(1, fonds="P2"), row="so.csv:9"), held(9, 2023)]
    report = measured(rows, [Facts()] * 3 + [Facts(agency="Z02")])
    (found,) = report.agencies[0].anomalies
    assert (found.year, found.unit, found.excess) == (2024, Unit.DOCUMENTS, 1)
    assert [row.row for row in found.rows] == ["so.csv:2", "so.csv:9"]
    assert report.agencies[1].anomalies == ()


def test_few_declared_documents_are_flagged() -> None:
    """Below 30 a ratio says little; without a declaration there is nothing to flag."""
    report = measured([held(29), held(30, 2023)], [Facts(year=2022)])
    assert [year.line.small for year in report.agencies[0].years] == [False, False, True]
    assert not report.province.small


def test_nothing_declared_to_be_held_is_not_a_whole() -> None:
    """Zero declared gives no ratio, and records found nevertheless contradict the declaration."""
    assert measured([held(0)], []).province.status is Status.NOT_MEASURABLE
    line = measured([held(0)], [Facts()]).province
    assert (line.ratio, line.status) == (None, Status.OVER_DECLARED)


@pytest.mark.parametrize(
    ("covered", "status", "missing"), [(6, Status.BELOW, 1), (7, Status.WITHIN, 0), (9, Status.ABOVE, 0)]
)
def test_the_band_includes_its_ends(covered: int, status: Status, missing: int) -> None:
    """Exactly 70 % is within 70-80 %, and the gap is counted in whole documents."""
    line = measured([held(10)], [Facts()] * covered, target=Target.band(0.7, 0.8)).province
    assert (line.status, line.missing) == (status, missing)


def test_fonds_add_up_and_units_stay_apart() -> None:
    """Documents of two fonds are one denominator; pages and metres have their own ratio, files have none."""
    holdings = [
        held(3),
        held(1, fonds="P2"),
        held(10, unit="sheets"),
        held("0.5", unit="metres"),
        held(2, unit="files"),
    ]
    line = measured(holdings, [Facts(sheets_a4=3)]).province
    ratios = [line.ratio_of(unit) for unit in (Unit.DOCUMENTS, Unit.SHEETS, Unit.METRES, Unit.FILES)]
    assert ratios == [Fraction(1, 4), Fraction(3, 10), Fraction(3, 10), None]


def test_pages_fill_metres_of_shelf_as_the_agency_or_the_setting_says() -> None:
    """Without declared pages 10,000 fill a metre; a year counts at most the metres that it declared."""
    holdings = [held("0.5", unit="metres"), held("0.5", 2023, unit="metres")]
    report = measured(holdings, [Facts(sheets_a4=1000), Facts(year=2023, sheets_a4=9000)])
    assert report.province.metres == Fraction(6, 10)
    assert report.province.ratio_of(Unit.METRES) == Fraction(6, 10)


def test_a_year_without_declaration_stays_out_of_the_total_ratio() -> None:
    """The total counts declared years only and says how many, while every record stays in its counts."""
    total = measured([held(2)], [Facts(), Facts(year=None)]).agencies[0].total
    assert (total.ratio, total.counts.covered, total.measured[Unit.DOCUMENTS]) == (Fraction(1, 2), 2, 1)
    assert (total.measurable_years, total.years) == (1, 2)


def test_what_is_not_counted_is_shown() -> None:
    """Secret, draft, duplicate and damaged objects appear by agency; strays appear, too."""
    states = {
        "Z01": {
            State.QUARANTINED: 1,
            State.DUPLICATE: 2,
            State.REJECTED: 3,
            State.FAILED: 4,
            State.PENDING: 5,
        },
        "stray.pdf": {State.REJECTED: 1, State.COMPANION: 1},
    }
    report = measured([], [Facts(draft=True)], states)
    shown = report.agencies[0].excluded
    assert (shown.secret, shown.draft, shown.duplicate, shown.damaged) == (1, 1, 2, 7)
    assert (report.waiting, report.unassigned) == (5, 1)


def test_merged_agencies_roll_up_to_their_successor() -> None:
    """The successor shows its own figures and those with its predecessor; the province counts once."""
    report = measured([held(1), held(3, agency="Z02")], [Facts(), Facts(agency="Z02")])
    successor = report.agencies[0]
    assert successor.total.ratio == 1.0
    assert successor.with_predecessors is not None
    assert successor.with_predecessors.ratio == 0.5 == report.province.ratio


def test_the_latest_declaration_up_to_the_day_counts() -> None:
    """A later count replaces an earlier one, but not before its day."""
    holdings = [held(5), held(8, as_of="2025-07-01"), held(1, 2023, as_of="2025-07-01")]
    assert [h.held for h in in_force(holdings, date(2025, 6, 30))] == [5]
    assert [h.held for h in in_force(holdings)] == [1, 8]


@pytest.mark.parametrize("band", [(0.8, 0.7), (-0.1, 1.0), (0.7, 1.1), (float("nan"), 1.0)])
def test_a_target_outside_of_0_and_1_is_refused(band: tuple[float, float]) -> None:
    """A band that is not a rising pair of shares is an error of the settings."""
    with pytest.raises(ValueError, match="target band"):
        Target.band(*band)


YEARS = st.sampled_from([2023, 2024, None])
CODES = st.sampled_from(["Z01", "Z02"])
FLAG = st.booleans()
RECORDS = st.lists(st.builds(Facts, CODES, YEARS, st.integers(0, 9), FLAG, FLAG, FLAG, FLAG))
HOLDINGS = st.lists(
    st.builds(
        Holding,
        CODES,
        st.sampled_from(["P1", "P2"]),
        YEARS,
        st.sampled_from(Unit),
        st.integers(0, 9).map(Decimal),
        st.just("Biên bản"),
        st.just(date(2025, 1, 1)),
    ),
    unique_by=lambda holding: holding.subject,
)


@given(HOLDINGS, RECORDS)
def test_totals_are_the_sums_of_their_years(holdings: list[Holding], records: list[Facts]) -> None:
    """Counts and declarations of the province are the sums over all agencies and years; none beyond."""
    report = measured(holdings, records)
    years = [year.line for agency in report.agencies for year in agency.years]
    assert report.province.counts == sum((line.counts for line in years), Counts())
    assert report.province.counts.received == len(records)
    for unit in Unit:
        declared = sum(h.held for h in holdings if h.unit is unit)
        assert report.province.held.get(unit, 0) == sum(line.held.get(unit, 0) for line in years) == declared
        capped = sum(min(line.measured.get(unit, 0), line.held.get(unit, 0)) for line in years)
        assert report.province.measured.get(unit, 0) == capped <= declared
        assert report.province.excess.get(unit, 0) == sum(line.excess.get(unit, 0) for line in years)


@given(HOLDINGS, RECORDS)
def test_a_ratio_exists_exactly_where_documents_are_declared(
    holdings: list[Holding], records: list[Facts]
) -> None:
    """There is a ratio if and only if there is a denominator, and more than 1 is always an error."""
    report = measured(holdings, records)
    for agency in report.agencies:
        for year in agency.years:
            declared = sum(
                h.held for h in agency.declarations if h.year == year.year and h.unit == "documents"
            )
            assert (year.line.ratio is not None) == (declared > 0)
            assert (year.line.status is Status.OVER_DECLARED) <= (year.line.counts.covered > declared)
