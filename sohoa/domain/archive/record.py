"""``record.json``: the type of what the archive keeps of a record, with its one reader and its one writer.

Keys are added, never renamed: a record of an earlier version lacks those that are ``NotRequired``. Keys that
this program does not know are kept as they are when a next version is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict, cast

from sohoa.domain.archive.signature_trust import TrustJson
from sohoa.domain.archive.versions import json_bytes
from sohoa.domain.errors import Corrupt

SCHEMA = "sohoa-record/1"
LEAST_TRUST = 0.5
"""A dossier's code that is trusted less, as where path and manifest differ, puts a record into none."""
_READABLE = frozenset({SCHEMA})


class EvidenceJson(TypedDict):
    """One observation behind a field; ``box`` is x, y, w, h in pixels."""

    method: str
    page: int | None
    box: list[int] | None
    value: str
    confidence: float


class FieldJson(TypedDict):
    """A field; the value None says that the paper does not show it, as a person said."""

    value: str | None
    raw: str
    confidence: float
    evidence: Sequence[EvidenceJson]


FieldsJson = Mapping[str, FieldJson]


class DocumentJson(TypedDict):
    """One document in the source file: its first and last page, and its fields."""

    pages: list[int]
    fields: FieldsJson


class MarkJson(TypedDict):
    """What was put on a page later."""

    kind: str
    text: str
    box: list[int] | None


class PageJson(TypedDict):
    """Measures and marks of a page, without its text."""

    number: int
    width_px: int
    height_px: int
    dpi: int
    source: str
    confidence: float
    marks: list[MarkJson]


class FindingJson(TypedDict):
    """A measured fact below the profile's scan quality."""

    code: str
    page: int | None
    detail: str


class SignatureJson(TypedDict):
    """A digital signature of the original."""

    signer: str
    signing_time: str
    digest: str
    integrity: str
    covers_whole_file: bool
    trust: NotRequired[TrustJson]


class PersonalJson(TypedDict):
    """Where a page holds personal data; never the data."""

    page: int
    kind: str
    start: int
    end: int


class SourceFileJson(TypedDict):
    """A page file of a folder document."""

    name: str
    original: str
    sha256: str
    size_bytes: int
    pages: int


class SourceJson(TypedDict):
    """Where the record's bytes came from; ``files`` only for folder documents."""

    key: str
    sha256: str
    size_bytes: int
    kind: str
    files: NotRequired[Sequence[SourceFileJson]]


class SealJson(TypedDict):
    """Our signature on the archive copy; ``signing_time`` in ISO 8601.

    Without ``signer`` the copy waits for its signature: ``place`` is then where the visible block goes (left,
    bottom, right, top, rotation; empty for none). ``certificate`` is the SHA-256 of the signer's, ``level``
    the PAdES level.
    """

    block: str
    signer: str
    test_key: bool
    signing_time: str
    notes: list[str]
    place: NotRequired[Sequence[float]]
    certificate: NotRequired[str]
    level: NotRequired[str]
    until: NotRequired[str]


class DecisionJson(TypedDict):
    """What a person said to a doubt about no field: a draft or none, or beside which records it is kept."""

    by: str
    draft: NotRequired[bool]
    others: NotRequired[Sequence[str]]


class Record(TypedDict):
    """Everything the archive knows of a record; docs/glossary.md names the fields' sources."""

    schema: str
    record_id: str
    agency: str
    part: str
    version: int
    created_at: str
    source: SourceJson
    original: str
    mode: str
    confidence_level: str
    draft: bool
    review: list[str]
    fields: FieldsJson
    documents: Sequence[DocumentJson]
    pages: Sequence[PageJson]
    sheets_a4: int
    has_text: bool
    findings: Sequence[FindingJson]
    signatures: Sequence[SignatureJson]
    seal: SealJson
    profile: str
    tools: Mapping[str, str]
    personal: NotRequired[Sequence[PersonalJson]]
    released: NotRequired[Sequence[str]]
    decisions: NotRequired[Mapping[str, DecisionJson]]
    superseded_by: NotRequired[Sequence[str]]
    original_at: NotRequired[str]
    changed_at: NotRequired[str]
    changed_by: NotRequired[str]


_KEYS: Mapping[str, type] = {
    "record_id": str,
    "agency": str,
    "part": str,
    "source": dict,
    "original": str,
    "mode": str,
    "review": list,
    "fields": dict,
    "documents": list,
    "pages": list,
    "signatures": list,
}


def read_record(data: bytes) -> Record:
    """The record in these bytes; raises ``Corrupt`` for what is no record, or one of a later program."""
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Corrupt(f"unreadable record: {type(error).__name__}") from error
    schema = loaded.get("schema") if isinstance(loaded, dict) else None
    if schema not in _READABLE:
        raise Corrupt(f"a record of the schema {schema!r} cannot be read here")
    wrong = [key for key, kind in _KEYS.items() if not isinstance(loaded.get(key), kind)]
    if wrong:
        raise Corrupt(f"the record lacks {', '.join(wrong)}")
    return cast("Record", loaded)


def value_of(record: Record, name: str) -> str:
    """The value of a field, empty where there is none or the paper shows none."""
    field = record["fields"].get(name)
    return (field["value"] or "") if field else ""


def is_sealed(record: Record) -> bool:
    """Whether the archive copy is signed; otherwise it waits for its signature."""
    return bool(record["seal"].get("signer"))


def record_bytes(record: Record) -> bytes:
    """The canonical bytes of ``record.json``."""
    return json_bytes(record)
