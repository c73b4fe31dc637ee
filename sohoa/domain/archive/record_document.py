"""``record.json``: everything the archive knows of a record, and what is derived from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ocr.page import Page
from sohoa.domain.archive.as_json import document_json, fields_json, page_json, signature_json
from sohoa.domain.archive.records import Description, Reading
from sohoa.domain.fields import REQUIRED
from sohoa.domain.protection.personal_data import find_on_page

SCHEMA = "sohoa-record/1"
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
    files: Sequence[Mapping[str, Any]] = ()


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
    seal: Mapping[str, Any],
    policy: Mapping[str, Any],
    created_at: datetime,
) -> dict[str, Any]:
    """The record of a described and sealed file; ``mode`` is 02 until a person chooses (TT 05)."""
    return {
        "schema": SCHEMA,
        "record_id": record_id,
        "agency": agency,
        "part": "",
        "version": 1,
        "created_at": created_at.isoformat(),
        "source": {
            "key": source.key,
            "sha256": source.sha256,
            "size_bytes": source.size_bytes,
            "kind": source.kind,
            **({"files": list(source.files)} if source.files else {}),
        },
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
        "personal": personal_json(reading.pages),
        "findings": [{"code": f.code, "page": f.page, "detail": f.detail} for f in reading.findings],
        "signatures": [signature_json(signature) for signature in reading.signatures],
        "seal": dict(seal),
        **policy,
    }


def personal_json(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Where the text of the pages holds personal data; never the data."""
    return [tag.to_json() for page in pages for tag in find_on_page(page.text, page.number)]


def field_values(record: Mapping[str, Any]) -> dict[str, str]:
    """The record's field values as text; ``code`` is number/notation where both are known.

    A field that the paper does not show, as a person said, has no value.
    """
    fields = record["fields"].items()
    values = {name: str(field["value"]) for name, field in fields if field["value"] is not None}
    number, notation = values.get("code_number", ""), values.get("code_notation", "")
    if number and notation:
        values["code"] = f"{number}/{notation}"
    return values


def issue_year(record: Mapping[str, Any]) -> int | None:
    """The year of the issue date, or None."""
    date = field_values(record).get("issued_date", "")
    return int(date[:4]) if date[:4].isdecimal() else None


def is_complete(record: Mapping[str, Any]) -> bool:
    """Whether every required field has a value."""
    values = field_values(record)
    return all(values.get(name) for name in REQUIRED)


def superseded_by(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the records that stand in the place of this one: a person split or merged it."""
    return tuple(record.get("superseded_by", ()))
