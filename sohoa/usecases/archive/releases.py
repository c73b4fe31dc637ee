"""The secrecy marks that a person released, as the history of an inbox object tells."""

from __future__ import annotations

from sohoa.domain.archive.actions import Action
from sohoa.domain.protection.secrecy import NoticedMark
from sohoa.ports import EventLog


def released_marks(log: EventLog, key: str, sha256: str) -> frozenset[NoticedMark]:
    """The marks of this object that a person released; bytes that came later under the key have none."""
    events = [event.details for event in log.events(key) if event.action == Action.RELEASED]
    mine = (details for details in events if details["sha256"] == sha256)
    return frozenset(NoticedMark(d["rule"], d["reason"], d["page"]) for d in mine)
