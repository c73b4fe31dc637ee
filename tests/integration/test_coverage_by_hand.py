"""Coverage of generated provinces, held against figures that independent code counts from the raw story.

The story is a list of what happened: records archived, corrected, withdrawn; papers declared and corrected;
nights that count. The reckoning below knows nothing of cells, spans, tallies or lines.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.adapters.clock import SystemClock
from sohoa.adapters.coverage_report import render
from sohoa.adapters.ledger import open_ledger
from sohoa.adapters.report_files import ReportFiles
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.ranking import Criterion, Figure
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent, RecordRow
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.coverage.snapshots import keep

FIRST = date(2026, 1, 1)
DAYS = 6
CODES = ("Z01", "Z02", "Z03", "Z04")
SUCCESSORS = {"Z02": "Z01", "Z03": "Z02"}
REGISTER = AgencyRegister([Agency(code, code, successor=SUCCESSORS.get(code)) for code in CODES])
CRITERIA = (
    Criterion("a", "A", Figure.COVERED, Decimal(60), "mẫu"),
    Criterion("b", "B", Figure.SIGNED, Decimal(40), "mẫu", missing=Decimal(5)),
)
UNITS = (Unit.DOCUMENTS, Unit.SHEETS)


@dataclass(frozen=True)
class Archived:
    """A record is archived, or corrected; without facts it is withdrawn."""

    name: int
    agency: str
    year: int | None
    flags: tuple[bool, bool, bool, bool]
    sheets: int
    stands: bool


@dataclass(frozen=True)
class Declared:
    """Somebody declares what is held; ``before`` is how many days ago it was counted."""

    agency: str
    fonds: str
    year: int | None
    unit: Unit
    held: int
    before: int


@dataclass(frozen=True)
class Night:
    """Touched cells are counted."""

    full: bool


YEARS = st.sampled_from([2023, 2024, None])
FLAGS = st.tuples(*[st.booleans() | st.just(True)] * 3, st.sampled_from([False, False, True]))
RECORD = st.builds(
    Archived,
    st.integers(0, 7),
    st.sampled_from(CODES),
    YEARS,
    FLAGS,
    st.integers(0, 4),
    st.sampled_from([True] * 4 + [False]),
)
DECLARED = st.builds(
    Declared,
    st.sampled_from(CODES),
    st.sampled_from(["P1", "P2"]),
    YEARS,
    st.sampled_from(UNITS),
    st.integers(0, 4),
    st.integers(0, 1),
)
DAY = st.lists(RECORD | DECLARED | st.builds(Night, st.booleans()), max_size=9)
STORY = st.lists(DAY, min_size=DAYS, max_size=DAYS)


@dataclass
class Clock(SystemClock):
    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@dataclass
class Band:
    target_low: float = 0.7
    target_high: float = 1.0


@dataclass
class Province:
    """The ledger and what measuring takes beside it."""

    ledger: Any
    reports: Any
    clock: Clock = field(default_factory=Clock)
    holdings: Sequence[Holding] = ()
    agencies: AgencyRegister = REGISTER
    targets: Sequence[Any] = ()
    criteria: Sequence[Criterion] = CRITERIA
    policy: Band = field(default_factory=Band)

    @property
    def counts(self) -> Any:
        return self.ledger.coverage

    @property
    def work(self) -> Any:
        return self.ledger.work

    @property
    def snapshots(self) -> Any:
        return self.ledger.snapshots

    @property
    def declared(self) -> Any:
        return self.ledger.holdings


def noon(day: int) -> datetime:
    return datetime(2026, 1, 1, 5, tzinfo=UTC) + timedelta(days=day)


def live(province: Province, story: Sequence[Sequence[Any]]) -> dict[int, bytes]:
    """Let it all happen; the snapshots that were kept, by day."""
    kept = {}
    for day, happened in enumerate(story):
        for place, event in enumerate(happened):
            province.clock.moment = noon(day) + timedelta(minutes=place)
            _happen(province, event, day)
        province.clock.moment = noon(day) + timedelta(hours=20)
        if day % 2:
            kept[day] = keep(Reader("ke-toan"), province, FIRST + timedelta(days=day)).data
    return kept


def _happen(province: Province, event: Any, day: int) -> None:
    now = province.clock.moment
    if isinstance(event, Night):
        wrong = province.counts.recount() if event.full else []
        province.counts.refresh()
        assert wrong == []
    elif isinstance(event, Declared):
        as_of = FIRST + timedelta(days=day - event.before)
        held = Decimal(event.held)
        holding = Holding(event.agency, event.fonds, event.year, event.unit, held, "B", as_of)
        said = NewEvent("lan", Action.HOLDINGS_DECLARED, {})
        province.declared.declare([holding], "lan", now, FIRST + timedelta(days=day), said)
    else:
        searchable, signed, complete, draft = event.flags
        known = province.ledger.records.record(str(event.name))
        row = RecordRow(
            record_id=str(event.name),
            agency=event.agency,
            sha256="",
            holder_key="",
            version=1,
            year=event.year,
            sheets_a4=event.sheets,
            searchable=searchable,
            signed=signed,
            complete=complete,
            draft=draft,
            withdrawn="" if event.stands else "nhầm",
        )
        archived = known.archived_at if known and known.version else now
        province.ledger.records.save(replace(row, archived_at=archived), now)


@dataclass
class Reckoning:
    """Figures of one cell or sum, counted one by one."""

    received: int = 0
    covered: int = 0
    sheets: int = 0
    held: dict[Unit, int] = field(default_factory=dict)


def reckoned(story: Sequence[Sequence[Any]], day: int) -> dict[tuple[str, int | None], Reckoning]:
    """The cells at the end of the day, from the story alone."""
    records: dict[int, Archived] = {}
    papers: dict[tuple[Any, ...], tuple[int, int]] = {}
    for today, happened in enumerate(story[: day + 1]):
        for event in happened:
            if isinstance(event, Archived):
                records[event.name] = event
            if isinstance(event, Declared):
                subject, counted = (event.agency, event.fonds, event.year, event.unit), today - event.before
                if counted >= papers.get(subject, (-9, 0))[0]:
                    papers[subject] = counted, event.held
    cells: dict[tuple[str, int | None], Reckoning] = {}
    for record in records.values():
        if record.stands:
            cell = cells.setdefault((record.agency, record.year), Reckoning())
            cell.received += 1
            if record.flags == (True, True, True, False):
                cell.covered, cell.sheets = cell.covered + 1, cell.sheets + record.sheets
    for (agency, _, year, unit), (_, number) in papers.items():
        held = cells.setdefault((agency, year), Reckoning()).held
        held[unit] = held.get(unit, 0) + number
    return cells


def ratio_of(cells: Sequence[Reckoning]) -> Fraction | None:
    """Of every cell at most what it declared, by what all of them declared."""
    held = sum(cell.held.get(Unit.DOCUMENTS, 0) for cell in cells)
    counted = sum(min(cell.covered, cell.held.get(Unit.DOCUMENTS, 0)) for cell in cells)
    return Fraction(counted, held) if held else None


def heirs(code: str) -> set[str]:
    """The agency and all that were merged into it."""
    found = {code}
    for old in reversed(CODES):
        for merged, taker in SUCCESSORS.items():
            found |= {merged} if taker in found and old else set()
    return found


def check(report: Any, cells: dict[tuple[str, int | None], Reckoning]) -> None:
    """Every figure of the report against the reckoning."""
    lines = {(a.agency, y.year): y.line for a in report.agencies for y in a.years}
    assert lines.keys() == cells.keys()
    for cell, line in lines.items():
        _check_cell(line, cells[cell])
    for agency in report.agencies:
        own = [one for (code, _), one in cells.items() if code == agency.agency]
        assert agency.total.ratio == ratio_of(own)
        assert agency.total.counts.received == sum(one.received for one in own)
        if agency.with_predecessors:
            merged = [one for (code, _), one in cells.items() if code in heirs(agency.agency)]
            assert agency.with_predecessors.ratio == ratio_of(merged)
    _check_sums(report, list(cells.values()))


def _check_cell(line: Any, cell: Reckoning) -> None:
    assert (line.counts.received, line.counts.covered) == (cell.received, cell.covered)
    assert line.counts.covered_sheets == cell.sheets
    assert {unit: int(number) for unit, number in line.held.items()} == cell.held
    declared = cell.held.get(Unit.DOCUMENTS, 0)
    assert line.ratio == (Fraction(cell.covered, declared) if declared else None)
    for unit, found in ((Unit.DOCUMENTS, cell.covered), (Unit.SHEETS, cell.sheets)):
        beyond = found - cell.held[unit] if unit in cell.held else 0
        assert line.excess.get(unit, 0) == max(0, beyond)


def _check_sums(report: Any, cells: Sequence[Reckoning]) -> None:
    """The province is the sum of its agencies, and no sum exceeds its declaration."""
    province = report.province
    assert province.ratio == ratio_of(cells)
    assert province.counts.covered == sum(one.covered for one in cells)
    for unit in UNITS:
        assert province.held.get(unit, 0) == sum(a.total.held.get(unit, 0) for a in report.agencies)
        assert province.measured.get(unit, 0) == sum(a.total.measured.get(unit, 0) for a in report.agencies)
        assert province.excess.get(unit, 0) == sum(a.total.excess.get(unit, 0) for a in report.agencies)
    for line in (province, *(a.total for a in report.agencies)):
        assert all(line.measured[unit] <= line.held[unit] for unit in line.measured)


@cache
def _empty_ledger() -> bytes:
    """A new ledger, made once: its migrations take longer than a story."""
    with tempfile.TemporaryDirectory() as folder:
        open_ledger(f"sqlite:///{folder}/ledger.sqlite", lambda owner: False).close()
        return (Path(folder) / "ledger.sqlite").read_bytes()


@settings(max_examples=40, deadline=None)
@given(STORY)
def test_every_figure_of_every_day_is_what_the_story_tells(story: list[list[Any]]) -> None:
    """Now, on each past day, after later corrections; a kept snapshot can be told again byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ledger.sqlite").write_bytes(_empty_ledger())
        ledger = open_ledger(f"sqlite:///{folder}/ledger.sqlite", lambda owner: False)
        province = Province(ledger, ReportFiles(Path(folder) / "reports", render))
        kept = live(province, story)
        reader = Reader("ke-toan")
        check(measure(reader, province), reckoned(story, DAYS - 1))
        for day in range(DAYS):
            report = measure(reader, province, FIRST + timedelta(days=day))
            check(report, reckoned(story, day))
            if day in kept:
                assert province.reports.render(report, "json") == kept[day]
                assert json.loads(kept[day])["as_of"] == str(FIRST + timedelta(days=day))
        ledger.close()
