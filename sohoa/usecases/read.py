"""Read: recognise, screen and describe one file; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sohoa.domain.as_json import (
    document_json,
    fields_json,
    page_json,
    reasons_json,
    signature_json,
)
from sohoa.domain.errors import Rejected, Unavailable
from sohoa.domain.extract import Context, describe
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.records import Description, Reading
from sohoa.domain.secrecy import screen
from sohoa.ports import Recogniser
from sohoa.usecases.intake import file_sha256


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one file needs; no archive."""

    recogniser: Recogniser
    types: TypeTable
    review_below: float


def read(reader: Reader, path: Path, agency_name: str, today: date) -> dict[str, Any]:
    """The published answer of ``sohoa read --json`` without its ``seconds``; a value for every outcome."""
    head = {"file": path.name, "sha256": file_sha256(path)}
    try:
        if path.stat().st_size == 0:
            raise Rejected("empty")
        reading = reader.recogniser.read(path, reader.recogniser.inspect(path))
    except Rejected as error:
        return head | _nothing("rejected", [error.code])
    except Unavailable:
        return head | _nothing("rejected", ["page_unreadable"])
    hit = screen(reading.pages)
    if hit is not None:
        return head | _nothing("quarantined", [hit.reason])
    context = Context(agency_name, path.name, today, reader.review_below, reader.types)
    return head | _described(reading, describe(reading, context))


def _nothing(outcome: str, codes: Sequence[str]) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "reasons": reasons_json(codes),
        "pages": [],
        "fields": {},
        "documents": [],
        "signatures": [],
    }


def _described(reading: Reading, description: Description) -> dict[str, Any]:
    return {
        "outcome": "needs_review" if description.review else "described",
        "reasons": reasons_json(description.review),
        "pages": [page_json(page) | {"text": page.text} for page in reading.pages],
        "fields": fields_json(description.fields),
        "documents": [document_json(part) for part in description.documents],
        "signatures": [signature_json(signature) for signature in reading.signatures],
    }
