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
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent, RecordRow
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.coverage.snapshots import keep

FIRST = date(2026, 1, 1)
DAYS = 6
CODES = ("Z01", "Z02", "Z03", "Z04")
SUCCESSORS = {"Z02": "Z01", "Z03": "Z02"}
PARENTS = {"Z03": "Z02", "Z04": "Z02", "Z02": "Z01"}
REGISTER = AgencyRegister(
    [Agency(code, code, parent=PARENTS.get(code), successor=SUCCESSORS.get(code)) for code in CODES]
)
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
    percent: int | None
    signed_before: bool | None


@dataclass(frozen=True)
class Declared:
    """Somebody declares what is held; ``before`` is how many days ago it was counted."""

    agency: str
    fonds: str
    year: int | None
    unit: Unit
    held: int
    before: int
    margin: int
    retention: str


@dataclass(frozen=True)
class Settled:
    """An inbox object comes to a state, for a reason."""

    number: int
    state: State
    reason: str


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
    st.sampled_from([None, 0, 69, 70, 94, 95, 100]),
    st.sampled_from([None, False, True]),
)
SETTLED = st.builds(
    Settled,
    st.integers(0, 3),
    st.sampled_from([State.NEEDS_REVIEW, State.NEEDS_REVIEW, State.FAILED, State.ARCHIVED]),
    st.sampled_from(["number", "date"]),
)
DECLARED = st.builds(
    Declared,
    st.sampled_from(CODES),
    st.sampled_from(["P1", "P2"]),
    YEARS,
    st.sampled_from(UNITS),
    st.integers(0, 4),
    st.integers(0, 1),
    st.sampled_from([0, 0, 2]),
    st.sampled_from(["", "", "", "10 năm"]),
)
DAY = st.lists(RECORD | DECLARED | SETTLED | st.builds(Night, st.booleans()), max_size=9)
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
    pages_per_metre: int = 10_000


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
        bounds = (max(Decimal(0), held - event.margin), held + event.margin) if event.margin else None
        holding = Holding(
            event.agency,
            event.fonds,
            event.year,
            event.unit,
            held,
            "B",
            as_of,
            retention=event.retention,
            bounds=bounds,
        )
        said = NewEvent("lan", Action.HOLDINGS_DECLARED, {})
        province.declared.declare([holding], "lan", now, FIRST + timedelta(days=day), said)
    elif isinstance(event, Settled):
        key = f"{CODES[event.number % 2]}/b/{event.number}.pdf"
        province.ledger.states.observe([ObjectInfo(key, 1, "e")])
        province.ledger.states.settle(key, "e", Outcome(event.state, event.reason), now)
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
            confidence=event.percent,
            originally_signed=event.signed_before,
        )
        archived = known.archived_at if known and known.version else now
        province.ledger.records.save(replace(row, archived_at=archived), now)


@dataclass
class Reckoning:
    """Figures of one cell or sum, counted one by one."""

    received: int = 0
    covered: int = 0
    sheets: int = 0
    signed: int = 0
    percents: list[int] = field(default_factory=list)
    covered_percents: int = 0
    originals: list[bool] = field(default_factory=list)
    held: dict[Unit, int] = field(default_factory=dict)
    most: dict[Unit, int] = field(default_factory=dict)

    @property
    def declared(self) -> int:
        return self.held.get(Unit.DOCUMENTS, 0)

    @property
    def counted(self) -> int:
        return min(self.covered, self.declared)


def reckoned(story: Sequence[Sequence[Any]], day: int) -> dict[tuple[str, int | None], Reckoning]:
    """The cells at the end of the day, from the story alone."""
    records: dict[int, Archived] = {}
    for happened in story[: day + 1]:
        records |= {event.name: event for event in happened if isinstance(event, Archived)}
    cells: dict[tuple[str, int | None], Reckoning] = {}
    for record in records.values():
        if record.stands:
            cell = cells.setdefault((record.agency, record.year), Reckoning())
            cell.received += 1
            cell.signed += record.flags[1]
            cell.percents += [] if record.percent is None else [record.percent]
            cell.originals += [] if record.signed_before is None else [record.signed_before]
            if record.flags == (True, True, True, False):
                cell.covered, cell.sheets = cell.covered + 1, cell.sheets + record.sheets
                cell.covered_percents += record.percent or 0
    for (agency, _, year, unit, _), (number, margin) in papers(story, day).items():
        cell = cells.setdefault((agency, year), Reckoning())
        cell.held[unit] = cell.held.get(unit, 0) + number
        cell.most[unit] = cell.most.get(unit, 0) + number + margin
    return cells


def papers(story: Sequence[Sequence[Any]], day: int) -> dict[tuple[Any, ...], tuple[int, int]]:
    """What is held by the last counts: number and margin; a part that the whole contains is left out."""
    last: dict[tuple[Any, ...], tuple[int, int, int]] = {}
    for today, happened in enumerate(story[: day + 1]):
        for event in happened:
            if isinstance(event, Declared):
                subject = (event.agency, event.fonds, event.year, event.unit, event.retention)
                counted = today - event.before
                if counted >= last.get(subject, (-9, 0, 0))[0]:
                    last[subject] = counted, event.held, event.margin
    return {
        subject: (held, margin)
        for subject, (_, held, margin) in last.items()
        if not subject[4] or (*subject[:4], "") not in last
    }


def ratio_of(cells: Sequence[Reckoning]) -> Fraction | None:
    """Of every cell at most what it declared, by what all of them declared."""
    held = sum(cell.declared for cell in cells)
    return Fraction(sum(cell.counted for cell in cells), held) if held else None


