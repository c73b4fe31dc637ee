"""What is known of a document beside its pages: the shop's manifest, the names it came under, registers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from sohoa.domain.archive.records import Evidence, Fields, Finding
from sohoa.domain.dossiers.dossier import path_evidence
from sohoa.domain.evidence.document_register import RegisterEntry, matching
from sohoa.domain.evidence.shop_manifest import (
    MAX_BYTES,
    ManifestRow,
    ShopManifest,
    evidence_of,
    parse_manifest,
    shared_values,
)
from sohoa.domain.extract.calibration import OutsideShares
from sohoa.domain.extract.fusion import Given, comparable
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME, SUFFIX, folder_of, is_folder_name
from sohoa.ports import DocumentRegisters
from sohoa.usecases.evidence.services import GivenServices, InboxFiles

ManifestReader = Callable[[str], ShopManifest | None]
_parsed = lru_cache(maxsize=8)(parse_manifest)


@dataclass(frozen=True, slots=True)
class OutsideEvidence:
    """Evidence by field name, and findings about where it comes from."""

    given: Given
    findings: tuple[Finding, ...] = ()


@dataclass
class _Gathered:
    shares: OutsideShares
    given: dict[str, list[Evidence]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, row: ManifestRow, key: str) -> None:
        for name, evidence in evidence_of(row, self.shares.manifest_row).items():
            self.given.setdefault(name, []).extend(evidence)
        self.findings += [
            Finding("manifest_row", detail=f"{key}, line {row.line}: {column}") for column in row.faults
        ]


def manifest_at(services: InboxFiles, key: str) -> ShopManifest | None:
    """The manifest under that inbox key, None where there is none; nothing in it raises."""
    info = services.store.stat(services.policy.inbox, key)
    if info is None:
        return None
    if info.size_bytes > MAX_BYTES:
        return ShopManifest((), (f"larger than {MAX_BYTES} bytes",))
    return _parsed(services.store.get(services.policy.inbox, key))


def manifest_faults(path: Path) -> tuple[str, ...]:
    """What cannot be used of the manifest in a local file."""
    too_large = path.stat().st_size > MAX_BYTES
    return (f"larger than {MAX_BYTES} bytes",) if too_large else _parsed(path.read_bytes()).faults


def row_below(manifest: ShopManifest, folder: str, key: str) -> ManifestRow | None:
    """What the manifest of the folder says of the document below it whose state the key carries."""
    document = folder_of(key) or key
    path = document[len(folder) + 1 :]
    row = manifest.row_for(path)
    return manifest.row_for(path[: -len(SUFFIX)]) if row is None and is_folder_name(document) else row


def evidence_for(services: GivenServices, key: str, read: ManifestReader | None = None) -> OutsideEvidence:
    """The evidence that path and manifests give for the document whose state the key carries.

    ``read`` gives the manifest under an inbox key; ``manifest_at`` where it is left out.
    """
    read = read or partial(manifest_at, services)
    document = folder_of(key) or key
    shares = services.calibration.outside
    shown = path_evidence(key, shares.path)
    gathered = _Gathered(shares, {name: list(evidence) for name, evidence in shown.items()})
    if document != key:
        _from_own_manifest(read, document, gathered)
    for folder in _folders_above(document):
        at = f"{folder}/{MANIFEST_NAME}"
        manifest = read(at)
        row = row_below(manifest, folder, key) if manifest else None
        if row is not None:
            gathered.add(row, at)
            break
        if manifest is not None and manifest.faults and not manifest.rows:
            gathered.findings.append(Finding("manifest_unreadable", detail=f"{at}: {manifest.faults[0]}"))
    given = {name: tuple(evidence) for name, evidence in gathered.given.items()}
    return OutsideEvidence(given, tuple(gathered.findings))


def _from_own_manifest(read: ManifestReader, folder: str, gathered: _Gathered) -> None:
    at = f"{folder}/{MANIFEST_NAME}"
    manifest = read(at)
    if manifest is None:
        return
    gathered.findings += [Finding("manifest_row", detail=f"{at}, {fault}") for fault in manifest.faults]
    gathered.add(shared_values(manifest, folder.rpartition("/")[2]), at)


def _folders_above(document: str) -> Sequence[str]:
    """The folders that the document lies in, the nearest first, down to the agency's own."""
    parts = document.split("/")
    return ["/".join(parts[:depth]) for depth in range(len(parts) - 1, 0, -1)]


def registered(registers: DocumentRegisters, agency: str, fields: Fields) -> RegisterEntry | None:
    """The line of the agency's registers that stands for the document with these fields, or None."""
    found: list[RegisterEntry] = []
    if "code_number" in fields:
        found += registers.numbered(agency, comparable("code_number", fields["code_number"].value))
    if "issued_date" in fields:
        found += registers.issued_on(agency, fields["issued_date"].value)
    return matching(found, fields)
