"""Store: write a record's version into the archive, its manifest last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sohoa.domain.errors import Corrupt
from sohoa.domain.layout import (
    MANIFEST,
    FileEntry,
    Manifest,
    entry_for,
    manifest_path,
    record_prefix,
    sha256_hex,
    version_of,
)
from sohoa.usecases.services import Services


def newest_manifest(services: Services, agency: str, record_id: str) -> tuple[Manifest, str] | None:
    """The manifest of the record's newest complete version with its SHA-256, or None."""
    prefix = record_prefix(agency, record_id)
    paths = (info.key.removeprefix(prefix) for info in services.store.list(services.policy.archive, prefix))
    versions = [version_of(path) for path in paths if path.endswith(f"/{MANIFEST}")]
    if not versions:
        return None
    data = services.store.get(services.policy.archive, prefix + manifest_path(max(versions)))
    return Manifest.from_bytes(data), sha256_hex(data)


def read_file(services: Services, agency: str, manifest: Manifest, path: str) -> bytes:
    """One file of a record, checked against its manifest; raises ``Corrupt``."""
    data = services.store.get(services.policy.archive, record_prefix(agency, manifest.record_id) + path)
    if entry_for(data) != manifest.files.get(path):
        raise Corrupt(f"{agency}/{manifest.record_id}/{path} is not what its manifest says")
    return data


def store_first_version(
    services: Services,
    agency: str,
    record_id: str,
    originals: Mapping[str, tuple[Path, FileEntry]],
    files: Mapping[str, bytes],
) -> str:
    """Write the original and version 1, the manifest last; returns the manifest's SHA-256.

    ``originals`` are local files with their entries, ``files`` the version's files, both by path in the
    record. Debris of an interrupted attempt is replaced, what is left over of it removed.
    """
    prefix, bucket = record_prefix(agency, record_id), services.policy.archive
    wanted = {*originals, *files}
    for info in list(services.store.list(bucket, prefix)):
        if info.key.removeprefix(prefix) not in wanted:
            services.store.delete(bucket, info.key)
    for name, (path, _) in originals.items():
        services.store.put(bucket, prefix + name, path, replace=True)
    for file, data in files.items():
        services.store.put(bucket, prefix + file, data, replace=True)
    entries = {name: entry for name, (_, entry) in originals.items()}
    entries |= {file: entry_for(data) for file, data in files.items()}
    manifest = Manifest(record_id, 1, entries).to_bytes()
    services.store.put(bucket, prefix + manifest_path(1), manifest)
    return sha256_hex(manifest)