def below(code: str) -> set[str]:
    """The agency and all that stand below it."""
    chains = {low: [low, PARENTS.get(low, ""), PARENTS.get(PARENTS.get(low, ""), "")] for low in CODES}
    return {low for low, chain in chains.items() if code in chain}


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
        if agency.with_children:
            under = [one for (code, _), one in cells.items() if code in below(agency.agency)]
            assert agency.with_children.ratio == ratio_of(under)
            assert agency.with_children.counts.received == sum(one.received for one in under)
        for decade in agency.decades:
            part = [
                one
                for (c, y), one in cells.items()
                if c == agency.agency and (y is None) == (decade.decade is None)
            ]
            assert decade.line.ratio == ratio_of(part)
    _check_sums(report, list(cells.values()))


def _check_cell(line: Any, cell: Reckoning) -> None:
    assert (line.counts.received, line.counts.covered) == (cell.received, cell.covered)
    assert line.counts.covered_sheets == cell.sheets
    assert {unit: int(number) for unit, number in line.held.items()} == cell.held
    within = cell.covered <= cell.most.get(Unit.DOCUMENTS, 0)
    covered = cell.counted if within else cell.covered
    assert line.ratio == (Fraction(covered, cell.declared) if cell.declared else None)
    assert (line.status == "over_declared") == (Unit.DOCUMENTS in cell.held and not within)
    for unit, found in ((Unit.DOCUMENTS, cell.covered), (Unit.SHEETS, cell.sheets)):
        beyond = found - cell.most[unit] if unit in cell.held else 0
        assert line.excess.get(unit, 0) == max(0, beyond)
    quality = line.counts.quality
    edges = [(0, 69), (70, 84), (85, 94), (95, 100)]
    classes = tuple(sum(low <= percent <= high for percent in cell.percents) for low, high in edges)
    assert (quality.classes, quality.percents) == (classes, sum(cell.percents))
    assert (quality.known, quality.originals) == (len(cell.originals), sum(cell.originals))
    if cell.declared:
        weight = Fraction(cell.covered_percents * cell.counted, 100 * cell.covered) if cell.covered else 0
        assert line.weighted_ratio == weight / cell.declared


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


def check_progress(report: Any, story: Sequence[Sequence[Any]], day: int) -> None:
    """Throughput, trend, what waits, and the ranking, day by day from the story."""
    today = reckoned(story, day)
    for codes, told in [({a.agency}, a.progress) for a in report.agencies] + [(set(CODES), report.progress)]:
        seven = told.throughput[0]
        new = firsts(story, day, codes)
        assert (seven.received, seven.sheets) == (len(new), sum(event.sheets for _, event in new))
        assert seven.nights == len({when for when, _ in new})
        grown = sum(cell.counted for (code, _), cell in today.items() if code in codes)
        assert all(window.covered == grown for window in told.throughput)
        last = told.trend[-1]
        assert (last.covered, last.ratio) == (
            grown,
            ratio_of([c for (a, _), c in today.items() if a in codes]),
        )
        assert [point.covered for point in told.trend[:-1]] == [0] * 12
        _check_backlog(told.backlog, objects(story, day, codes), day)
    _check_ranking(report.ranking, today)


def firsts(story: Sequence[Sequence[Any]], day: int, codes: set[str]) -> list[tuple[int, Archived]]:
    """Records that were archived for the first time, of these agencies, with the day."""
    known: dict[int, tuple[int, Archived]] = {}
    for today, happened in enumerate(story[: day + 1]):
        for event in happened:
            if isinstance(event, Archived) and event.stands:
                known.setdefault(event.name, (today, event))
    return [(today, event) for today, event in known.values() if event.agency in codes]


def objects(story: Sequence[Sequence[Any]], day: int, codes: set[str]) -> dict[int, tuple[State, str, int]]:
    """State and reason of each object of these agencies, and since which day it is in that state."""
    found: dict[int, tuple[State, str, int]] = {}
    for today, happened in enumerate(story[: day + 1]):
        for event in happened:
            if isinstance(event, Settled) and CODES[event.number % 2] in codes:
                before = found.get(event.number)
                same = before is not None and before[0] is event.state
                found[event.number] = (event.state, event.reason, before[2] if same and before else today)
    return found


def _check_backlog(backlog: Any, found: dict[int, tuple[State, str, int]], day: int) -> None:
    waits = [since for state, _, since in found.values() if state is State.NEEDS_REVIEW]
    assert (backlog.review, backlog.review_ages[0]) == (len(waits), len(waits))
    assert backlog.review_oldest == max((day - since for since in waits), default=None)
    failed = [reason for state, reason, _ in found.values() if state is State.FAILED]
    assert backlog.failures == {reason: failed.count(reason) for reason in set(failed)}


def _check_ranking(ranking: Any, cells: dict[tuple[str, int | None], Reckoning]) -> None:
    """Z02 and Z03 were merged into Z01: two agencies are ranked, by ratio times points."""
    scores = {}
    for codes in ({"Z01", "Z02", "Z03"}, {"Z04"}):
        own = [cell for (code, _), cell in cells.items() if code in codes]
        held = sum(cell.declared for cell in own)
        signed = sum(min(cell.signed, cell.declared) for cell in own)
        covered = sum(cell.counted for cell in own)
        scores[min(codes)] = Fraction(60 * covered + 40 * signed, held) if held else Fraction(5)
    assert {row.agency: row.score for row in ranking.rows} == scores
    for row in ranking.rows:
        assert row.rank == 1 + sum(score > scores[row.agency] for score in scores.values())


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
            check_progress(report, story, day)
            if day in kept:
                assert province.reports.render(report, "json") == kept[day]
                assert json.loads(kept[day])["as_of"] == str(FIRST + timedelta(days=day))
        ledger.close()
