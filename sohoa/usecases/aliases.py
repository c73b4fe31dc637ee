"""Names of agencies as papers print them, learnt from persons' decisions: for matching, and for export.

A name counts as an agency's once a person gave it together with that agency's code, and as long as the
record that it was read on says so: who corrects the record, or withdraws it, unteaches the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sohoa.domain.errors import Corrupt
from sohoa.domain.review import is_persons
from sohoa.domain.vietnamese import normalise
from sohoa.ports import RecordRow
from sohoa.usecases.services import Services
from sohoa.usecases.standing import newest_record

_FOUND = "alias_found"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that a paper in an agency's inbox bears and the register does not have; who said so where.

    ``authority_id`` is the code of the agency that persons said is called so, "" while nobody did.
    """

    agency: str
    name: str
    alias: str
    authority_id: str
    record_id: str
    actor: str
    at: str


def note_alias(services: Services, row: RecordRow, organ_name: str) -> None:
    """Keep a person's issuing agency where no agency of the register is called so; once per record."""
    told = {(found.alias, found.record_id) for found in _of(services, row.agency)}
    if not _is_known(services, organ_name) and (organ_name, row.record_id) not in told:
        details = {"alias": organ_name, "record_id": row.record_id}
        services.events.append(_subject(row.agency), services.actor, _FOUND, details, services.clock.now())


def aliases(services: Services) -> Iterator[Alias]:
    """Each name once by the code that persons said, by agency, the oldest first."""
    for agency in services.agencies:
        found = [
            replace(alias, authority_id=_code_said(services, alias)) for alias in _of(services, agency.code)
        ]
        coded = {alias.alias for alias in found if alias.authority_id}
        told = [alias for alias in found if alias.authority_id or alias.alias not in coded]
        first = {(alias.alias, alias.authority_id): alias for alias in reversed(told)}
        yield from reversed(first.values())


def with_learnt_aliases(services: Services) -> Services:
    """The services with an agency register that knows the names learnt so far."""
    names: dict[str, set[str]] = {}
    for alias in aliases(services):
        if alias.authority_id and not _is_known(services, alias.alias):
            names.setdefault(alias.authority_id, set()).add(normalise(alias.alias))
    learnt: Mapping[str, list[str]] = {code: sorted(found) for code, found in names.items()}
    return replace(services, agencies=services.agencies.with_learnt(learnt)) if learnt else services


def _is_known(services: Services, name: str) -> bool:
    names = (known for agency in services.agencies for known in (agency.name, *agency.aliases))
    return normalise(name) in map(normalise, names)


def _code_said(services: Services, alias: Alias) -> str:
    """The code that persons gave on the alias's record, which still stands and bears the name; or empty."""
    row = services.records.record(alias.record_id)
    try:
        record = newest_record(services, row.agency, row.record_id) if row and not row.withdrawn else None
    except Corrupt:  # `sohoa verify` names it; the night goes on without what it taught
        return ""
    fields = record["fields"] if record else {}
    names = ("organ_name", "authority_id")
    said = {name: fields[name]["value"] for name in names if is_persons(fields.get(name))}
    return str(said.get("authority_id") or "") if said.get("organ_name") == alias.alias else ""


def _of(services: Services, agency: str) -> Iterator[Alias]:
    for event in services.events.events(_subject(agency)):
        yield Alias(
            agency,
            services.agencies.name(agency),
            event.details["alias"],
            "",
            event.details["record_id"],
            event.actor,
            event.at.isoformat(),
        )


def _subject(agency: str) -> str:
    return f"aliases:{agency}"
