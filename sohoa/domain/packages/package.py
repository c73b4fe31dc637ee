"""A package before it is written: what is in it, and the identity that follows from its contents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sohoa.domain.archive.versions import FileEntry, Manifest
from sohoa.domain.packages.elements import DOCUMENTS, HEADS, Fault, Kind, Values, faults

SIGNATURE = "signature"
"""What a copy lacks that waits for its signature."""


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """A record in a package: its description, the path of its signed copy, and what made that."""

    agency: str
    record_id: str
    values: Values
    copy: str
    entry: FileEntry
    signed_at: str
    tools: Mapping[str, str]
    is_signed: bool = True

    @property
    def file_stem(self) -> str:
        """The name of its files: its code, with ``_`` for what a file system or a URL reads otherwise."""
        return re.sub(r"[^\w.-]", "_", self.values["docCode"])


@dataclass(frozen=True, slots=True)
class DossierPackage:
    """A package of TT 05/2025: a hồ sơ, or loose documents, with the signed copies in their order."""

    agency: str
    organ_name: str
    identity: str
    values: Values
    documents: Sequence[PackedDocument]
    created_at: datetime
    kind: Kind = Kind.AIP_HOSO

    @property
    def object_id(self) -> str:
        """The OBJID: ``urn:<fonds>:uuid:<UUID>`` of an AIP, ``uuid-<UUID>`` of a SIP."""
        if self.kind is Kind.SIP_HOSO:
            return f"uuid-{self.identity}"
        return f"urn:{self.agency}:uuid:{self.identity}"

    @property
    def folder(self) -> str:
        """The folder of the package: its id with ``_`` for each ``:``."""
        return self.object_id.replace(":", "_")


@dataclass(frozen=True, slots=True)
class RecordBag:
    """A bag: every file of a record as the archive keeps it, by path below the record's folder."""

    agency: str
    organ_name: str
    record_id: str
    version: int
    title: str
    files: Mapping[str, FileEntry]
    created_at: datetime

    @property
    def folder(self) -> str:
        """The folder of the bag: agency, record and version."""
        return f"{self.agency}_{self.record_id}_v{self.version}"


def faults_of(
    values: Values, documents: Sequence[PackedDocument], kind: Kind = Kind.AIP_HOSO
) -> tuple[Fault, ...]:
    """Why the package cannot be made: what descriptions lack, and copies that wait for their signature."""
    found = [*faults(HEADS[kind], values)]
    for document in documents:
        found += faults(DOCUMENTS[kind], document.values, document.record_id)
        found += [] if document.is_signed else [Fault(SIGNATURE, 0, 0, document.record_id)]
    return tuple(found)


def identity_of(agency: str, code: str, manifests: Sequence[str], values: Sequence[Values]) -> str:
    """A UUID (RFC 9562, version 8): the same for the same hồ sơ, descriptions and records.

    ``manifests`` are the SHA-256 of the records' manifests in their order.
    """
    told = [sorted(of.items()) for of in values]
    digest = hashlib.sha256(repr((agency, code, list(manifests), told)).encode()).hexdigest().upper()
    variant = "89AB"[int(digest[16], 16) % 4]
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def bag_files(manifest: Manifest, manifests: Mapping[str, FileEntry]) -> Mapping[str, FileEntry]:
    """All files of a record and the manifests of all its versions."""
    return dict(sorted({**manifest.files, **manifests}.items()))
