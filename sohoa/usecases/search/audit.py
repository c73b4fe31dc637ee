"""The auditor's question: who did what, to which record, when; itself written down before it is answered.

What an event says of a paper is told to whom the paper is for; of objects of the inbox, any of which may be
under secrecy, names are told to whom the quarantine is for. That something was done, and by whom, is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import SohoaError
from sohoa.domain.inbox.keys import agency_of
from sohoa.domain.inbox.keys import masked as masked_key
from sohoa.domain.people.account import searches_subject, subject_of, views_subject
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_data import masked, masked_values
from sohoa.domain.protection.rights import Right
from sohoa.domain.reasons import REASONS
from sohoa.ports import Event, EventQuery
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.people.acts import noted
from sohoa.usecases.people.services import ActServices

_AT_ONCE = 500
_OF_OBJECTS = frozenset({Action.SETTLED, Action.RETRIED, Action.RELEASED, Action.REMOVED})
_OF_PAPERS = frozenset(
    {"old", "new", "value", "why", "reason", "detail", "key", "alias", "released", "sha256", "etag"}
)
"""Details that repeat what stands on a paper, how its file is called, or what somebody wrote about it."""
_OF_PEOPLE = (subject_of(""), searches_subject(""))


class AuditServices(ActServices, Registered, Protocol):
    """The events, and the records that they are about."""


@dataclass(frozen=True, slots=True)
class Found:
    """Some events, the newest first; ``following`` leads to older ones. ``counts`` by action are of all."""

    events: Sequence[Event]
    following: str
    counts: Mapping[str, int]


def audit(
    reader: Reader,
    services: AuditServices,
    query: EventQuery,
    limit: int = 50,
    before: str = "",
    address: str = "",
) -> Found:
    """What the query is about; raises ``NotAllowed`` for a person who is no auditor."""
    _begin(reader, services, query, address, exported=False)
    events, following = services.events.chosen(query, limit, before)
    told = _Told(reader, services)
    return Found([told.event(event) for event in events], following, services.events.counted(query))


def exported(
    reader: Reader, services: AuditServices, query: EventQuery, address: str = ""
) -> Iterator[Event]:
    """All that the query is about, the newest first; raises as ``audit``, before the first."""
    _begin(reader, services, query, address, exported=True)
    return _all(reader, services, query)


def _all(reader: Reader, services: AuditServices, query: EventQuery) -> Iterator[Event]:
    told, following = _Told(reader, services), ""
    while True:
        events, following = services.events.chosen(query, _AT_ONCE, following)
        yield from map(told.event, events)
        if not following:
            return


def _begin(reader: Reader, services: ActServices, query: EventQuery, address: str, exported: bool) -> None:
    reader.decides(Right.AUDIT)
    told: dict[str, Any] = {"name": query.name, "act": query.action, "record": query.record_id}
    days = {"since": query.since, "until": query.until}
    told |= {name: at.isoformat() if at else "" for name, at in days.items()}
    noted(reader, services, Action.AUDITED, details=told | {"exported": exported}, address=address)


@dataclass(frozen=True, slots=True)
class _Told:
    """Events as this reader may know them; each record is looked at once."""

    reader: Reader
    services: AuditServices
    _open: dict[str, bool] = field(default_factory=dict)

    def event(self, event: Event) -> Event:
        """The event, personal numbers masked, without what is not for the reader."""
        codes, subject, hidden = self.services.codes, event.subject, frozenset[str]()
        if _is_object(event):
            if not (self.reader.may(Right.QUARANTINE) and self.reader.access.covers(agency_of(subject))):
                subject, hidden = masked_key(subject), _OF_PAPERS
        elif _OF_PAPERS & set(event.details) and not self._sees(event):
            hidden = _OF_PAPERS
        details = {name: value for name, value in event.details.items() if name not in hidden}
        return replace(event, subject=masked(subject, codes), details=masked_values(details, codes))

    def _sees(self, event: Event) -> bool:
        """Whether the record, or the agency, that the event is about is for the reader."""
        if event.subject.startswith(_OF_PEOPLE):
            return True
        _, of_agency, agency = event.subject.partition(":")
        if of_agency and "record_id" not in event.details:
            return self.reader.access.covers(agency.partition("/")[0])
        record_id = event.details.get("record_id") or event.subject.removeprefix(views_subject(""))
        return self._opens(str(record_id))

    def _opens(self, record_id: str) -> bool:
        if record_id not in self._open:
            try:
                visible(self.reader, self.services, record_id)
                self._open[record_id] = True
            except SohoaError:
                self._open[record_id] = False
        return self._open[record_id]


def _is_object(event: Event) -> bool:
    """Whether the subject is a key of the inbox."""
    by_reason, _, code = event.subject.partition(":")
    return event.action in _OF_OBJECTS and not (by_reason == "reason" and code in REASONS)
