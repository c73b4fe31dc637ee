"""Files (hồ sơ): their list, what the records make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.actions import Action
from sohoa.domain.dossiers.dossier import DossierMember, DossierSummary, dossier_table, summary
from sohoa.domain.dossiers.retention import expires_on
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.tables import Cells
from sohoa.ports import Clock, Dossiers, Entered, EventLog, RecordRegister
from sohoa.usecases.digests import file_sha256


class ListServices(Protocol):
    """What lists of hồ sơ need of ``Services``."""

    @property
    def dossiers(self) -> Dossiers: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class DossierImport:
    """What became of the lines of a list; ``faults`` name lines and what to do."""

    entered: Entered
    faults: tuple[str, ...]


def enter_dossiers(
    reader: Reader, services: ListServices, path: Path, lines: Iterable[Cells], agency: str
) -> DossierImport:
    """Enter the agency's list of files; the same list again changes nothing.

    Raises ``Refused`` for an unknown agency and for a file without a column of file codes.
    """
    if not services.agencies.knows(agency) or not reader.access.covers(agency):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    try:
        found = dossier_table(lines, agency, path.name)
    except ValueError as error:
        raise InvalidRequest("table", f"{path}: {error}") from error
    now = services.clock.now()
    entered = services.dossiers.enter(found.entries, now)
    if entered.new or entered.changed:
        details = {"file": path.name, "sha256": file_sha256(path), "new": entered.new}
        details |= {"changed": entered.changed, "faults": len(found.faults)}
        services.events.append(f"files:{agency}", reader.actor, Action.DOSSIERS_ENTERED, details, now)
    return DossierImport(entered, found.faults)


def list_dossiers(
    reader: Reader, dossiers: Dossiers, records: RecordRegister, agency: str = "", code: str = ""
) -> list[DossierSummary]:
    """All files that a list or a record names, of one agency or one code if wanted, sorted."""
    entries = {(e.agency, e.code): e for e in dossiers.listed(agency=agency, code=code)}
    members = {
        name: list(group)
        for name, group in groupby(
            dossiers.members(agency=agency, code=code),
            key=lambda member: (member.agency, member.code),
        )
    }
    pages = _pages(records, [m for group in members.values() for m in group] if code else None, agency)
    return [
        summary(*name, entries.get(name), members.get(name, []), pages)
        for name in sorted({*entries, *members})
        if reader.access.covers(name[0])
    ]


def expired(
    reader: Reader, dossiers: Dossiers, records: RecordRegister, on: date, agency: str = ""
) -> list[tuple[date, DossierSummary]]:
    """Hồ sơ whose term of preservation is over on that day, with the day on which it was, oldest first.

    A proposal and nothing else: no program deletes by it.
    """
    found = ((expires_on(dossier), dossier) for dossier in list_dossiers(reader, dossiers, records, agency))
    due = [(day, dossier) for day, dossier in found if day and day <= on]
    return sorted(due, key=lambda item: (item[0], item[1].agency, item[1].code))


def loose(reader: Reader, dossiers: Dossiers, records: RecordRegister, agency: str = "") -> Iterator[str]:
    """Ids of archived records of the reader's agencies, not withdrawn, that are in no dossier."""
    held = {member.record_id for member in dossiers.members(agency=agency)}
    rows = records.records(agency=agency)
    mine = (row for row in rows if not row.withdrawn and reader.access.covers(row.agency))
    return (row.record_id for row in mine if row.record_id not in held)


def members_of(reader: Reader, dossiers: Dossiers, agency: str, code: str) -> list[DossierMember]:
    """The records in a dossier in their order: by ordinal, those without one last."""
    found = dossiers.members(agency=agency, code=code) if reader.access.covers(agency) else ()
    return sorted(found, key=lambda member: (member.ordinal is None, member.ordinal or 0, member.record_id))


def _pages(records: RecordRegister, members: list[DossierMember] | None, agency: str) -> dict[str, int]:
    """Pages of the records that count; of the members alone where they are given."""
    if members is None:
        rows = records.records(agency=agency)
        return {row.record_id: row.pages for row in rows if not row.withdrawn}
    found = (records.record(member.record_id) for member in members)
    return {row.record_id: row.pages for row in found if row is not None and not row.withdrawn}
