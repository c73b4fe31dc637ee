"""The yearly statistic, told from the ledger's history of two days."""

from __future__ import annotations

from datetime import date

from sohoa.domain.coverage.yearly import YearStatistic, statistic
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.protection.access import Reader
from sohoa.usecases.coverage.measure import CoverageServices, measure

_FIRST = 1901


def year_statistic(reader: Reader, services: CoverageServices, year: int, agency: str = "") -> YearStatistic:
    """Of the reader's agencies or of one; of the running year up to today.

    Raises ``InvalidRequest`` for a year that has not begun, and what ``measure`` raises.
    """
    today = services.clock.today()
    if not _FIRST <= year <= today.year:
        raise InvalidRequest("day", f"there is no statistic of {year}: name a year up to {today.year}")
    until = min(today, date(year, 12, 31))
    before = measure(reader, services, as_of=date(year - 1, 12, 31), agency=agency)
    return statistic(year, until, before, measure(reader, services, as_of=until, agency=agency))
