"""An invented coverage report that shows every status, for the tests of its renderings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.holdings import Holding, Unit
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
