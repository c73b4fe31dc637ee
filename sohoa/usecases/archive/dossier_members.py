"""Which hồ sơ a record is in, as its newest version says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import LEAST_TRUST, DossierMember
from sohoa.usecases.services import Services


def put_in_order(services: Services, record: Mapping[str, Any]) -> None:
    """Bring the ledger's files in line with an archived record; what a person decided stays."""
    record_id, fields = record["record_id"], record["fields"]
    issued = issued_date_of(record)
    known = services.dossiers.of_record(record_id)
    wanted = [replace(m, issued_date=issued) for m in known if m.method is Method.PERSON]
    code = fields.get("file_code")
    if not wanted and code and code["confidence"] >= LEAST_TRUST:
        ordinal = str(fields.get("doc_ordinal", {}).get("value", ""))
        place = int(ordinal) if ordinal.isdecimal() else None
        methods = (e["method"] for e in code["evidence"] if e["value"] == code["value"])
        method = Method(next(methods, Method.PERSON))
        wanted = [DossierMember(record["agency"], code["value"], record_id, place, method, issued)]
    if wanted != list(known):
        services.dossiers.belongs(record_id, wanted)


def issued_date_of(record: Mapping[str, Any]) -> str:
    """The record's issue date, or empty."""
    return str(record["fields"].get("issued_date", {}).get("value", ""))
