"""What a hồ sơ and its records say of themselves in a package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.dossiers.dossier import DossierSummary
from sohoa.domain.dossiers.retention import retention_code
from sohoa.domain.packages.elements import DOCUMENTS, HEADS, Element, Kind, Values

_FROM_LIST: Mapping[str, str] = {
    "title": "title",
    "keyword": "keyword",
    "number_of_paper": "numberOfPaper",
    "format": "format",
    "infor_sign": "inforSign",
    "paper_file_code": "paperFileCode",
    "risk_recovery": "riskRecovery",
    "risk_recovery_status": "riskRecoveryStatus",
    "description": "description",
}
_FROM_FIELDS: Mapping[str, str] = {
    "type_code": "typeName",
    "code_number": "codeNumber",
    "code_notation": "codeNotation",
    "organ_name": "organName",
    "subject": "subject",
    "language": "language",
    "autograph": "autograph",
}
_OF_THE_HEAD = ("maintenance", "riskRecovery", "riskRecoveryStatus")
_DIGITIZED = "02"
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def day_as_printed(iso: str) -> str:
    """``DD/MM/YYYY``, ``MM/YYYY`` or ``YYYY`` of an ISO day, month or year; empty for anything else."""
    found = _DAY.fullmatch(iso)
    return "/".join(part for part in reversed(found.groups()) if part) if found else ""


def dossier_values(dossier: DossierSummary, records: Sequence[Record], kind: Kind = Kind.AIP_HOSO) -> Values:
    """The elements of the hồ sơ: what its list gives, else what follows from its records.

    Its level of use is that of its most restricted record unless the list names one.
    """
    given = dossier.values
    languages = sorted({field_values(record).get("language", "") for record in records} - {""})
    found = {
        "arcFileCode": dossier.code,
        "fileCode": dossier.code,
        "maintenance": retention_code(given.get("maintenance", "")),
        "mode": given.get("mode", "") or max((record["mode"] for record in records), default=""),
        "language": given.get("language", "") or ", ".join(languages),
        "startDate": day_as_printed(given.get("start_date", "") or dossier.start_date),
        "endDate": day_as_printed(given.get("end_date", "") or dossier.end_date),
        "totalDoc": str(dossier.documents),
        "numberOfPage": str(dossier.pages),
        "confidenceLevel": given.get("confidence_level", "") or _DIGITIZED,
    }
    found |= {element: given[name] for name, element in _FROM_LIST.items() if name in given}
    return _described(HEADS[kind], found)


def loose_values(code: str, title: str, source: str, description: str) -> Values:
    """The head of a package of documents that are in no hồ sơ: what a person says of them."""
    told = {"arcFileCode": code, "title": title, "source": source, "description": description}
    return _described(HEADS[Kind.AIP_TAILIEU], told)


def document_values(record: Record, head: Values, ordinal: int, kind: Kind = Kind.AIP_HOSO) -> Values:
    """The elements of a record that is the document of that ordinal in the package with this head."""
    file_code = head.get("arcFileCode") or head.get("fileCode", "")
    fields = field_values(record)
    found = {
        **{name: head.get(name, "") for name in _OF_THE_HEAD},
        "docId": f"{file_code}.{ordinal}",
        "docCode": f"{file_code}.{ordinal:07d}",
        "arcFileCode": file_code,
        "docOrdinal": str(ordinal),
        "issuedDate": day_as_printed(fields.get("issued_date", "")),
        "numberOfPage": str(len(record["pages"])),
        "mode": record["mode"],
        "confidenceLevel": record["confidence_level"],
    }
    found |= {element: fields.get(name, "") for name, element in _FROM_FIELDS.items()}
    return _described(DOCUMENTS[kind], found)


def _described(elements: Sequence[Element], found: Mapping[str, str]) -> Values:
    return {element.name: found[element.name] for element in elements if found.get(element.name)}
