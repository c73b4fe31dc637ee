"""The archive's layout on the object store: where a record's files are, and its manifests.

``<agency>/<record id>/original.<ext>`` and ``<agency>/<record id>/v<n>/…``; ``manifest.json`` is written
last and lists every current path with size and SHA-256 (the idea is OCFL's). Files of a version without
a manifest are debris.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sohoa.domain.errors import Corrupt

SCHEMA = "sohoa-manifest/1"
MANIFEST = "manifest.json"
_VERSION = re.compile(r"^v([1-9]\d*)/")
Kind = TypeVar("Kind")


def record_prefix(agency: str, record_id: str) -> str:
    """The folder of a record, with a trailing slash."""
    return f"{agency}/{record_id}/"


def version_of(path: str) -> int:
    """The version that a path below the record's folder belongs to; 0 for the original."""
    found = _VERSION.match(path)
    return int(found[1]) if found else 0


def manifest_path(version: int) -> str:
    """Where a version's manifest is, below the record's folder."""
    return f"v{version}/{MANIFEST}"


def is_manifest_path(path: str) -> bool:
    """Whether a path below the record's folder is where a version's manifest is."""
    version = version_of(path)
    return version > 0 and path == manifest_path(version)


def sha256_hex(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def json_bytes(data: Any) -> bytes:
    """UTF-8 JSON with sorted keys and a final newline: the same data gives the same bytes."""
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size and SHA-256 of one file of a record."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All current files of a record's version, by path below the record's folder."""

    record_id: str
    version: int
    files: Mapping[str, FileEntry]
    previous_sha256: str = ""

    def to_bytes(self) -> bytes:
        """The manifest as it is stored."""
        files = {p: {"size": f.size_bytes, "sha256": f.sha256} for p, f in self.files.items()}
        return json_bytes(
            {
                "schema": SCHEMA,
                "record_id": self.record_id,
                "version": self.version,
                "previous_manifest_sha256": self.previous_sha256,
                "files": files,
            }
        )

    @staticmethod
    def from_bytes(data: bytes) -> Manifest:
        """The inverse of ``to_bytes``; raises ``Corrupt`` for anything else."""
        try:
            plain = json.loads(data)
            if plain["schema"] != SCHEMA:
                raise Corrupt(f"unknown manifest schema {plain['schema']!r}")
            files = {
                path: FileEntry(_typed(entry["size"], int), _typed(entry["sha256"], str))
                for path, entry in _typed(plain["files"], dict).items()
            }
            name, version = _typed(plain["record_id"], str), _typed(plain["version"], int)
            return Manifest(name, version, files, _typed(plain["previous_manifest_sha256"], str))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Corrupt(f"unreadable manifest: {type(error).__name__}") from error


def _typed(value: Any, kind: type[Kind]) -> Kind:
    """The value, which must be of exactly that type; raises TypeError."""
    if type(value) is not kind:
        raise TypeError(f"not {kind.__name__}")
    return value


def entry_for(data: bytes) -> FileEntry:
    """The manifest entry of these bytes."""
    return FileEntry(len(data), sha256_hex(data))
