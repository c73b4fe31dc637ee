"""The descriptions of a received package as what our own pipeline takes: a shop's list, a hồ sơ's entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from sohoa.domain.dossiers.dossier import DossierEntry, dossier_table
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.packages.elements import DOSSIER
from sohoa.domain.packages.received import PackageDescription

_COLUMNS: Mapping[str, str] = {
    "code_number": "codeNumber",
    "code_notation": "codeNotation",
    "issued_date": "issuedDate",
    "organ_name": "organName",
    "subject": "subject",
}
_CODES = ("arcFileCode", "fileCode")
_ENTRY = tuple(element.name for element in DOSSIER if element.name not in _CODES)


def file_code(description: PackageDescription) -> str:
    """The code of the hồ sơ; empty where the package names none."""
    return next((description.values[name] for name in _CODES if description.values.get(name)), "")


def shop_list(description: PackageDescription, types: TypeTable) -> bytes:
    """``manifest.csv`` of the documents: what the package says of each is evidence like that of a shop."""
    code, out = file_code(description), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["file", "ordinal", "file_code", "type_name", *_COLUMNS])
    for document in description.documents:
        values = document.values
        ordinal = values.get("docOrdinal") or (values.get("docCode", "").rpartition(".")[2])
        kind = _type_name(types, values.get("typeName", ""))
        row = [document.path, ordinal if ordinal.isdecimal() else "", code, kind]
        writer.writerow([*row, *(values.get(element, "") for element in _COLUMNS.values())])
    return out.getvalue().encode()


def _type_name(types: TypeTable, code: str) -> str:
    """The first type of that code; empty for the code of all others."""
    known = (kind.name for kind in types.types if kind.code == code and code != types.unknown_code)
    return next(known, "")


def dossier_entry(description: PackageDescription, agency: str, source: str) -> DossierEntry | None:
    """What the package says of its hồ sơ, as a list would; None where it names none."""
    code = file_code(description)
    if not code:
        return None
    head = ("FileCode", *_ENTRY)
    cells = (code, *(description.values.get(name, "") for name in _ENTRY))
    return next(iter(dossier_table([(1, head), (2, cells)], agency, source).entries), None)
