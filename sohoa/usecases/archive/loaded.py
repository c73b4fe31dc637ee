"""A record as it is in the archive now: its manifest and record.json, read once and handed on."""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.domain.archive.record import Record, read_record
from sohoa.domain.archive.versions import Manifest, version_of
from sohoa.domain.errors import Corrupt
from sohoa.usecases.archive.store import newest_manifest, read_file
from sohoa.usecases.services import Services


def text_path(manifest: Manifest) -> str:
    """The current body text of a record."""
    return _newest(manifest, "/text/body.txt")


def record_path(manifest: Manifest) -> str:
    """The current ``record.json`` of a record."""
    return _newest(manifest, "/record.json")


def events_path(manifest: Manifest) -> str:
    """The whole history of a record up to its newest version."""
    return _newest(manifest, "/events.jsonl")


def load_record(services: Services, agency: str, manifest: Manifest) -> Record:
    """The current ``record.json``; raises ``Corrupt``."""
    return read_record(read_file(services, agency, manifest, record_path(manifest)))


def _newest(manifest: Manifest, ending: str) -> str:
    return max((path for path in manifest.files if path.endswith(ending)), key=version_of)


def load_text(services: Services, agency: str, manifest: Manifest) -> str:
    """The current text of a record as printed, its pages apart by ``PAGE_BREAK``; raises ``Corrupt``."""
    return read_file(services, agency, manifest, text_path(manifest)).decode()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The newest version of a record: its ``record.json``, its manifest and the manifest's SHA-256."""

    agency: str
    record: Record
    manifest: Manifest
    manifest_sha256: str


def load(services: Services, agency: str, record_id: str) -> Loaded | None:
    """The record from the archive, None where there is no complete version; raises ``Corrupt``."""
    newest = newest_manifest(services, agency, record_id)
    return Loaded(agency, load_record(services, agency, newest[0]), *newest) if newest else None


def loaded(services: Services, agency: str, record_id: str) -> Loaded:
    """As ``load``, of a record that was just written; raises ``Corrupt`` where it is not there."""
    found = load(services, agency, record_id)
    if found is None:
        raise Corrupt(f"record {agency}/{record_id} has no manifest although it was just written")
    return found
