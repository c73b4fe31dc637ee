"""An invented coverage report that shows every status, for the tests of its renderings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.progress import (
    WINDOWS,
    Backlog,
    Progress,
    Throughput,
    TrendPoint,
    month_ends,
    projection,
)
from sohoa.domain.coverage.quality import Quality
from sohoa.domain.coverage.ranking import Criterion, Figure, Ranking, rank
from sohoa.domain.coverage.report import CoverageReport, Target, compute
from sohoa.domain.coverage.tallies import Tally
from sohoa.domain.inbox.states import State
from sohoa.ports import RecordRow


def holding(
    agency: str, year: int | None, held: int, source: str = "Biên bản kiểm kê (mẫu)", row: str = ""
) -> Holding:
    """A declaration of documents of fonds P1."""
    return Holding(agency, "P1", year, Unit.DOCUMENTS, Decimal(held), source, date(2025, 12, 31), row)


def rows(agency: str, year: int | None, count: int, *, signed: bool = True) -> list[RecordRow]:
    """Archived records of an agency and year."""
    return [
        RecordRow(
            record_id=f"{agency}-{year}-{number}",
            agency=agency,
            sha256="",
            holder_key=f"{agency}/{number}.pdf",
            version=1,
            year=year,
            searchable=True,
            signed=signed,
            complete=True,
        )
        for number in range(count)
    ]


def tallied(records: Iterable[RecordRow]) -> list[Tally]:
    """The records counted by their facts, one by one: what a ledger does in its own way."""
    alike: dict[tuple[str, int | None, bool, bool, bool, bool], list[int]] = defaultdict(list)
    for row in records:
        if row.version >= 1 and not row.withdrawn:
            facts = (row.agency, row.year, row.searchable, row.signed, row.complete, row.draft)
            alike[facts].append(row.sheets_a4)
    return [
        Tally(agency, year, searchable, signed, complete, draft, len(sheets), sum(sheets))
        for (agency, year, searchable, signed, complete, draft), sheets in alike.items()
    ]


def report(name: str = "Sở Nội vụ", source: str = "Biên bản kiểm kê (mẫu)", row: str = "") -> CoverageReport:
    """Four agencies: within the target, below it, over-declared, and without declaration."""
    agencies = AgencyRegister(
        [Agency("Z99.01", name), Agency("Z99.02", "Hai"), Agency("Z99.03", "Ba"), Agency("Z99.04", "Bốn")]
    )
    holdings = [
        holding("Z99.01", 2024, 10, source),
        holding("Z99.02", 2024, 10),
        holding("Z99.03", 2024, 1, row=row),
    ]
    records = [
        *rows("Z99.01", 2024, 8),
        *rows("Z99.02", 2024, 4),
        *rows("Z99.02", None, 1, signed=False),
        *rows("Z99.03", 2024, 2),
        *rows("Z99.04", 2023, 3),
    ]
    states = {"Z99.01": {State.QUARANTINED: 2, State.PENDING: 1}}
    return compute(holdings, tallied(records), states, agencies, Target.band(0.7, 1.0))


def generated(agencies: int, years: int, as_of: date | None = None) -> CoverageReport:
    """A province with years up to 2025: agencies that are behind, done, silent, merged, contradicted."""
    codes = [f"Z{10 + number // 90}.{10 + number % 90}" for number in range(agencies)]
    merged = dict.fromkeys(codes[16::17], codes[0])
    register = AgencyRegister(
        [Agency(code, _named(place), successor=merged.get(code)) for place, code in enumerate(codes)]
    )
    chance = Random(agencies)  # noqa: S311  the same province every time
    holdings, tallies = list[Holding](), list[Tally]()
    for place, code in enumerate(codes):
        done = chance.random()
        for year in range(2026 - years, 2026):
            held = chance.randint(1, 4000)
            if place % 11 != 7:
                holdings.append(holding(code, year, held, row=f"so-kiem-ke.csv:{len(holdings) + 2}"))
            more = int(place % 13 == 5 and year == 2024)
            covered = more + min(held, int(held * done * chance.uniform(0.6, 1.2)))
            unsigned = chance.randint(0, max(0, held - covered) // 3)
            read = Quality(covered, covered // 5, (0, covered // 4, 0, covered - covered // 4), covered * 92)
            tallies.append(Tally(code, year, True, True, True, False, covered, covered * 3, read))
            tallies.append(Tally(code, year, True, False, True, False, unsigned, unsigned))
        if place % 5 == 0:
            tallies.append(Tally(code, None, True, True, False, False, chance.randint(1, 40), 50))
    states = {code: {State.QUARANTINED: 2, State.PENDING: 5, State.DUPLICATE: 1} for code in codes[::3]}
    found = compute(holdings, tallies, states, register, Target.band(0.7, 1.0))
    return replace(found, as_of=as_of, progress=_progress(found), ranking=_ranking(found))


def _progress(found: CoverageReport) -> Progress:
    """Half a year of work at an even pace."""
    windows = tuple(Throughput(n, n, n * 90, n * 80, n * 300, n, n * 4) for n in WINDOWS)
    goals = (found.target.low, found.target.high)
    ends = [*month_ends(date(2025, 12, 31)), date(2025, 12, 31)]
    return Progress(
        backlog=Backlog(120, (80, 30, 10, 0), 64, 45, (20, 20, 3, 2), 120, {"unreadable": 7}),
        throughput=windows,
        projections=tuple(projection(found.province, goal, windows, ends[-1]) for goal in goals),
        trend=tuple(TrendPoint(day, 4000 + 150 * n, Decimal(10_000)) for n, day in enumerate(ends)),
    )


def _ranking(found: CoverageReport) -> Ranking:
    criteria = [Criterion("covered", "Tỷ lệ số hoá", Figure.COVERED, Decimal(10), "Bảng điểm (mẫu)")]
    rows = ((row.agency, row.name, [(y.year, y.line) for y in row.years]) for row in found.agencies)
    return rank(rows, criteria)


def _named(place: int) -> str:
    return f"{('Sở', 'Uỷ ban nhân dân xã', 'Ban Quản lý khu')[place % 3]} Mẫu Thử Số {place + 1}"
