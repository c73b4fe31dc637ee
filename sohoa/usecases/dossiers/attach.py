"""Attach: a person puts a record into a file (hồ sơ)."""

from __future__ import annotations

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import value_of
from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import DossierMember
from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.review.decisions import with_values
from sohoa.ports import Dossiers
from sohoa.usecases.archive.line_up import make_searchable
from sohoa.usecases.archive.services import VersionServices
from sohoa.usecases.archive.versions import (
    Current,
    Revision,
    check_no_hold,
    check_seen,
    claimed,
    current,
    revise,
)


def attach(
    reader: Reader,
    services: VersionServices,
    record_id: str,
    code: str,
    ordinal: int | None,
    seen: int | None = None,
) -> None:
    """Put the record into that file in a person's name, by which it is found; derived ones no longer hold it.

    Raises ``Refused`` for an unknown record or a file that neither a list nor a record names, ``Conflict``
    where the record changed since ``seen``, ``Unavailable`` while somebody else is working on it.
    """
    now = current(reader, services, record_id)
    seen = now.manifest.version if seen is None else seen
    check_seen(services, now, seen)
    agency = now.row.agency
    if not _is_known(services.dossiers, now, code):
        raise NotFound("dossier", f"agency {agency} has no file {code!r}")
    with claimed(services, now.row):
        check_seen(services, current(reader, services, record_id), seen)
        check_no_hold(services.events, record_id)
        kept = [
            member
            for member in services.dossiers.of_record(record_id)
            if member.method is Method.PERSON and member.code != code
        ]
        issued = value_of(now.record, "issued_date")
        member = DossierMember(agency, code, record_id, ordinal, Method.PERSON, issued)
        services.dossiers.belongs(record_id, [*kept, member])
        details = {"file_code": code, "ordinal": ordinal}
        services.events.append(record_id, reader.actor, Action.ATTACHED, details, services.clock.now())
        if not now.row.withdrawn:
            make_searchable(services, now)
    held = value_of(now.record, "file_code")
    if held and held != code:
        revise(reader, services, record_id, seen, lambda newest: _moved(newest, code, ordinal))


def _is_known(dossiers: Dossiers, now: Current, code: str) -> bool:
    """Whether a list or a record of the agency names the file, or a late list does for this record."""
    agency = now.row.agency
    field = now.record["fields"].get("file_code")
    evidence = field["evidence"] if field else ()
    listed = dossiers.listed(agency=agency, code=code)
    return (
        any(seen["value"] == code for seen in evidence)
        or any(True for _ in listed)
        or any(True for _ in dossiers.members(agency=agency, code=code))
    )


def _moved(now: Current, code: str, ordinal: int | None) -> Revision:
    """The record that named another file, with the one that the person put it into."""
    values = {"file_code": code, "doc_ordinal": None if ordinal is None else str(ordinal)}
    old = now.record["fields"]["file_code"]["value"]
    details = {"field": "file_code", "old": old, "new": code, "why": ""}
    return Revision(with_values(now.record, values), [(Action.CORRECTED, details)])
