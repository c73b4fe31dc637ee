"""Progress, ranking and targets as plain data; the meaning of each name: docs of the coverage answer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sohoa.adapters.coverage_report import words
from sohoa.domain.coverage.figures import Line
from sohoa.domain.coverage.progress import Backlog, Progress, Projection, Throughput, TrendPoint
from sohoa.domain.coverage.quality import BOUNDS
from sohoa.domain.coverage.ranking import Criterion, Ranked, Ranking, Step
from sohoa.domain.coverage.targets import LegalTarget

_EDGES = (0, *BOUNDS, 101)
_CLASSES = tuple(f"{low}-{high - 1}" for low, high in pairwise(_EDGES))


def progress_data(progress: Progress | None) -> dict[str, Any] | None:
    """What waits, what is done in a time, when the goals are reached, the way so far."""
    if progress is None:
        return None
    return {
        "backlog": _backlog(progress.backlog),
        "throughput": [_throughput(window) for window in progress.throughput],
        "projections": [_projection(found) for found in progress.projections],
        "trend": [_point(point) for point in progress.trend],
    }


def ranking_data(ranking: Ranking | None) -> dict[str, Any] | None:
    """The agencies by rank with the criteria and the method in words; None where there is nothing to rank."""
    if ranking is None:
        return None
    return {
        "method": words.ranking_method(ranking),
        "points": float(ranking.points),
        "criteria": [_criterion(criterion) for criterion in ranking.criteria],
        "agencies": [_ranked(row) for row in ranking.rows],
    }


def quality_data(line: Line) -> dict[str, Any]:
    """How well the records were read, and how many originals bear digital signatures."""
    quality = line.counts.quality
    return {
        "known": quality.known,
        "originally_signed": quality.originals,
        "originally_signed_share": _share(quality.original_share),
        "confidence": dict(zip(_CLASSES, quality.classes, strict=True)),
        "mean_confidence": _share(quality.confidence),
        "weighted_ratio": _share(line.weighted_ratio),
        "covered_of_unknown_confidence": line.counts.covered - line.counts.covered_quality.read,
    }


def target_values(targets: Sequence[LegalTarget], ratio: Fraction | None) -> list[dict[str, Any]]:
    """The targets that the headline is measured by: value, lower and upper target, gap."""
    return [
        {
            "code": target.code,
            "value": _share(target.value(ratio)),
            "low": float(target.low),
            "high": float(target.high),
            "gap": _share(target.gap(ratio)),
        }
        for target in targets
        if target.measured
    ]


def _backlog(backlog: Backlog) -> dict[str, Any]:
    return {
        "waiting": backlog.waiting,
        "waiting_ages": list(backlog.waiting_ages),
        "waiting_oldest_days": backlog.waiting_oldest,
        "review": backlog.review,
        "review_ages": list(backlog.review_ages),
        "review_oldest_days": backlog.review_oldest,
        "failures": dict(backlog.failures),
    }


def _throughput(window: Throughput) -> dict[str, Any]:
    return {
        "days": window.days,
        "observed_days": window.observed,
        "received": window.received,
        "covered": window.covered,
        "sheets": window.sheets,
        "nights": window.nights,
        "hours": window.hours,
        "covered_per_day": _share(window.covered_per_day),
        "sheets_per_night": _share(window.sheets_per_night),
        "sheets_per_hour": _share(window.sheets_per_hour),
    }


def _projection(found: Projection) -> dict[str, Any]:
    return {
        "goal": float(found.goal),
        "missing": found.missing,
        "day": found.day.isoformat() if found.day else None,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "latest": found.latest.isoformat() if found.latest else None,
        "why": found.why,
    }


def _point(point: TrendPoint) -> dict[str, Any]:
    return {
        "day": point.day.isoformat(),
        "covered": point.covered,
        "held": float(point.held) if point.held % 1 else int(point.held),
        "ratio": _share(point.ratio),
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "figure": criterion.figure.value,
        "points": float(criterion.points),
        "points_when_missing": float(criterion.missing),
        "source": criterion.source,
        "valid_from": criterion.valid_from.isoformat() if criterion.valid_from else None,
        "valid_to": criterion.valid_to.isoformat() if criterion.valid_to else None,
    }


def _ranked(row: Ranked) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "agency": row.agency,
        "name": row.name,
        "score": _share(row.score),
        "by_rule": row.by_rule,
        "scores": [
            {"criterion": score.criterion, "ratio": _share(score.ratio), "points": _share(score.points)}
            for score in row.scores
        ],
        "next": _step(row.step),
    }


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "rank": step.rank,
        "score": _share(step.score),
        "documents": step.documents,
        "unfinished": step.unfinished,
        "years": [{"year": year, "documents": number} for year, number in step.years],
        "sentence": words.next_step(step),
    }


def _share(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)
