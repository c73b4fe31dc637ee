"""The yearly statistic of archives: what is held and digitized on 31 December, and what the year added.

It covers 1 January to 31 December and is due on 10 February (archive statistics, forms 0804 documents, 0805
files, 0808 archive records; the columns of the forms themselves are not published, so that these figures are
to be carried over).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sohoa.domain.coverage.figures import Line
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import CoverageReport

Figure = Decimal | Fraction | int | None


@dataclass(frozen=True, slots=True)
class YearRow:
    """An agency, or the province with an empty code, at the end of the year before and of the year."""

    agency: str
    name: str
    before: Line | None
    after: Line

    @property
    def figures(self) -> Mapping[str, Figure]:
        """By name: declared by unit, records received and covered, what the year added net, the ratio.

        None where a unit is not declared or no ratio can be told.
        """
        received, covered = self.after.counts.received, self.after.counts.covered
        before = self.before.counts if self.before else None
        return {
            **{f"held_{unit}": self.after.held.get(unit) for unit in Unit},
            "received": received,
            "received_in_year": received - (before.received if before else 0),
            "covered": covered,
            "covered_in_year": covered - (before.covered if before else 0),
            "counted": self.after.counted_documents,
            "ratio": self.after.ratio,
        }


@dataclass(frozen=True, slots=True)
class YearStatistic:
    """All agencies, and the province last, up to the end of the day ``until``; None for a single agency."""

    year: int
    until: date
    rows: tuple[YearRow, ...]
    province: YearRow | None

    @property
    def due(self) -> date:
        """The day by which it is to be handed in."""
        return date(self.year + 1, 2, 10)

    @property
    def complete(self) -> bool:
        """Whether the year is over; if not, the figures are for the time being."""
        return self.until == date(self.year, 12, 31)


def statistic(year: int, until: date, before: CoverageReport, after: CoverageReport) -> YearStatistic:
    """From the reports of the end of the year before and of the day ``until``."""
    old = {row.agency: row.total for row in before.agencies}
    rows = tuple(YearRow(row.agency, row.name, old.get(row.agency), row.total) for row in after.agencies)
    province = None if after.scope else YearRow("", "", before.province, after.province)
    return YearStatistic(year, until, rows, province)
