"""The auditor's question: who did what, to which record, when; itself written down before it is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked_values
from sohoa.domain.protection.rights import Right
from sohoa.ports import Event, EventQuery
from sohoa.usecases.people.acts import noted
from sohoa.usecases.people.services import ActServices

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Some events, the newest first; ``following`` leads to older ones. ``counts`` by action are of all."""

    events: Sequence[Event]
    following: str
    counts: Mapping[str, int]


def audit(
    reader: Reader,
    services: ActServices,
    query: EventQuery,
    limit: int = 50,
    before: str = "",
    address: str = "",
) -> Found:
    """What the query is about; raises ``NotAllowed`` for a person who is no auditor."""
    _begin(reader, services, query, address, exported=False)
    events, following = services.events.chosen(query, limit, before)
    return Found([_masked(event, services) for event in events], following, services.events.counted(query))


def exported(reader: Reader, services: ActServices, query: EventQuery, address: str = "") -> Iterator[Event]:
    """All that the query is about, the newest first; raises as ``audit``, before the first."""
    _begin(reader, services, query, address, exported=True)
    return _all(services, query)


def _all(services: ActServices, query: EventQuery) -> Iterator[Event]:
    following = ""
    while True:
        events, following = services.events.chosen(query, _AT_ONCE, following)
        yield from (_masked(event, services) for event in events)
        if not following:
            return


def _begin(reader: Reader, services: ActServices, query: EventQuery, address: str, exported: bool) -> None:
    reader.decides(Right.AUDIT)
    told: dict[str, Any] = {"name": query.name, "act": query.action, "record": query.record_id}
    days = {"since": query.since, "until": query.until}
    told |= {name: at.isoformat() if at else "" for name, at in days.items()}
    noted(reader, services, Action.AUDITED, details=told | {"exported": exported}, address=address)


def _masked(event: Event, services: ActServices) -> Event:
    return replace(event, details=masked_values(event.details, services.codes))
