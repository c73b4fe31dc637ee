"""A record as it lies in the archive: every file of its folder against the newest manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sohoa.domain.archive.versions import (
    Manifest,
    entry_for,
    is_manifest_path,
    manifest_path,
    record_prefix,
    sha256_hex,
    version_of,
)
from sohoa.domain.errors import Corrupt
from sohoa.ports import RecordRow
from sohoa.usecases.archive.services import StoredRecords
from sohoa.usecases.checks.faults import Fault, FaultKind, Faults

RECORD, TEXT, COPY, EVENTS = "record.json", "text/body.txt", "archive.pdf", "events.jsonl"
EACH_VERSION = (RECORD, EVENTS)
FIRST_VERSION = (*EACH_VERSION, COPY, TEXT, "text/words.json")
_LOOKED_INTO = frozenset({RECORD, TEXT, COPY, EVENTS})


@dataclass(slots=True)
class StoredRecord:
    """The ledger's row of a record and what its folder holds.

    ``manifest`` is the newest one, None where there is none that can be read. ``intact`` holds, by path, the
    bytes of files that are as the manifest says and that other checks look into.
    """

    row: RecordRow
    prefix: str
    manifest: Manifest | None = None
    manifest_sha256: str = ""
    intact: dict[str, bytes] = field(default_factory=dict)

    def newest(self, name: str) -> str:
        """The path of the newest file of that name within its version; empty where none is listed."""
        files = self.manifest.files if self.manifest else {}
        return max((path for path in files if _in_version(path) == name), key=version_of, default="")

    def histories(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of every version's history that is intact."""
        paths = (path for path in self.intact if _in_version(path) == EVENTS)
        return ((path, self.intact[path]) for path in sorted(paths, key=version_of))


def _in_version(path: str) -> str:
    """The path within its version; empty for the original."""
    return path.partition("/")[2] if version_of(path) else ""


def look_at(services: StoredRecords, row: RecordRow, faults: Faults) -> StoredRecord:
    """Read every file of the record once; what differs from manifest and ledger is added to the faults."""
    stored = StoredRecord(row, record_prefix(row.agency, row.record_id))
    bucket = services.policy.archive
    listed = {
        info.key.removeprefix(stored.prefix): info for info in services.store.list(bucket, stored.prefix)
    }
    newest = max((version_of(path) for path in listed if is_manifest_path(path)), default=0)
    if not newest:
        faults.append(missing_record(row))
        return stored
    place = stored.prefix + manifest_path(newest)
    data = services.store.get(bucket, place)
    stored.manifest_sha256 = sha256_hex(data)
    if stored.manifest_sha256 != row.manifest_sha256:
        faults.append(Fault(place, FaultKind.CHANGED, row.manifest_sha256, stored.manifest_sha256))
    try:
        manifest = stored.manifest = Manifest.from_bytes(data)
    except Corrupt as error:
        faults.append(Fault(place, FaultKind.UNREADABLE_MANIFEST, row.manifest_sha256, str(error)))
        return stored
    faults += misnamed(manifest, row.record_id, newest, place)
    sizes = {path: info.size_bytes for path, info in listed.items()}
    faults += _file_faults(services, stored, manifest, newest, sizes)
    return stored


def missing_record(row: RecordRow) -> Fault:
    """The archive holds no version of the record."""
    place = record_prefix(row.agency, row.record_id)
    return Fault(place, FaultKind.MISSING_RECORD, f"version {row.version}", "no manifest")


def misnamed(manifest: Manifest, record_id: str, version: int, place: str) -> Iterator[Fault]:
    """A manifest names the record and the version whose folder it lies in."""
    expected, found = f"{record_id} version {version}", f"{manifest.record_id} version {manifest.version}"
    if expected != found:
        yield Fault(place, FaultKind.WRONG_MANIFEST, expected, found)


def _file_faults(
    services: StoredRecords, stored: StoredRecord, manifest: Manifest, newest: int, sizes: Mapping[str, int]
) -> Iterator[Fault]:
    for path, size in sizes.items():
        place, wanted = stored.prefix + path, manifest.files.get(path)
        if wanted is not None:
            data = services.store.get(services.policy.archive, place)
            found = entry_for(data)
            if found != wanted:
                yield Fault(place, FaultKind.CHANGED, wanted.sha256, found.sha256)
            elif _in_version(path) in _LOOKED_INTO:
                stored.intact[path] = data
        elif not is_manifest_path(path) or version_of(path) > newest:
            yield Fault(place, FaultKind.EXTRA, "no such file", f"{size} bytes")
    for path in sorted(manifest.files.keys() - sizes.keys()):
        yield Fault(stored.prefix + path, FaultKind.MISSING, manifest.files[path].sha256, "no such file")
