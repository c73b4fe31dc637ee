"""How the work goes on, told from the ledger's history: of the day that a report is of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from sohoa.domain.coverage.activity import Activity, end_of, moments_of, with_progress
from sohoa.domain.coverage.progress import month_ends
from sohoa.domain.coverage.report import CoverageReport
from sohoa.domain.errors import InvalidRequest
from sohoa.ports import WorkHistory
from sohoa.usecases.coverage.registers import DeclaredServices, declared_on

# Objects that stand for no paper of the agency that was damaged: nothing to exclude from its holdings.
NO_PAPER = frozenset({"withdrawn", "not_a_document", "page_of_secret"})
_FIRST = date(1900, 1, 1)
"""Of earlier days no progress is told: they have no months before them."""


class WorkServices(DeclaredServices, Protocol):
    """What is declared and what was done."""

    @property
    def work(self) -> WorkHistory: ...


def with_work(
    services: WorkServices,
    report: CoverageReport,
    agencies: frozenset[str] | None,
) -> CoverageReport:
    """The report with the progress of its agencies up to its day, of now where it names none."""
    day = report.as_of or services.clock.today()
    if day < _FIRST:
        return report
    until = None if report.as_of is None else end_of_day(day)
    end = until or services.clock.now()
    moments = moments_of(day, end)
    work = services.work
    activity = Activity(
        day=day,
        until=end,
        began=work.began(),
        moments=moments,
        movements=work.movements(agencies, moments, until),
        arrivals=work.arrivals(agencies, end_of_day(day) - timedelta(days=90), until),
        waiting=work.waiting(agencies, end, until, NO_PAPER),
        declared=declared_on(services, month_ends(day)),
    )
    return with_progress(report, activity)


def end_of_day(day: date) -> datetime:
    """The first moment after that day in Asia/Ho_Chi_Minh; raises ``InvalidRequest`` for the last of all."""
    if day == date.max:
        raise InvalidRequest("day", f"{day} has no end")
    return end_of(day)
