"""Which hồ sơ a record is in, as its newest version says."""

from __future__ import annotations

from dataclasses import replace

from sohoa.domain.archive.record import Record, value_of
from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import LEAST_TRUST, DossierMember
from sohoa.ports import Dossiers


def put_in_order(dossiers: Dossiers, record: Record) -> None:
    """Bring the ledger's files in line with an archived record; what a person decided stays."""
    record_id, fields = record["record_id"], record["fields"]
    issued = issued_date_of(record)
    known = dossiers.of_record(record_id)
    wanted = [replace(m, issued_date=issued) for m in known if m.method is Method.PERSON]
    code = fields.get("file_code")
    if not wanted and code and code["confidence"] >= LEAST_TRUST:
        ordinal = value_of(record, "doc_ordinal")
        place = int(ordinal) if ordinal.isdecimal() else None
        methods = (e["method"] for e in code["evidence"] if e["value"] == code["value"])
        method = Method(next(methods, Method.PERSON))
        wanted = [DossierMember(record["agency"], code["value"] or "", record_id, place, method, issued)]
    if wanted != list(known):
        dossiers.belongs(record_id, wanted)


def issued_date_of(record: Record) -> str:
    """The record's issue date, or empty."""
    return value_of(record, "issued_date")
