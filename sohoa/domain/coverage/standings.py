"""Which agencies are ranked: those that exist on the day, with the holdings of those merged into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.figures import Line
from sohoa.domain.coverage.ranking import Criterion, rank
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport


def with_ranking(
    report: CoverageReport, agencies: AgencyRegister, criteria: Sequence[Criterion], day: date
) -> CoverageReport:
    """The report with its agencies ranked by the criteria of that day; of one agency alone it has none.

    An agency that was merged is counted where it went; one that is closed is not ranked.
    """
    rows = {row.agency: row for row in report.agencies}
    used = [criterion for criterion in criteria if criterion.valid_on(day)]
    standing = [row for row in report.agencies if _stands(agencies.get(row.agency), day)]
    if report.scope or len(standing) < 2 or not used:
        return report
    merged = {
        row.agency: [
            rows[code]
            for code in row.predecessors
            if code in rows and row.with_predecessors and not _stands(agencies.get(code), day)
        ]
        for row in standing
    }
    ranked = rank(((row.agency, row.name, _years([row, *merged[row.agency]])) for row in standing), used)
    return replace(report, ranking=ranked)


def _years(rows: Sequence[AgencyCoverage]) -> list[tuple[int | None, Line]]:
    return [(year.year, year.line) for row in rows for year in row.years]


def _stands(agency: Agency | None, day: date) -> bool:
    """Whether it exists on the day; of one that is not in the register nothing says that it does not."""
    if agency is None:
        return True
    return agency.valid_on(day) and not (agency.successor and agency.valid_to is None)
