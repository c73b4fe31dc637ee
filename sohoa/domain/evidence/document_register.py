"""Registers of outgoing and incoming documents (NĐ 30/2020, articles 15 and 22, annexes IV and VI).

A clerk wrote down number, notation, date and subject of every paper: strong evidence for its scan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sohoa.domain.archive.event_chain import canonical_json
from sohoa.domain.archive.records import Evidence, Fields, Method
from sohoa.domain.evidence.document_columns import document_values
from sohoa.domain.extract.fusion import agree, comparable
from sohoa.domain.fields import ListKind, headings, label
from sohoa.domain.tables import Cells, table

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **headings(ListKind.REGISTER),
    "note": ("Ghi chú", "Description"),
}
_MOST_ALIKE = 12  # a shorter subject is found in too many papers


class Direction(StrEnum):
    """Which register: of documents sent out or of documents received."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of an agency's register.

    ``identity`` names the line within agency and direction, so that a corrected register replaces it;
    ``source`` says where it was written. ``values`` are field values.
    """

    agency: str
    direction: Direction
    identity: str
    values: Mapping[str, str]
    source: str

    @property
    def number(self) -> str:
        """The document's number without noughts in front; empty where there is none."""
        return comparable("code_number", self.values.get("code_number", ""))

    @property
    def issued_date(self) -> str:
        """The document's date, ISO, or empty."""
        return self.values.get("issued_date", "")


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The lines that can be used, and sentences about those that cannot, with line numbers."""

    entries: tuple[RegisterEntry, ...]
    faults: tuple[str, ...]


def register_table(
    lines: Iterable[Cells], agency: str, source: str, direction: Direction | None = None
) -> RegisterTable:
    """The entries of a register; by default, a column of arrival makes it one of incoming documents.

    Raises ``ValueError`` when no column can be used.
    """
    found = table(lines, _COLUMNS)
    if not found.columns & {"code_number", "code", "issued_date", "subject"}:
        raise ValueError(
            "no column of a register: needs Số, ký hiệu (CodeNumber, CodeNotation), Ngày or Trích yếu"
        )
    way = direction or (Direction.IN if found.columns & {"arrival_date", "arrival_number"} else Direction.OUT)
    entries, faults = dict[str, RegisterEntry](), list[str]()
    for row in found.rows:
        values, wrong = document_values(row.cells, ListKind.REGISTER)
        faults += [f"line {row.line}: {_ADVICE.get(name, f'{label(name)} is left out')}" for name in wrong]
        identity = _identity(way, values)
        if not identity:
            faults.append(f"line {row.line}: not taken: needs number and notation, or date and subject")
        elif identity in entries:
            faults.append(f"line {row.line}: not taken: the same document as {entries[identity].source}")
        else:
            entries[identity] = RegisterEntry(agency, way, identity, values, f"{source}:{row.line}")
    return RegisterTable(tuple(entries.values()), tuple(faults))


_ADVICE = {
    "issued_date": "the date is left out: write it like 31/12/2024",
    "arrival_date": "the day of arrival is left out: write it like 31/12/2024",
    "arrival_number": "the arrival number is left out: write a whole number",
    "code_number": "the number is left out: write a whole number, the notation beside it or after '/'",
}


def _identity(direction: Direction, values: Mapping[str, str]) -> str:
    """What stays the same when a line is corrected: its number in the year; else date and subject."""
    arrived = values.get("arrival_date", ""), values.get("arrival_number", "")
    if direction is Direction.IN and all(arrived):
        return f"{arrived[0][:4]} {arrived[1]}"
    number, note = (comparable(name, values.get(name, "")) for name in ("code_number", "code_notation"))
    issued, subject = values.get("issued_date", ""), values.get("subject", "")
    organ = comparable("organ_name", values.get("organ_name", ""))
    if number and note:
        return _digest([number, note, issued[:4], organ])
    return _digest([number, issued, comparable("subject", subject), organ]) if issued and subject else ""


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256(canonical_json(list(parts)).encode()).hexdigest()[:32]


def matching(entries: Iterable[RegisterEntry], fields: Fields) -> RegisterEntry | None:
    """The one line that stands for the document read; None where there is none, or several.

    Either number and notation are the same and not both date and subject are others, or the date is the
    same and the subject alike.
    """
    found = {entry.identity: entry for entry in entries if _stands_for(entry, fields)}
    if len(found) > 1:
        found = {name: entry for name, entry in found.items() if _same(entry, fields, "issued_date")}
    return next(iter(found.values())) if len(found) == 1 else None


def _stands_for(entry: RegisterEntry, fields: Fields) -> bool:
    numbered = _same(entry, fields, "code_number") and _same(entry, fields, "code_notation") is not False
    others = [_same(entry, fields, name) for name in ("issued_date", "subject")]
    if numbered and "code_notation" in fields and "code_notation" in entry.values:
        return others != [False, False] and _same(entry, fields, "organ_name") is not False
    long_enough = len(entry.values.get("subject", "")) >= _MOST_ALIKE
    return others == [True, True] and long_enough


def _same(entry: RegisterEntry, fields: Fields, name: str) -> bool | None:
    """Whether document and line agree on a field; None where one has no value or it cannot be decided."""
    entered, field = entry.values.get(name, ""), fields.get(name)
    return agree(name, field.value, entered) if entered and field is not None else None


def evidence_of(entry: RegisterEntry, share: float) -> dict[str, tuple[Evidence, ...]]:
    """The evidence that the line gives for the document, by field name.

    A register of incoming documents names who in the agency received the paper, not its recipients.
    """
    names = [
        name
        for name in headings(ListKind.REGISTER)
        if name != "recipients" or entry.direction is Direction.OUT
    ]
    return {
        name: (Evidence(Method.REGISTER, entry.values[name], share),)
        for name in names
        if name in entry.values
    }
