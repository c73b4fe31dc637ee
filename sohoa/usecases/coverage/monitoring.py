"""Figures for monitoring: what nights, coverage and deliveries tell Prometheus, one file each."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sohoa.domain.coverage.deliveries import Delivery, Dispatch, Standing
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.progress import Progress
from sohoa.domain.coverage.report import CoverageReport, Line
from sohoa.domain.errors import SohoaError
from sohoa.domain.metrics import Sample, exposition
from sohoa.ports import Reports
from sohoa.usecases.coverage.work import end_of_day

log = logging.getLogger("sohoa.metrics")
NIGHT, COVERAGE, DELIVERIES = "sohoa-night.prom", "sohoa-coverage.prom", "sohoa-deliveries.prom"
FILES = (NIGHT, COVERAGE, DELIVERIES)
_STAGES = ("received", "searchable", "signed", "complete", "covered", "draft")
_REASONS = ("secret", "draft", "duplicate", "damaged")


def tell(reports: Reports, name: str, samples: Iterable[Sample]) -> None:
    """Write the figures; where they cannot be written nothing but they is lost."""
    try:
        reports.write(name, exposition(samples))
    except SohoaError as error:
        log.warning("figures for monitoring were not written: %s", error)


def night_samples(report: Mapping[str, Any]) -> Iterator[Sample]:
    """Of a last-run report; one of a failed night says that alone, and when."""
    yield Sample("sohoa_night_failed", int(report["failed"]))
    yield Sample("sohoa_night_finished_timestamp_seconds", _moment(report["finished_at"]))
    if report["failed"]:
        return
    yield Sample("sohoa_night_seconds", report["seconds"])
    yield Sample("sohoa_night_pages", report["pages"])
    for state, number in sorted(Counter(done["state"] for done in report["documents"]).items()):
        yield Sample("sohoa_night_documents", number, {"state": state})
    for state, number in sorted(report["states"].items()):
        yield Sample("sohoa_inbox_objects", number, {"state": str(state)})


def coverage_samples(report: CoverageReport, newest: date | None, at: datetime) -> Iterator[Sample]:
    """Of the coverage of now, and the day of the newest snapshot."""
    yield Sample("sohoa_coverage_written_timestamp_seconds", at.timestamp())
    if newest is not None:
        yield Sample("sohoa_snapshot_newest_timestamp_seconds", end_of_day(newest).timestamp())
    for bound in ("low", "high"):
        yield Sample("sohoa_coverage_target_ratio", float(getattr(report.target, bound)), {"bound": bound})
    if report.province.ratio is not None:
        yield Sample("sohoa_coverage_province_ratio", float(report.province.ratio))
    yield Sample("sohoa_coverage_waiting_objects", report.waiting)
    for reason in _REASONS:
        yield Sample("sohoa_coverage_excluded", getattr(report.excluded, reason), {"reason": reason})
    for agency in report.agencies:
        yield from _line(agency.agency, agency.total)
    for row in report.ranking.rows if report.ranking else ():
        yield Sample("sohoa_coverage_score_points", float(row.score), {"agency": row.agency})
        yield Sample("sohoa_coverage_rank", row.rank, {"agency": row.agency})
    if report.progress is not None:
        yield from _work(report.progress)


def _work(progress: Progress) -> Iterator[Sample]:
    backlog = progress.backlog
    oldest = {"waiting": backlog.waiting_oldest, "review": backlog.review_oldest}
    for queue, days in oldest.items():
        yield Sample("sohoa_backlog_objects", getattr(backlog, queue), {"queue": queue})
        if days is not None:
            yield Sample("sohoa_backlog_oldest_days", days, {"queue": queue})
    for reason, number in sorted(backlog.failures.items()):
        yield Sample("sohoa_backlog_failures", number, {"reason": reason})
    for done in progress.throughput:
        window = {"window": f"{done.days}d"}
        for kind in ("received", "covered"):
            yield Sample("sohoa_throughput_documents", getattr(done, kind), window | {"kind": kind})
        if done.sheets_per_night is not None:
            yield Sample("sohoa_throughput_sheets_per_night", float(done.sheets_per_night), window)
    for goal in progress.projections:
        if goal.day is not None:
            of = {"goal": f"{goal.goal:f}"}
            yield Sample("sohoa_projection_timestamp_seconds", end_of_day(goal.day).timestamp(), of)


def _line(agency: str, line: Line) -> Iterator[Sample]:
    of = {"agency": agency}
    for stage in _STAGES:
        yield Sample("sohoa_coverage_stage_documents", getattr(line.counts, stage), of | {"stage": stage})
    yield Sample("sohoa_coverage_excess_documents", line.excess.get(Unit.DOCUMENTS, 0), of)
    if line.ratio is None:
        return
    yield Sample("sohoa_coverage_ratio", float(line.ratio), of)
    yield Sample("sohoa_coverage_declared_documents", float(line.held[Unit.DOCUMENTS]), of)
    yield Sample("sohoa_coverage_covered_documents", line.measured[Unit.DOCUMENTS], of)
    yield Sample("sohoa_coverage_missing_documents", line.missing or 0, of)


def delivery_samples(deliveries: Sequence[Delivery], dispatches: Sequence[Dispatch]) -> Iterator[Sample]:
    """Of the receivers that are configured."""
    for delivery in deliveries:
        of = {"delivery": delivery.name, "kind": delivery.kind}
        mine = [dispatch for dispatch in dispatches if dispatch.delivery == delivery.name]
        standing = Counter(dispatch.standing for dispatch in mine)
        yield Sample("sohoa_delivery_waiting", standing[Standing.WAITING], of)
        yield Sample("sohoa_delivery_uncertain", standing[Standing.UNCERTAIN], of)
        yield Sample("sohoa_delivery_delivered_total", standing[Standing.DELIVERED], of)
        yield Sample("sohoa_delivery_attempts_total", sum(dispatch.attempts for dispatch in mine), of)
        moments = [one.changed_at for one in mine if one.standing is Standing.DELIVERED]
        if moments:
            last = max(moments).timestamp()
            yield Sample("sohoa_delivery_last_success_timestamp_seconds", last, of)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
