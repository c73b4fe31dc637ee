"""Holds in force, proposals and disposals: holds.json, disposals.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.ports import Event
from sohoa.usecases.dossiers.disposal import Disposal


def holds_answer(events: Sequence[Event]) -> dict[str, Any]:
    """Each record with who put it on hold or ended that, when and why."""
    return {
        "holds": [
            {
                "record_id": event.subject,
                "in_force": event.action == Action.HELD,
                "at": event.at.isoformat(),
                "by": event.actor,
                "reason": event.details["reason"],
            }
            for event in events
        ]
    }


def disposals_answer(disposals: Sequence[Disposal]) -> dict[str, Any]:
    """Each record with who proposed, and who confirmed, its disposal."""
    return {"records": [_disposal(one) for one in disposals]}


def _disposal(one: Disposal) -> dict[str, Any]:
    event, details = one.event, one.event.details
    return {
        "record_id": one.record_id,
        "agency": one.agency,
        "state": "disposed" if one.confirmed else "proposed",
        "at": event.at.isoformat(),
        "proposed_by": details["proposed_by"] if one.confirmed else event.actor,
        "confirmed_by": event.actor if one.confirmed else "",
        "reason": details["reason"],
        "version": details["version"],
    }
