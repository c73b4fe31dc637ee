"""What reading one file found: read.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sohoa.answers.reasons import reasons_answer
from sohoa.domain.archive.as_json import document_json, fields_json, page_json, signature_json
from sohoa.usecases.pipeline.read import Described, ReadFile

_NOTHING: Mapping[str, Any] = {"pages": [], "fields": {}, "documents": [], "signatures": []}


def read_answer(file: ReadFile) -> dict[str, Any]:
    """The file, what became of it and why, and its description where it has one."""
    return {
        "file": file.name,
        "sha256": file.sha256,
        "outcome": file.outcome.value,
        "reasons": reasons_answer(file.reasons),
        **(_NOTHING if file.described is None else _described(file.described)),
    }


def _described(described: Described) -> dict[str, Any]:
    reading, description = described.reading, described.description
    return {
        "pages": [page_json(page) | {"text": page.text} for page in reading.pages],
        "fields": fields_json(description.fields),
        "documents": [document_json(part) for part in description.documents],
        "signatures": [signature_json(signature) for signature in reading.signatures],
    }
