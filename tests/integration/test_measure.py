from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from sohoa.adapters.clock import SystemClock
from sohoa.adapters.coverage_report import Means, render
from sohoa.adapters.directory_store import DirectoryStore
from sohoa.adapters.ledger import open_ledger
from sohoa.adapters.report_files import ReportFiles
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.holdings import Holding
from sohoa.domain.coverage.ranking import Criterion
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.errors import Conflict, InvalidRequest, Misconfigured, NotFound, Unavailable
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from sohoa.domain.protection.access import Access, Reader
from sohoa.ports import (
    CoverageCounts,
    DocumentStates,
    EventLog,
    HoldingRegister,
    NewEvent,
    ObjectStore,
    RecordRegister,
    Snapshots,
    WorkHistory,
)
from sohoa.settings import SealSettings
from sohoa.usecases.coverage.difference import difference
from sohoa.usecases.coverage.fonds import fonds_rows
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.coverage.registers import take_over
from sohoa.usecases.coverage.snapshots import keep, write_snapshot
from tests.support.coverage import holding, rows

# The last moment of 30 June 2026 in Vietnam, which is still afternoon in Greenwich.
LAST, NEXT = datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC), datetime(2026, 6, 30, 17, tzinfo=UTC)


@dataclass
class Band:
    target_low: float = 0.7
    target_high: float = 1.0
    pages_per_metre: int = 10_000
    reports: str = "reports"


OPERATOR = Reader("ke-toan")


class Midnight(SystemClock):
    """Half past midnight in Vietnam, the day before in UTC."""

    def now(self) -> datetime:
        return datetime(2026, 6, 30, 17, 30, tzinfo=UTC)


