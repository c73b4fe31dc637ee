"""Names of agencies as papers print them, learnt from persons' corrections, for the authority file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sohoa.domain.vietnamese import normalise
from sohoa.ports import RecordRow
from sohoa.usecases.services import Services

_FOUND = "alias_found"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that papers of an agency bear and the register does not have; who said so on which record."""

    agency: str
    name: str
    alias: str
    record_id: str
    actor: str
    at: str


def note_alias(services: Services, row: RecordRow, organ_name: str) -> None:
    """Keep a person's issuing agency where no agency of the register is called so; once per agency."""
    known = {normalise(name) for agency in services.agencies for name in agency.names}
    if normalise(organ_name) in known or organ_name in {found.alias for found in _of(services, row.agency)}:
        return
    details = {"alias": organ_name, "record_id": row.record_id}
    services.events.append(_subject(row.agency), services.actor, _FOUND, details, services.clock.now())


def aliases(services: Services) -> Iterator[Alias]:
    """All of them, by agency, the oldest first."""
    for agency in services.agencies:
        yield from _of(services, agency.code)


def _of(services: Services, agency: str) -> Iterator[Alias]:
    for event in services.events.events(_subject(agency)):
        yield Alias(
            agency,
            services.agencies.name(agency),
            event.details["alias"],
            event.details["record_id"],
            event.actor,
            event.at.isoformat(),
        )


def _subject(agency: str) -> str:
    return f"aliases:{agency}"
