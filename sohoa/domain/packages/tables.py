"""Tables in which lists of hồ sơ and documents leave: TT 02/2019/TT-BNV, and NĐ 30/2020 annex VI part II.

A column that the archive knows nothing for is there and empty; one whose English name was not found has that
of TT 05/2025. NĐ 30 keeps incoming and outgoing documents apart; here they are one list, since a paper does
not always show which it is, with the columns of both that a paper shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from xml.sax.saxutils import escape

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.dossiers.dossier import DossierMember, DossierSummary
from sohoa.domain.packages.describe import day_as_printed
from sohoa.domain.packages.elements import Element, Fault, Values, faults


class Rules(StrEnum):
    """Whose columns and limits a table has."""

    TT02 = "tt02"
    ND30 = "nd30"


_PARTS = (Element("OrganId", 13), Element("FileCatalog", 4), Element("FileNotation", 20))
_DAYS = (Element("StartDate", 10), Element("EndDate", 10))
_DOCUMENT = (
    Element("CodeNumber", 11),
    Element("CodeNotation", 30),
    Element("IssuedDate", 10),
    Element("OrganName", 200),
    Element("Subject", 500),
)
DOSSIERS: Mapping[Rules, Sequence[Element]] = {
    Rules.TT02: (
        Element("FileCode", 53),
        Element("Title", 1000),
        Element("Maintenance", 100),
        Element("Rights", 30),
        Element("Language", 100),
        *_DAYS,
        Element("TotalDoc", 10),
        Element("Description", 2000),
        Element("InforSign", 30),
        Element("Keyword", 100),
        Element("numberOfPaper", 10),
        Element("PageNumber", 10),
        Element("Format", 50),
    ),
    Rules.ND30: (
        Element("FileCode", 39),
        *_PARTS,
        Element("Title", 500),
        Element("Maintenance", 30),
        Element("Rights", 30),
        Element("Creator", 30),
        Element("Language", 50),
        *_DAYS,
        Element("DocTotal", 4),
        Element("PageTotal", 4),
        Element("Description", 500),
    ),
}
"""A hồ sơ's columns; a limit of ``FileCode`` is that of its parts and the dots between."""
RECORDS: Mapping[Rules, Sequence[Element]] = {
    Rules.TT02: (
        Element("DocCode", 25),
        Element("FileCode", 53),
        Element("DocOrdinal", 10),
        Element("TypeName", 100),
        *_DOCUMENT,
        Element("Language", 100),
        Element("PageAmount", 4),
        Element("Description", 500),
        Element("InforSign", 30),
        Element("Keyword", 100),
        Element("Mode", 20),
        Element("ConfidenceLevel", 30),
        Element("Autograph", 2000),
        Element("Format", 50),
    ),
    Rules.ND30: (
        Element("FileCode", 39),
        *_PARTS,
        Element("DocOrdinal", 3),
        Element("TypeName", 100),
        *_DOCUMENT,
        Element("Language", 30),
        Element("PageAmount", 3),
        Element("Description", 500),
        Element("SignerInfo.Position", 100),
        Element("SignerInfo.FullName", 50),
        Element("ToPlaces", 1000),
        Element("ArrivalDate", 10),
        Element("ArrivalNumber", 10),
    ),
}
"""A document's columns. TT 02/2019's limit of ``DocOrdinal`` was not found: ten digits."""
_GIVEN = {
    "title": "Title",
    "maintenance": "Maintenance",
    "mode": "Rights",
    "creator": "Creator",
    "language": "Language",
    "keyword": "Keyword",
    "number_of_paper": "numberOfPaper",
    "format": "Format",
    "infor_sign": "InforSign",
    "description": "Description",
}
_FIELDS = {
    "type_name": "TypeName",
    "code_number": "CodeNumber",
    "code_notation": "CodeNotation",
    "organ_name": "OrganName",
    "subject": "Subject",
    "language": "Language",
    "autograph": "Autograph",
    "signer_position": "SignerInfo.Position",
    "signer_name": "SignerInfo.FullName",
    "recipients": "ToPlaces",
    "arrival_number": "ArrivalNumber",
}


def dossier_row(dossier: DossierSummary) -> Values:
    """What is known of a hồ sơ, by column: its list, and what follows from its records."""
    given = dossier.values
    documents = given.get("total_doc", "") or str(dossier.documents)
    pages = given.get("number_of_page", "") or str(dossier.pages)
    return {
        **{column: given.get(name, "") for name, column in _GIVEN.items()},
        **_code(dossier.agency, dossier.code),
        "StartDate": day_as_printed(given.get("start_date", "") or dossier.start_date),
        "EndDate": day_as_printed(given.get("end_date", "") or dossier.end_date),
        **dict.fromkeys(("TotalDoc", "DocTotal"), documents),
        **dict.fromkeys(("PageNumber", "PageTotal"), pages),
    }


def record_row(record: Record, member: DossierMember | None) -> Values:
    """What is known of a record, by column; ``member`` is its place in a hồ sơ, if it is in one."""
    fields = field_values(record)
    code, ordinal = (member.code, str(member.ordinal or "")) if member else ("", "")
    return {
        **{column: fields.get(name, "") for name, column in _FIELDS.items()},
        **_code(record["agency"], code),
        "DocCode": f"{code}.{ordinal}" if code and ordinal else "",
        "DocOrdinal": ordinal,
        "IssuedDate": day_as_printed(fields.get("issued_date", "")),
        "ArrivalDate": day_as_printed(fields.get("arrival_date", "")),
        "PageAmount": str(len(record["pages"])),
        "Mode": record["mode"],
        "ConfidenceLevel": record["confidence_level"],
    }


def _code(agency: str, code: str) -> Values:
    """A hồ sơ's code, and its parts where it is the agency's, a year and the rest."""
    year, _, notation = code.removeprefix(f"{agency}.").partition(".")
    if not code.startswith(f"{agency}.") or len(year) != 4 or not year.isdecimal() or not notation:
        return {"FileCode": code}
    return {"FileCode": code, "OrganId": agency, "FileCatalog": year, "FileNotation": notation}


def cells(columns: Sequence[Element], values: Values) -> tuple[str, ...]:
    """A line of the table."""
    return tuple(values.get(column.name, "") for column in columns)


def row_faults(columns: Sequence[Element], values: Values, where: str) -> Iterator[Fault]:
    """What is too long for its column; nothing is ever cut."""
    return faults(columns, values, where)


def xml_pieces(rules: Rules, row: str, columns: Sequence[Element], rows: Iterator[Values]) -> Iterator[bytes]:
    """The table as XML: an element ``row`` for each line, in it one of each column that is filled."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<table rules="{rules.value}">\n'.encode()
    for values in rows:
        inside = (
            f"<{column.name}>{escape(values[column.name])}</{column.name}>"
            for column in columns
            if values.get(column.name)
        )
        yield f" <{row}>{''.join(inside)}</{row}>\n".encode()
    yield b"</table>\n"
