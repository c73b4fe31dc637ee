"""Objects of the inbox, one by one and counted: objects.json, nightly.json, reconcile.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sohoa.domain.inbox.states import InboxObject
from sohoa.domain.reasons import REASONS
from sohoa.usecases.checks.reconcile import Balance, shown_key


def objects_answer(rows: Iterable[InboxObject]) -> list[dict[str, Any]]:
    """Where each object stands, and why."""
    return [_object(row) for row in rows]


def _object(row: InboxObject) -> dict[str, Any]:
    known = REASONS.get(row.reason)
    return {
        "key": shown_key(row),
        "state": row.state.value,
        "reason": row.reason,
        "vi": known.vi if known else "",
        "en": known.en if known else "",
        "detail": row.detail,
        "sha256": row.sha256,
        "record_id": row.record_id,
        "attempts": row.attempts,
        "replaced": row.replaced,
        "removed_by": row.removed_by,
    }


def nightly_answer(report: Mapping[str, Any], rows: Iterable[InboxObject]) -> dict[str, Any]:
    """The night's counts, and every object of the inbox; ``new`` are those that this night settled."""
    new = {done["key"] for done in report["documents"]}
    documents = [
        {
            "key": (key := shown_key(row)),
            "state": row.state.value,
            "reason": row.reason,
            "record_id": row.record_id,
            "new": key in new,
        }
        for row in rows
    ]
    return {key: report[key] for key in ("states", "pages", "seconds")} | {"documents": documents}


def reconcile_answer(found: Balance) -> dict[str, Any]:
    """Whether every object is in exactly one state, and the counts."""
    return {
        "holds": found.holds,
        "listing": found.listing,
        "states": dict(found.states),
        "removed": found.removed,
        "faults": list(found.faults),
    }
