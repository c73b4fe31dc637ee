"""The record: what the archive keeps of one document, and its deterministic id."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ocr.page import Attachment, Box, Mark, Page
from sohoa.domain.archive.signature_trust import SignatureTrust


class Method(StrEnum):
    """How a piece of evidence was found; ``alias`` is a name of an agency that persons taught in review."""

    TEXT = "text"
    DIGITS = "digits"
    FILENAME = "filename"
    MANIFEST = "manifest"
    SIGNATURE = "signature"
    REGISTER = "register"
    ALIAS = "alias"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation behind a field: what was seen, where, how sure (0 to 1)."""

    method: Method
    value: str
    confidence: float
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A value with its evidence; ``raw`` is as printed, ``value`` normalised; confidence is P(right)."""

    value: str
    raw: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One document inside a file: its first and last page (1-based, inclusive) and its fields."""

    first_page: int
    last_page: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Description:
    """What describe found: fields of every document in the file, and why a person must look.

    ``draft`` is a document without number or date or marked ``DỰ THẢO`` (NĐ 30; never counted as
    covered). ``review`` holds reason codes; empty means that nothing needs a person.
    """

    documents: tuple[DocumentPart, ...]
    draft: bool = False
    review: tuple[str, ...] = ()

    @property
    def fields(self) -> Fields:
        return self.documents[0].fields if self.documents else {}


class Integrity(StrEnum):
    """Whether the signed bytes are unchanged; ``unknown`` is not ``valid``."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OriginalSignature:
    """A digital signature found in the original; ``signing_time`` is ISO 8601 or empty.

    ``trust`` is None where it was not looked into.

    The time is the time-stamp token's where there is one, otherwise the signer's own claim.
    """

    signer: str
    signing_time: str
    digest: str
    integrity: Integrity
    covers_whole_file: bool
    trust: SignatureTrust | None = None


UNSEALED = "unsealed"
"""The finding that the archive copy waits for its signature; its detail is the reason."""

COPY_DIFFERS = "copy_differs"
"""The finding that a page of the archive copy does not look as the original's, or cannot be compared."""

ATTACHMENTS = "attachments"
"""The finding that a file carries others; its detail are their names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A measured fact below the profile's scan quality; never a state."""

    code: str
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one file, still only in memory.

    ``attached`` are files that it carries; they are looked at for marks of secrecy and not kept.
    """

    pages: tuple[Page, ...]
    signatures: tuple[OriginalSignature, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    attached: tuple[Attachment, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for page in self.pages for mark in page.marks)


def record_id(agency: str, sha256: str, part: str = "") -> str:
    """Deterministic, opaque id: base32 of sha256(agency, 0, sha256, 0, part), 26 lower-case characters.

    ``sha256`` is the hexadecimal digest of the original; ``part`` is empty or like ``p1-3``.
    """
    seed = b"\0".join(piece.encode() for piece in (agency, sha256, part))
    return base64.b32encode(hashlib.sha256(seed).digest()).decode().lower()[:26]
