"""Files (hồ sơ): their list, what the records make of them, and putting a record into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import LEAST_TRUST, FileMember, FileSummary, file_table, summary
from sohoa.domain.errors import Misconfigured
from sohoa.domain.evidence.tables import Cells
from sohoa.ports import Entered
from sohoa.usecases.pipeline.originals import file_sha256
from sohoa.usecases.services import Services


@dataclass(frozen=True, slots=True)
class FileImport:
    """What became of the lines of a list; ``faults`` name lines and what to do."""

    entered: Entered
    faults: tuple[str, ...]


def enter_files(services: Services, path: Path, lines: Iterable[Cells], agency: str) -> FileImport:
    """Enter the agency's list of files; the same list again changes nothing.

    Raises ``Misconfigured`` for an unknown agency and for a file without a column of file codes.
    """
    if not services.agencies.knows(agency):
        raise Misconfigured(f"agency {agency!r} is not in config/agencies.yaml")
    try:
        found = file_table(lines, agency, path.name)
    except ValueError as error:
        raise Misconfigured(f"{path}: {error}") from error
    now = services.clock.now()
    entered = services.files.enter_files(found.entries, now)
    if entered.new or entered.changed:
        details = {"file": path.name, "sha256": file_sha256(path), "new": entered.new}
        details |= {"changed": entered.changed, "faults": len(found.faults)}
        services.events.append(f"files:{agency}", services.actor, "files_entered", details, now)
    return FileImport(entered, found.faults)


def put_in_order(services: Services, record: Mapping[str, Any]) -> None:
    """Bring the ledger's files in line with an archived record; what a person decided stays."""
    record_id, fields = record["record_id"], record["fields"]
    issued = issued_date_of(record)
    known = services.files.files_of(record_id)
    wanted = [replace(m, issued_date=issued) for m in known if m.method is Method.PERSON]
    code = fields.get("file_code")
    if not wanted and code and code["confidence"] >= LEAST_TRUST:
        ordinal = str(fields.get("doc_ordinal", {}).get("value", ""))
        place = int(ordinal) if ordinal.isdecimal() else None
        said = (e["method"] for e in code["evidence"] if e["value"] == code["value"])
        method = Method(next(said, Method.PERSON))
        wanted = [FileMember(record["agency"], code["value"], record_id, place, method, issued)]
    if wanted != list(known):
        services.files.belongs(record_id, wanted)


def issued_date_of(record: Mapping[str, Any]) -> str:
    """The record's issue date, or empty."""
    return str(record["fields"].get("issued_date", {}).get("value", ""))


def list_files(services: Services, agency: str = "", code: str = "") -> list[FileSummary]:
    """All files that a list or a record names, of one agency or one code if wanted, sorted."""
    entries = {(e.agency, e.code): e for e in services.files.files(agency=agency, code=code)}
    members = {
        name: list(group)
        for name, group in groupby(
            services.files.members(agency=agency, code=code), key=lambda member: (member.agency, member.code)
        )
    }
    pages = _pages(services, [m for group in members.values() for m in group] if code else None, agency)
    return [
        summary(*name, entries.get(name), members.get(name, []), pages)
        for name in sorted({*entries, *members})
    ]


def loose(services: Services, agency: str = "") -> Iterator[str]:
    """Ids of archived records, not withdrawn, that are in no file."""
    held = {member.record_id for member in services.files.members(agency=agency)}
    rows = services.records.records(agency=agency)
    return (row.record_id for row in rows if not row.withdrawn and row.record_id not in held)


def _pages(services: Services, members: list[FileMember] | None, agency: str) -> dict[str, int]:
    """Pages of the records that count; of the members alone where they are given."""
    if members is None:
        rows = services.records.records(agency=agency)
        return {row.record_id: row.pages for row in rows if not row.withdrawn}
    found = (services.records.record(member.record_id) for member in members)
    return {row.record_id: row.pages for row in found if row is not None and not row.withdrawn}
