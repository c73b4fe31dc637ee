"""A record in the archive: its newest version read, a next one written, the manifest last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocr.page import Page
from sohoa.domain.archive.day_digest import FOLDER
from sohoa.domain.archive.record import Record, read_record, record_bytes
from sohoa.domain.archive.stored_pages import PAGE_BREAK
from sohoa.domain.archive.versions import (
    FileEntry,
    Manifest,
    entry_for,
    is_manifest_path,
    json_bytes,
    manifest_path,
    record_prefix,
    sha256_hex,
    version_of,
)
from sohoa.domain.errors import Corrupt
from sohoa.usecases.archive.services import StoredRecords


def newest_manifest(services: StoredRecords, agency: str, record_id: str) -> tuple[Manifest, str] | None:
    """The manifest of the record's newest complete version with its SHA-256, or None."""
    prefix = record_prefix(agency, record_id)
    paths = (info.key.removeprefix(prefix) for info in services.store.list(services.policy.archive, prefix))
    versions = [version_of(path) for path in paths if is_manifest_path(path)]
    if not versions:
        return None
    data = services.store.get(services.policy.archive, prefix + manifest_path(max(versions)))
    return Manifest.from_bytes(data), sha256_hex(data)


def read_file(services: StoredRecords, agency: str, manifest: Manifest, path: str) -> bytes:
    """One file of a record, checked against its manifest; raises ``Corrupt``."""
    data = services.store.get(services.policy.archive, record_prefix(agency, manifest.record_id) + path)
    if entry_for(data) != manifest.files.get(path):
        raise Corrupt(f"{agency}/{manifest.record_id}/{path} is not what its manifest says")
    return data


def text_path(manifest: Manifest) -> str:
    """The current body text of a record."""
    return _newest(manifest, "/text/body.txt")


def record_path(manifest: Manifest) -> str:
    """The current ``record.json`` of a record."""
    return _newest(manifest, "/record.json")


def events_path(manifest: Manifest) -> str:
    """The whole history of a record up to its newest version."""
    return _newest(manifest, "/events.jsonl")


def copy_path(manifest: Manifest) -> str:
    """The current signed archive copy of a record; raises ``Corrupt`` where it has none."""
    copies = [path for path in manifest.files if path.endswith("/archive.pdf")]
    if not copies:
        raise Corrupt(f"record {manifest.record_id} has no archive copy")
    return max(copies, key=version_of)


def load_record(services: StoredRecords, agency: str, manifest: Manifest) -> Record:
    """The current ``record.json``; raises ``Corrupt``."""
    return read_record(read_file(services, agency, manifest, record_path(manifest)))


def _newest(manifest: Manifest, ending: str) -> str:
    return max((path for path in manifest.files if path.endswith(ending)), key=version_of)


def load_text(services: StoredRecords, agency: str, manifest: Manifest) -> str:
    """The current text of a record as printed, its pages apart by ``PAGE_BREAK``; raises ``Corrupt``."""
    return read_file(services, agency, manifest, text_path(manifest)).decode()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The newest version of a record: its ``record.json``, its manifest and the manifest's SHA-256."""

    agency: str
    record: Record
    manifest: Manifest
    manifest_sha256: str


def load(services: StoredRecords, agency: str, record_id: str) -> Loaded | None:
    """The record from the archive, None where there is no complete version; raises ``Corrupt``."""
    newest = newest_manifest(services, agency, record_id)
    return Loaded(agency, load_record(services, agency, newest[0]), *newest) if newest else None


def loaded(services: StoredRecords, agency: str, record_id: str) -> Loaded:
    """As ``load``, of a record that was just written; raises ``Corrupt`` where it is not there."""
    found = load(services, agency, record_id)
    if found is None:
        raise Corrupt(f"record {agency}/{record_id} has no manifest although it was just written")
    return found


def archived_ids(services: StoredRecords) -> Iterator[tuple[str, str]]:
    """(agency, record id) of every folder in the archive bucket, in order; streaming."""
    last = ("", "")
    for info in services.store.list(services.policy.archive):
        agency, _, rest = info.key.partition("/")
        current = (agency, rest.partition("/")[0])
        if current != last and agency != FOLDER:
            yield current
            last = current


def first_files(
    record: Record, pdf: bytes, pages: Sequence[Page], words: Sequence[Any], events: bytes
) -> dict[str, bytes]:
    """All files of version 1 but its manifest: the signed copy, text, words with boxes, record, history."""
    return {
        "v1/archive.pdf": pdf,
        "v1/text/body.txt": PAGE_BREAK.join(page.text for page in pages).encode(),
        "v1/text/words.json": json_bytes(words),
        "v1/record.json": record_bytes(record),
        "v1/events.jsonl": events,
    }


def store_first_version(
    services: StoredRecords,
    agency: str,
    record_id: str,
    originals: Mapping[str, tuple[Path, FileEntry]],
    files: Mapping[str, bytes],
) -> str:
    """Write the original and version 1, the manifest last; returns the manifest's SHA-256.

    ``originals`` are local files with their entries, none for a part whose original another record holds;
    ``files`` are the version's files; both by path in the record. Debris of an interrupted attempt is
    replaced, what is left over of it removed.
    """
    prefix = record_prefix(agency, record_id)
    _sweep(services, prefix, {*originals, *files})
    for name, (path, _) in originals.items():
        services.store.put(services.policy.archive, prefix + name, path, replace=True)
    entries = {name: entry for name, (_, entry) in originals.items()}
    return _store_files(services, prefix, Manifest(record_id, 1, entries), files)


def store_next_version(
    services: StoredRecords, agency: str, newest: Manifest, newest_sha256: str, files: Mapping[str, bytes]
) -> str:
    """Write the version after ``newest``, its manifest last; returns the manifest's SHA-256.

    ``files`` are what is new, by path; everything before stays listed. Debris of an interrupted attempt
    is replaced, what is left over of it removed. Raises ``Corrupt`` when the version exists by now.
    """
    prefix, version = record_prefix(agency, newest.record_id), newest.version + 1
    _sweep(services, f"{prefix}v{version}/", {path.partition("/")[2] for path in files})
    following = Manifest(newest.record_id, version, newest.files, newest_sha256)
    return _store_files(services, prefix, following, files)


def _sweep(services: StoredRecords, folder: str, wanted: Set[str]) -> None:
    """Remove debris below the folder but for what is about to be replaced."""
    for info in list(services.store.list(services.policy.archive, folder)):
        if info.key.removeprefix(folder) not in wanted:
            services.store.delete(services.policy.archive, info.key)


def _store_files(services: StoredRecords, prefix: str, manifest: Manifest, files: Mapping[str, bytes]) -> str:
    """Write the files and then the manifest, which lists them beside what it lists already."""
    for file, data in files.items():
        services.store.put(services.policy.archive, prefix + file, data, replace=True)
    entries = {**manifest.files, **{file: entry_for(data) for file, data in files.items()}}
    written = replace(manifest, files=entries).to_bytes()
    services.store.put(services.policy.archive, prefix + manifest_path(manifest.version), written)
    return sha256_hex(written)
