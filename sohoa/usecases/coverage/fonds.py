"""Paper and digitized paper by fonds, as TT 02/2019/TT-BNV names them (fields 1, 2, 5 to 7 of a fonds)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.lines import FondsLine
from sohoa.domain.protection.access import Reader
from sohoa.usecases.coverage.measure import CoverageServices, measure

HEADINGS = ("Identifier", "OrganId", "ArchivesTime", "PaperTotal", "PaperDigital")


def fonds_rows(
    reader: Reader, services: CoverageServices, agency: str = "", as_of: date | None = None
) -> Iterator[tuple[str, ...]]:
    """A row for each fonds of which documents are declared; raises as ``measure``.

    PaperDigital counts at most what is declared. It is empty where years are declared by several fonds of the
    agency: records know no fonds, so nobody can tell what is whose.
    """
    for row in measure(reader, services, as_of, agency).agencies:
        for fonds in row.fonds:
            if fonds.held.get(Unit.DOCUMENTS, 0) > 0:
                years = [h.year for h in row.declarations if h.fonds == fonds.fonds and h.year is not None]
                yield (
                    row.agency,
                    fonds.fonds,
                    _span(years),
                    str(int(fonds.held[Unit.DOCUMENTS])),
                    _digital(fonds),
                )


def _digital(fonds: FondsLine) -> str:
    return "" if fonds.shared_years else str(fonds.line.counted_documents)


def _span(years: list[int]) -> str:
    if not years:
        return ""
    return str(min(years)) if min(years) == max(years) else f"{min(years)}-{max(years)}"
