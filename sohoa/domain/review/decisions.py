"""Review: what of a record is doubtful, and what a person's decision makes of the record.

Works on the plain data of ``record.json``; nothing is changed in place. A person's value has evidence
of the method ``person`` and confidence 1; ``decisions`` holds what a person said to doubts about no field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sohoa.domain.archive.record import (
    DecisionJson,
    DocumentJson,
    EvidenceJson,
    FieldJson,
    FieldsJson,
    Record,
)
from sohoa.domain.archive.records import Method
from sohoa.domain.fields import REQUIRED, field_of, is_missing, missing

SAME_NUMBER = "same_number"
DRAFT = "draft"
DECIDABLE = (
    DRAFT,
    SAME_NUMBER,
    "no_text",
    "signature_invalid",
    "manifest_differs",
    "text_layer_differs",
    "begins_beside_a_page",
)
"""Doubts about no field: a person settles them by their code."""

_OPEN_IN_DRAFTS = frozenset({missing("code_number"), missing("issued_date")})


def blocking(doubts: Iterable[str]) -> int:
    """How many of the doubts keep the record from being counted as covered: missing fields, drafts."""
    return sum(code == DRAFT or (is_missing(code) and field_of(code) in REQUIRED) for code in doubts)


def is_persons(field: FieldJson | None) -> bool:
    """Whether a person gave or confirmed the value."""
    return field is not None and any(seen["method"] == Method.PERSON for seen in field["evidence"])


def decisions_of(record: Record) -> Mapping[str, DecisionJson]:
    """What persons decided on doubts about no field, by code."""
    return record.get("decisions", {})


def open_doubts(record: Record) -> tuple[str, ...]:
    """The doubts of the record that no person has settled, in their order."""
    return tuple(code for code in record["review"] if not _is_settled(code, record))


def _is_settled(code: str, record: Record) -> bool:
    decisions = decisions_of(record)
    if code in decisions or is_persons(record["fields"].get(field_of(code))):
        return True
    # A draft has no number and no date: who confirms the one has confirmed the other.
    return code in _OPEN_IN_DRAFTS and bool(record["draft"]) and DRAFT in decisions


def with_values(record: Record, values: Mapping[str, str | None]) -> Record:
    """The record with a person's values; None says that the paper shows none. Doubts so settled are gone."""
    old = record["fields"]
    given = {name: _persons_field(value, old.get(name)) for name, value in values.items()}
    return with_fields(record, {**old, **given})


def with_decision(record: Record, code: str, decision: DecisionJson) -> Record:
    """The record with a person's decision on a doubt about no field, in the place of an earlier one."""
    decided: Record = {**record, "decisions": {**decisions_of(record), code: decision}}
    return with_fields(decided, record["fields"])


def keep_person_values(old_record: Record, new_record: Record) -> Record:
    """A record that was described again, with everything that persons said of the old one.

    What the machine saw this time stays as candidates behind the person's value. Applying it twice is
    the same as once.
    """
    found = new_record["fields"]
    kept: dict[str, FieldJson] = {
        name: {**field, "evidence": [*_persons(field), *_machines(found.get(name))]}
        for name, field in old_record["fields"].items()
        if is_persons(field)
    }
    decisions = decisions_of(old_record)
    merged: Record = {**new_record, "decisions": {**decisions_of(new_record), **decisions}}
    if DRAFT in decisions:
        merged["draft"] = old_record["draft"]
    return with_fields(merged, {**found, **kept})


def with_fields(record: Record, fields: FieldsJson) -> Record:
    """The record with these fields, also in the first of its documents, without the settled doubts."""
    first, *others = record["documents"]
    renewed: DocumentJson = {**first, "fields": dict(fields)}
    changed: Record = {**record, "fields": dict(fields), "documents": [renewed, *others]}
    return {**changed, "review": list(open_doubts(changed))}


def _persons_field(value: str | None, old: FieldJson | None) -> FieldJson:
    mine: EvidenceJson = {
        "method": Method.PERSON.value,
        "page": None,
        "box": None,
        "value": value or "",
        "confidence": 1.0,
    }
    same = old is not None and old["value"] == value
    raw = old["raw"] if old is not None and same else value or ""
    return {"value": value, "raw": raw, "confidence": 1.0, "evidence": [mine, *_machines(old)]}


def _persons(field: FieldJson) -> Sequence[EvidenceJson]:
    return [seen for seen in field["evidence"] if seen["method"] == Method.PERSON]


def _machines(field: FieldJson | None) -> Sequence[EvidenceJson]:
    return [] if field is None else [seen for seen in field["evidence"] if seen["method"] != Method.PERSON]