@dataclass
class Site:
    states: DocumentStates
    records: RecordRegister
    counts: CoverageCounts
    work: WorkHistory
    snapshots: Snapshots
    declared: HoldingRegister
    holdings: Sequence[Holding]
    agencies: AgencyRegister
    policy: Band
    clock: Midnight
    reports: ReportFiles
    store: ObjectStore
    events: EventLog
    targets: Sequence[LegalTarget] = ()
    criteria: Sequence[Criterion] = ()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Two agencies; the first took in one record on each side of a midnight, and a secret object."""
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", lambda owner: False)
    agencies = AgencyRegister([Agency("Z99.01", "Một"), Agency("Z99.02", "Hai", successor="Z99.01")])
    holdings = [holding("Z99.01", 2024, 4), holding("Z99.02", 2024, 2)]
    means = Means(font=SealSettings().font)
    reports = ReportFiles(
        tmp_path / "reports", lambda report, kind, width: render(report, kind, width, means)
    )
    store = DirectoryStore(tmp_path, tmp_path / "work")
    store.prepare("reports")
    for row, moment in zip(rows("Z99.01", 2024, 2), (LAST, NEXT), strict=True):
        ledger.records.hold(row.record_id, row.agency, row.sha256, row.holder_key)
        ledger.records.save(replace(row, archived_at=moment), moment)
    ledger.states.observe([ObjectInfo("Z99.01/b/x.pdf", 1, "e1"), ObjectInfo("Z99.02/b/y.pdf", 1, "e2")])
    ledger.states.settle("Z99.01/b/x.pdf", "e1", Outcome(State.QUARANTINED, "secrecy_mark"), LAST)
    yield Site(
        ledger.states,
        ledger.records,
        ledger.coverage,
        ledger.work,
        ledger.snapshots,
        ledger.holdings,
        holdings,
        agencies,
        Band(),
        Midnight(),
        reports,
        store,
        ledger.events,
    )
    ledger.close()


def test_a_day_ends_at_midnight_in_vietnam(site: Site) -> None:
    """What was archived a second before counts on that day, what was archived after does not."""
    assert measure(OPERATOR, site).province.counts.covered == 2
    assert measure(OPERATOR, site, date(2026, 6, 30)).province.counts.covered == 1
    assert measure(OPERATOR, site, date(2026, 6, 29)).province.counts.covered == 0


def test_declarations_after_the_day_do_not_count(site: Site) -> None:
    """Before the first declaration nothing can be measured."""
    assert measure(OPERATOR, site, date(2025, 12, 30)).province.ratio is None


def test_one_agency_alone(site: Site) -> None:
    """The report of one agency has its figures only; its roll-up still knows the predecessor."""
    report = measure(OPERATOR, site, agency="Z99.01")
    assert [row.agency for row in report.agencies] == ["Z99.01"]
    assert (report.province.ratio, report.excluded.secret, report.waiting) == (Fraction(1, 2), 1, 0)
    rolled = report.agencies[0].with_predecessors
    assert rolled is not None
    assert rolled.ratio == pytest.approx(2 / 6)
    assert measure(OPERATOR, site, agency="Z99.02").waiting == 1


def test_an_unknown_agency_and_an_impossible_target_are_errors(site: Site) -> None:
    """Both name what is wrong instead of giving an empty report."""
    with pytest.raises(NotFound, match=r"Z99\.09"):
        measure(OPERATOR, site, agency="Z99.09")
    with pytest.raises(Misconfigured, match="target band"):
        measure(OPERATOR, replace(site, policy=Band(0.9, 0.7)))


def test_what_is_published_is_of_today_in_vietnam_and_repeats(site: Site, tmp_path: Path) -> None:
    """The files are written whole, without debris; a second run repeats the bytes and makes no snapshot."""
    names = write_snapshot(OPERATOR, site)
    forms = ("json", "csv", "html")
    assert names == [*(f"coverage.{form}" for form in forms), "snapshots/2026-06-29"]
    folder = tmp_path / "reports"
    first = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert sorted(first) == sorted([*names[:3], "sohoa-coverage.prom"])
    assert json.loads(first["coverage.json"])["as_of"] == "2026-07-01"
    assert write_snapshot(OPERATOR, site) == names[:3]
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == first


def test_a_snapshot_is_kept_for_good_and_the_day_can_be_told_again(site: Site) -> None:
    """Later withdrawals, reviews, holdings and states change neither the snapshot nor the day's figures."""
    kept = keep(OPERATOR, site, date(2026, 6, 30))
    assert json.loads(kept.data)["province"]["covered"] == 1
    later = datetime(2026, 7, 2, tzinfo=UTC)
    (first, second) = site.records.records(agency="Z99.01")
    site.records.save(replace(first, withdrawn="nhầm"), later)
    site.records.save(replace(second, year=2023, signed=False), later)
    site.states.settle("Z99.01/b/x.pdf", "e1", Outcome(State.ARCHIVED), later)
    more = replace(holding("Z99.01", 2024, 400), as_of=date(2026, 6, 1))
    site.declared.declare(
        [more], "lan", later, date(2026, 7, 1), NewEvent("lan", Action.HOLDINGS_DECLARED, {})
    )
    again = site.reports.render(measure(OPERATOR, site, date(2026, 6, 30)), "json")
    assert again == kept.data == site.snapshots.snapshot(date(2026, 6, 30)).data  # type: ignore[union-attr]
    assert json.loads(site.reports.render(measure(OPERATOR, site), "json"))["province"]["covered"] == 0
    with pytest.raises(Conflict, match="made before"):
        keep(OPERATOR, site, date(2026, 6, 30))


