"""``record.json``: everything the archive knows of a record, and what is derived from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ocr.page import Page
from sohoa.domain.archive.as_json import document_json, fields_json, finding_json, page_json, stored_signature
from sohoa.domain.archive.page_ranges import Range, part_name
from sohoa.domain.archive.record import SCHEMA, PersonalJson, Record, SealJson, SourceFileJson, SourceJson
from sohoa.domain.archive.records import Description, Reading
from sohoa.domain.fields import REQUIRED
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import find_on_page

_A4_MM2 = 210 * 297
_MM_PER_INCH = 25.4
_OVERSIZE = 1.1


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Where the record's bytes came from, and its path or folder ``original`` in the record.

    ``files`` are the page files of a folder document: name, original, sha256, size_bytes, pages.
    """

    key: str
    sha256: str
    size_bytes: int
    kind: str
    original: str
    files: Sequence[SourceFileJson] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """By what the record was made: profile, program versions, and marks that a person had let pass."""

    profile: str
    tools: Mapping[str, str]
    released: Sequence[str]


def sheets_a4(page: Page) -> int:
    """A4-equivalent sheets of a page: 1, 2, 4, 8, 16 for A4 to A0.

    A page more than 10 % larger than a size counts as the next (REGULATIONS 4.2).
    """
    area = page.width_px * page.height_px * (_MM_PER_INCH / page.dpi) ** 2
    doublings = math.ceil(math.log2(max(area / (_A4_MM2 * _OVERSIZE), 1)))
    return int(2 ** min(doublings, 4))


def build_record(
    record_id: str,
    agency: str,
    source: SourceFacts,
    reading: Reading,
    description: Description,
    seal: SealJson,
    provenance: Provenance,
    created_at: datetime,
    codes: PersonalCodes,
) -> Record:
    """The record of a described and sealed file; ``mode`` is 02 until a person chooses (TT 05)."""
    return {
        "schema": SCHEMA,
        "record_id": record_id,
        "agency": agency,
        "part": "",
        "version": 1,
        "created_at": created_at.isoformat(),
        "source": source_json(source),
        "original": source.original,
        "mode": "02",
        "confidence_level": "02",
        "draft": description.draft,
        "review": list(description.review),
        "fields": fields_json(description.fields),
        "documents": [document_json(part) for part in description.documents],
        "pages": [page_json(page) for page in reading.pages],
        "sheets_a4": sum(map(sheets_a4, reading.pages)),
        "has_text": any(page.lines for page in reading.pages),
        "personal": personal_json(reading.pages, codes),
        "findings": [finding_json(finding) for finding in reading.findings],
        "signatures": [stored_signature(signature) for signature in reading.signatures],
        "seal": seal,
        "profile": provenance.profile,
        "tools": provenance.tools,
        "released": provenance.released,
    }


def reading_confidence(record: Record) -> int | None:
    """The mean confidence of the pages in whole percent, rounded down; None of a record without text."""
    if not (record["has_text"] and record["pages"]):
        return None
    tenths = sum(round(page["confidence"] * 10_000) for page in record["pages"])
    return tenths // (100 * len(record["pages"]))


def part_record(
    whole: Record,
    record_id: str,
    pages: Range,
    read: Sequence[Page],
    found: Description,
    held_by: str,
    created_at: datetime,
) -> Record:
    """The record, not sealed yet, of the pages of a file that become a record of their own.

    ``read`` are these pages, ``held_by`` the id of the record that holds the original. What follows from the
    source file stays as in the record of the whole; of pages, tags and findings those of the part.
    """
    first, last = pages
    documents = [document_json(part) for part in found.documents]
    return {
        **whole,
        "record_id": record_id,
        "part": part_name(pages),
        "version": 1,
        "created_at": created_at.isoformat(),
        "original_at": held_by,
        "superseded_by": [],
        "decisions": {},
        "draft": found.draft,
        "review": list(found.review),
        "fields": fields_json(found.fields),
        "documents": [{**documents[0], "pages": list(pages)}] if len(documents) == 1 else documents,
        "pages": [page for page in whole["pages"] if first <= page["number"] <= last],
        "sheets_a4": sum(map(sheets_a4, read)),
        "has_text": any(page.lines for page in read),
        "personal": [tag for tag in whole.get("personal", ()) if first <= tag["page"] <= last],
        "findings": [f for f in whole["findings"] if not f["page"] or first <= f["page"] <= last],
    }


def source_json(source: SourceFacts) -> SourceJson:
    """Where the record's bytes came from; page files only for a folder document."""
    found: SourceJson = {
        "key": source.key,
        "sha256": source.sha256,
        "size_bytes": source.size_bytes,
        "kind": source.kind,
    }
    return {**found, "files": list(source.files)} if source.files else found


def personal_json(pages: Sequence[Page], codes: PersonalCodes) -> list[PersonalJson]:
    """Where the text of the pages holds personal data; never the data."""
    tags = (tag for page in pages for tag in find_on_page(page.text, codes, page.number))
    return [{"kind": t.kind.value, "page": t.page, "start": t.start, "end": t.end} for t in tags]


def field_values(record: Record) -> dict[str, str]:
    """The record's field values as text; ``code`` is number/notation where both are known.

    A field that the paper does not show, as a person said, has no value.
    """
    fields = record["fields"].items()
    values = {name: str(field["value"]) for name, field in fields if field["value"] is not None}
    number, notation = values.get("code_number", ""), values.get("code_notation", "")
    if number and notation:
        values["code"] = f"{number}/{notation}"
    return values


def issue_year(record: Record) -> int | None:
    """The year of the issue date, or None."""
    date = field_values(record).get("issued_date", "")
    return int(date[:4]) if date[:4].isdecimal() else None


def is_complete(record: Record) -> bool:
    """Whether every required field has a value."""
    values = field_values(record)
    return all(values.get(name) for name in REQUIRED)


def superseded_by(record: Record) -> tuple[str, ...]:
    """Ids of the records that stand in the place of this one: a person split or merged it."""
    return tuple(record.get("superseded_by", ()))
