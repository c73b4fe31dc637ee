"""Attach: a person puts a record into a file (hồ sơ)."""

from __future__ import annotations

from sohoa.domain.errors import Misconfigured
from sohoa.domain.files import FileMember
from sohoa.domain.records import Method
from sohoa.usecases.files import issued_date_of
from sohoa.usecases.services import Services
from sohoa.usecases.versions import claimed, current


def attach(services: Services, record_id: str, code: str, ordinal: int | None) -> None:
    """Put the record into that file in a person's name; files that were only derived no longer hold it.

    Raises ``Misconfigured`` for an unknown record or a file that neither a list nor a record names, and
    ``Unavailable`` while somebody else is working on the record.
    """
    now = current(services, record_id)
    agency = now.row.agency
    listed = any(True for _ in services.files.files(agency=agency, code=code))
    if not listed and not any(True for _ in services.files.members(agency=agency, code=code)):
        raise Misconfigured(f"agency {agency} has no file {code!r}: `sohoa files import` enters its list")
    with claimed(services, now.row):
        kept = [
            member
            for member in services.files.files_of(record_id)
            if member.method is Method.PERSON and member.code != code
        ]
        issued = issued_date_of(now.record)
        member = FileMember(agency, code, record_id, ordinal, Method.PERSON, issued)
        services.files.belongs(record_id, [*kept, member])
        details = {"file_code": code, "ordinal": ordinal}
        services.events.append(record_id, services.actor, "attached", details, services.clock.now())