def test_a_register_of_the_past_changes_no_published_day(site: Site) -> None:
    """What is declared after a snapshot counts from the day after it, whatever day the paper was counted."""
    take_over(OPERATOR, site)
    keep(OPERATOR, site, date(2026, 6, 30))
    later = replace(site, holdings=[*site.holdings, holding("Z99.01", 2019, 50)])
    take_over(OPERATOR, later)
    years = [
        [year.year for year in measure(OPERATOR, later, day).agencies[0].years]
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert years == [[2024], [2019, 2024]]


def test_the_difference_of_two_days_is_explained_by_records_and_declarations(site: Site) -> None:
    """Every figure that changed has its records; a reader of one agency sees that agency's alone."""
    first, second = date(2026, 6, 29), date(2026, 7, 1)
    found = difference(OPERATOR, site, first, second)
    assert [(c.agency, c.year) for c in found.cells] == [("Z99.01", 2024)]
    changes = [(change.before, change.after) for change in found.records]
    assert [(before, after is not None and after.covered) for before, after in changes] == [(None, True)] * 2
    assert (found.declared, found.ended) == ((), ())
    early = difference(OPERATOR, site, date(2025, 12, 30), first)
    assert [h.agency for h in early.declared] == ["Z99.01", "Z99.02"]
    scoped = Reader("ke-toan", access=Access(frozenset({"Z99.02"})))
    assert difference(scoped, site, first, second).records == ()
    with pytest.raises(InvalidRequest, match="earlier day comes first"):
        difference(OPERATOR, site, second, first)


@pytest.mark.parametrize("name", ["", ".hidden", "../x", "a/b"])
def test_reports_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    """Only plain file names are taken."""
    with pytest.raises(Misconfigured, match="plain file name"):
        ReportFiles(tmp_path, render).write(name, b"x")


def test_figures_for_monitoring_have_a_folder_of_their_own(tmp_path: Path) -> None:
    """They are for any account and read back from there; other reports are for the group, in theirs."""
    reports = ReportFiles(tmp_path / "reports", render, tmp_path / "collected")
    for name in ("sohoa-night.prom", "coverage.csv"):
        reports.write(name, b"x")
        assert reports.read(name) == b"x"
    figures, report = tmp_path / "collected" / "sohoa-night.prom", tmp_path / "reports" / "coverage.csv"
    assert (figures.stat().st_mode & 0o777, report.stat().st_mode & 0o777) == (0o644, 0o640)
    assert len(list(tmp_path.rglob("*.*"))) == 2


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    """A file in the place of the folder is reported, not raised raw."""
    (tmp_path / "reports").write_bytes(b"")
    with pytest.raises(Unavailable, match="cannot be written"):
        ReportFiles(tmp_path / "reports", render).write("x.csv", b"x")


def test_figures_of_a_predecessor_are_not_told_to_who_may_not_see_it(site: Site) -> None:
    """The sum over predecessors is there for a reader of all of them alone; the snapshot is everybody's."""
    scoped = Reader("ke-toan", access=Access(frozenset({"Z99.01"})))
    (row,) = measure(scoped, site, agency="Z99.01").agencies
    assert (row.agency, row.with_predecessors) == ("Z99.01", None)
    (whole, *_) = measure(OPERATOR, site, agency="Z99.01").agencies
    assert whole.with_predecessors is not None
    write_snapshot(scoped, site)
    snapshot = json.loads(site.reports.read("coverage.json") or b"")
    assert {agency["agency"] for agency in snapshot["agencies"]} == {"Z99.01", "Z99.02"}


def test_paper_by_fonds_has_the_names_of_tt_02(site: Site) -> None:
    """Years of one fonds alone have a digitized number, at most what is declared; shared years have none."""
    other = replace(holding("Z99.02", 2024, 5), fonds="P2")
    more = [holding("Z99.01", 2024, 1), holding("Z99.01", 2019, 3), holding("Z99.02", 2024, 2), other]
    rows_of = list(fonds_rows(OPERATOR, replace(site, holdings=more)))
    assert rows_of == [
        ("Z99.01", "P1", "2019-2024", "4", "1"),
        ("Z99.02", "P1", "2024", "2", ""),
        ("Z99.02", "P2", "2024", "5", ""),
    ]
    assert list(fonds_rows(OPERATOR, site, "Z99.01", date(2026, 6, 30))) == [
        ("Z99.01", "P1", "2024", "4", "1")
    ]
