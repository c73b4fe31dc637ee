"""Whether a folder is a whole and unchanged bag (RFC 8493): every file is listed, and as it is listed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.packages.received import (
    STRONG,
    Flaw,
    PackageRefused,
    check_declaration,
    checksums,
    compare_paths,
    manifest_of,
    tags,
)

_CHUNK_BYTES = 1 << 20
_LONGEST_TAG_FILE = 64 * 1024 * 1024
_PAYLOAD = "data/"


def checked_bag(root: Path) -> Mapping[str, FileEntry]:
    """The payload by path below ``data``; raises ``PackageRefused`` for a bag that is not whole.

    Files of tags, too, must be listed where the bag has a list of them.
    """
    check_declaration(_text(root, "bagit.txt"))
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    if "fetch.txt" in there:
        raise PackageRefused(Flaw.FETCH, "fetch.txt")
    payload = {path for path in there if path.startswith(_PAYLOAD)}
    own = {path for path in there - payload if "/" not in path and manifest_of(path)}
    lists = {path: checksums(_text(root, path), path) for path in sorted(own)}
    kinds = {path: manifest_of(path) or (False, "") for path in own}
    digests = {path: kinds[path][1] for path in own if not kinds[path][0]}
    if not STRONG & set(digests.values()):
        raise PackageRefused(Flaw.NO_CHECKSUM, "manifest-sha256.txt")
    for path in digests:
        compare_paths(lists[path], payload)
    tag_lists = [path for path in own if kinds[path][0]]
    for path in tag_lists:
        compare_paths(lists[path], there - payload - set(tag_lists))
    found = _compared(root, there, {path: (kinds[path][1], lists[path]) for path in own})
    _check_totals(_tags(root), found)
    return {path.removeprefix(_PAYLOAD): entry for path, entry in found.items()}


def _compared(
    root: Path, there: Collection[str], lists: Mapping[str, tuple[str, Mapping[str, str]]]
) -> Mapping[str, FileEntry]:
    """The payload's entries; each file is read once and compared with every list that names it."""
    found = dict[str, FileEntry]()
    for path in sorted(there):
        wanted = [(kind, listed[path]) for kind, listed in lists.values() if path in listed]
        kinds = {kind for kind, _ in wanted} | {"sha256"}
        size, digests = digests_of(root / path, kinds)
        if any(digests[kind] != digest for kind, digest in wanted):
            raise PackageRefused(Flaw.CHECKSUM, path)
        if path.startswith(_PAYLOAD):
            found[path] = FileEntry(size, digests["sha256"])
    return found


def digests_of(path: Path, kinds: Collection[str]) -> tuple[int, Mapping[str, str]]:
    """Size and digests of a file, read once."""
    hashes = {kind: hashlib.new(kind, usedforsecurity=False) for kind in kinds}
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            size += len(chunk)
            for each in hashes.values():
                each.update(chunk)
    return size, {kind: each.hexdigest() for kind, each in hashes.items()}


def _check_totals(told: Mapping[str, str], found: Mapping[str, FileEntry]) -> None:
    oxum = f"{sum(entry.size_bytes for entry in found.values())}.{len(found)}"
    if told.get("payload-oxum", oxum) != oxum:
        raise PackageRefused(Flaw.TOTALS, "bag-info.txt", told["payload-oxum"])


def _tags(root: Path) -> Mapping[str, str]:
    return tags(_text(root, "bag-info.txt")) if (root / "bag-info.txt").is_file() else {}


def _text(root: Path, name: str) -> str:
    path = root / name
    if not path.is_file() or path.stat().st_size > _LONGEST_TAG_FILE:
        raise PackageRefused(Flaw.UNREADABLE, name)
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise PackageRefused(Flaw.UNREADABLE, name, "UTF-8") from error
