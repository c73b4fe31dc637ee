"""From an index entry to the lines of a bulk request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sohoa.adapters.elastic_index.mapping import MADE_OF_OTHERS
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.folding import fold_norm, fold_plain, indexable, words
from sohoa.domain.search.projection import (
    code_of,
    filter_terms,
    filter_values,
    header_of,
    issued_of,
    number_of,
    signer_of,
    typed_words,
    year_of,
)
from sohoa.domain.search.query_tree import FilterName


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be done with one record: an action's line and, unless it deletes, the document's."""

    record_id: str
    lines: tuple[bytes, ...]

    @property
    def size_bytes(self) -> int:
        """What the operation adds to a request."""
        return sum(len(line) + 1 for line in self.lines)


def put(entry: IndexEntry, action: Literal["index", "create"]) -> Operation:
    """Add or replace (``index``), or add unless something newer is there (``create``)."""
    return Operation(entry.record_id, (_action(action, entry.record_id), _line(document(entry))))


def delete(record_id: str) -> Operation:
    """Take the record out."""
    return Operation(record_id, (_action("delete", record_id),))


def tombstone(record_id: str) -> Operation:
    """Take the record out and keep its place, so that a running rebuild does not add it again."""
    return Operation(record_id, (_action("index", record_id), _line({"record_id": record_id})))


def document(entry: IndexEntry) -> dict[str, Any]:
    """The document of a record; see ``mapping`` for what each part is there for."""
    header, body = header_of(entry.fields), indexable(entry.body)
    code, issued, year = (
        " ".join(words(code_of(entry.fields))),
        issued_of(entry.fields),
        year_of(entry.fields),
    )
    optional = {
        "agency": entry.agency,
        "type_name": indexable(entry.fields.get("type_name", "")),
        "year": str(year or ""),
        "dossier": indexable(entry.dossier),
        "signer": signer_of(entry.fields),
        "signer_folded": typed_words(signer_of(entry.fields)),
        "code": indexable(code_of(entry.fields)),
        "code_norm": code,
        "code_folded": fold_plain(code),
    }
    return {
        "record_id": entry.record_id,
        "mode": entry.mode,
        "state": entry.state,
        "quality": entry.quality,
        "signed": entry.signed,
        "number": number_of(entry.fields),
        **{name: value for name, value in optional.items() if value},
        "issued": int(issued.replace("-", "") or 0),
        "tags": _tags(entry),
        "head_norm": fold_norm(header),
        "head_folded": fold_plain(header),
        "body": body,
        "body_norm": fold_norm(body),
        "body_folded": fold_plain(body),
        "fields": dict(entry.fields),
    }


def stored(entry: IndexEntry) -> dict[str, Any]:
    """Of the document what a server keeps as given: without what is made of the rest for searching."""
    return {name: value for name, value in document(entry).items() if name not in MADE_OF_OTHERS}


def tag(name: FilterName, term: str, *, marked: bool) -> str:
    """The keyword that stands for a whole value, with its marks or without."""
    return f"{name}{'=' if marked else '~'}{term}"


def _tags(entry: IndexEntry) -> list[str]:
    found: dict[str, None] = {}
    for name, value in filter_values(entry):
        marked, plain = filter_terms(name, value)
        if marked:
            found |= {tag(name, marked, marked=True): None, tag(name, plain, marked=False): None}
    return list(found)


def _action(name: str, record_id: str) -> bytes:
    return _line({name: {"_id": record_id}})


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
