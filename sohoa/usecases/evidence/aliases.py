"""Names of agencies as papers print them, learnt from persons' decisions: for matching, and for export.

A name counts as an agency's once a person gave it together with that agency's code, and as long as the
record that it was read on says so: who corrects the record, or withdraws it, unteaches the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Corrupt
from sohoa.domain.extract.agency import name_key
from sohoa.domain.protection.access import Reader
from sohoa.domain.review.decisions import is_persons
from sohoa.domain.vietnamese import normalise
from sohoa.ports import EventLog, RecordRow
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.standing import newest_record
from sohoa.usecases.evidence.services import AliasServices


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


def note_alias(reader: Reader, services: AliasServices, row: RecordRow, organ_name: str) -> None:
    """Keep a person's issuing agency where no agency of the register is called so; once per record."""
    known = {(found.alias, found.record_id) for found in _of(services.events, services.agencies, row.agency)}
    if (
        name_key(organ_name) not in _registered(services.agencies)
        and (organ_name, row.record_id) not in known
    ):
        details = {"alias": organ_name, "record_id": row.record_id}
        services.events.append(
            _subject(row.agency), reader.actor, Action.ALIAS_FOUND, details, services.clock.now()
        )


def aliases(reader: Reader, services: AliasServices) -> Iterator[Alias]:
    """Each name that papers of the reader's agencies bear and the register lacks, the oldest first."""
    return _learnt(
        services, (agency.code for agency in services.agencies if reader.access.covers(agency.code))
    )


def _learnt(services: AliasServices, agencies: Iterable[str]) -> Iterator[Alias]:
    """Each name once, by agency; its code is that of the first record that vouches for one."""
    registered = _registered(services.agencies)
    for code in agencies:
        named: dict[str, list[Alias]] = {}
        for alias in _of(services.events, services.agencies, code):
            if name_key(alias.alias) not in registered:
                named.setdefault(alias.alias, []).append(alias)
        yield from (_vouched(services, found) for found in named.values())


def learnt_agencies(services: AliasServices) -> AgencyRegister:
    """The agency register with the names learnt so far.

    A name that matches one of the register's own, whosever it is, is never learnt.
    """
    names: dict[str, set[str]] = {}
    for alias in _learnt(services, (agency.code for agency in services.agencies)):
        if alias.authority_id:
            names.setdefault(alias.authority_id, set()).add(normalise(alias.alias))
    learnt: Mapping[str, list[str]] = {code: sorted(found) for code, found in names.items()}
    return services.agencies.with_learnt(learnt) if learnt else services.agencies


def _registered(agencies: AgencyRegister) -> frozenset[str]:
    """The register's own names, as they are compared."""
    return frozenset(name_key(name) for agency in agencies for name in (agency.name, *agency.aliases))


def _vouched(services: Registered, found: Sequence[Alias]) -> Alias:
    """The first of a name's aliases whose record says a code; the oldest, without one, where none does."""
    given = ((alias, _code_given(services, alias)) for alias in found)
    return next((replace(alias, authority_id=code) for alias, code in given if code), found[0])


def _code_given(services: Registered, alias: Alias) -> str:
    """The code that persons gave on the alias's record, which still stands and bears the name; or empty."""
    row = services.records.record(alias.record_id)
    try:
        record = newest_record(services, row.agency, row.record_id) if row and not row.withdrawn else None
    except Corrupt:  # `sohoa verify` names it; the night goes on without what it taught
        return ""
    fields = record["fields"] if record else {}
    names = ("organ_name", "authority_id")
    given = {name: fields[name]["value"] for name in names if is_persons(fields.get(name))}
    return str(given.get("authority_id") or "") if given.get("organ_name") == alias.alias else ""


def _of(events: EventLog, agencies: AgencyRegister, agency: str) -> Iterator[Alias]:
    for event in events.events(_subject(agency)):
        yield Alias(
            agency,
            agencies.name(agency),
            event.details["alias"],
            "",
            event.details["record_id"],
            event.actor,
            event.at.isoformat(),
        )


def _subject(agency: str) -> str:
    return f"aliases:{agency}"
