"""What changed between two days: difference.json; the records that a figure counts: objects.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from sohoa.answers.holdings import holding_answer
from sohoa.domain.coverage.figures import Line
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.tallies import CellChange, RecordState
from sohoa.domain.coverage.yearly import YearRow, YearStatistic
from sohoa.usecases.coverage.difference import CellDifference, Difference


def difference_answer(found: Difference) -> dict[str, Any]:
    """Cells whose figures differ, the records that counted otherwise, declarations begun and ended."""
    return {
        "from": found.first.isoformat(),
        "to": found.second.isoformat(),
        "cells": [_cell(cell) for cell in found.cells],
        "records": [_change(change) for change in found.records],
        "declared": [holding_answer(holding) for holding in found.declared],
        "ended": [holding_answer(holding) for holding in found.ended],
    }


def counted_answer(found: Iterable[tuple[str, RecordState]]) -> list[dict[str, Any]]:
    """The records that a figure of coverage counts, and what coverage knows of each."""
    return [{"record_id": record_id, **asdict(state)} for record_id, state in found]


def year_answer(statistic: YearStatistic) -> dict[str, Any]:
    """The yearly statistic: year_statistic.json."""
    province = statistic.province
    return {
        "year": statistic.year,
        "until": statistic.until.isoformat(),
        "due": statistic.due.isoformat(),
        "complete": statistic.complete,
        "agencies": [{"agency": row.agency, "name": row.name, **_figures(row)} for row in statistic.rows],
        "province": _figures(province) if province else None,
    }


def _figures(row: YearRow) -> dict[str, Any]:
    return {name: value if value is None else round(float(value), 6) for name, value in row.figures.items()}


def _cell(cell: CellDifference) -> dict[str, Any]:
    return {
        "agency": cell.agency,
        "year": cell.year,
        "held_before": _held(cell.before),
        "held_after": _held(cell.after),
        "covered_before": cell.before.counts.covered if cell.before else 0,
        "covered_after": cell.after.counts.covered if cell.after else 0,
    }


def _held(line: Line | None) -> int | None:
    """Declared documents; None where none were declared."""
    held = line.held.get(Unit.DOCUMENTS) if line else None
    return None if held is None else int(held)


def _change(change: CellChange) -> dict[str, Any]:
    state = change.after or change.before
    return {
        "record_id": change.record_id,
        "agency": state.agency if state else "",
        "year": state.year if state else None,
        "change": _kind(change.before, change.after),
        "facts": list(_facts(change.before, change.after)),
    }


def _kind(before: RecordState | None, after: RecordState | None) -> str:
    """Whether the headline counts the record now and did before."""
    was, is_now = bool(before and before.covered), bool(after and after.covered)
    if was == is_now:
        return "changed"
    return "covered" if is_now else "no_longer_covered"


def _facts(before: RecordState | None, after: RecordState | None) -> Iterator[str]:
    """What of the record changed."""
    if before is None or after is None:
        yield "archived" if before is None else "withdrawn"
        return
    for field in fields(RecordState):
        if getattr(before, field.name) != getattr(after, field.name):
            yield field.name
