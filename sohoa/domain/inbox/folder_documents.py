"""Folder documents: a folder of the inbox that is one document, page by page (docs/decisions/0009).

Its name ends in ``.pages``. It is whole once it holds ``manifest.csv`` or ``_complete``; one of these markers
carries the document's state, everything else in the folder belongs to it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ocr.page import Page
from sohoa.domain.archive.records import Finding, Reading
from sohoa.domain.archive.versions import FileEntry, version_of
from sohoa.domain.inbox.states import IN_ARCHIVE, InboxObject, State

SUFFIX = ".pages"
MANIFEST_NAME = "manifest.csv"
MARKERS = (MANIFEST_NAME, "_complete")
STORED = "original/"
KIND = "folder"
_KINDS = {"jpg": "jpeg", "png": "png", "tif": "tiff"}


def is_folder_name(name: str) -> bool:
    """Whether a folder of that name is meant to be one document."""
    return name.lower().endswith(SUFFIX) and len(name) > len(SUFFIX)


def folder_of(key: str) -> str:
    """The outermost folder document that the key lies in, without a slash at its end; empty when in none."""
    parts = key.split("/")
    for depth, part in enumerate(parts[1:-1], start=2):
        if is_folder_name(part):
            return "/".join(parts[:depth])
    return ""


def name_in_folder(key: str) -> str:
    """The path of an object below its folder document."""
    return key[len(folder_of(key)) + 1 :]


def is_marker(key: str) -> bool:
    """Whether the object says that its folder document is whole."""
    return bool(folder_of(key)) and name_in_folder(key) in MARKERS


def is_page(key: str) -> bool:
    """Whether the object is a page file of its folder document."""
    return bool(folder_of(key)) and is_page_name(name_in_folder(key))


def is_page_name(name: str) -> bool:
    """Whether a file of that path below a folder document is one of its pages."""
    last = name.rpartition("/")[2]
    return bool(last) and last not in MARKERS


def natural_order(name: str) -> tuple[list[str | int], str]:
    """Sort key by which ``page2`` comes before ``page10``; numbers alone decide before letter case does."""
    plain = unicodedata.normalize("NFC", name).casefold()
    parts: list[str | int] = [
        int(part) if place % 2 else part for place, part in enumerate(re.split(r"([0-9]+)", plain))
    ]
    return parts, name


def stored_name(number: int, extension: str) -> str:
    """Where the record keeps the page file of that number (1-based)."""
    return f"{STORED}{number:04d}.{extension}"


def stored_kind(path: str) -> str:
    """The kind of a page file by the path that the record keeps it under: pdf, tiff, jpeg or png."""
    return _KINDS.get(path.rpartition(".")[2], "pdf")


def originals(files: Mapping[str, FileEntry]) -> tuple[str, ...]:
    """The paths of a record that are its original: one file, or the page files in order."""
    return tuple(sorted(path for path in files if version_of(path) == 0))


def original_sha256(files: Mapping[str, FileEntry]) -> str:
    """The digest of a record's original; of a folder, what ``sha256sum * | sha256sum`` says in ``original/``.

    Empty when there is none.
    """
    paths = originals(files)
    if not any(path.startswith(STORED) for path in paths):
        return files[paths[0]].sha256 if len(paths) == 1 else ""
    lines = (f"{files[path].sha256}  {path.removeprefix(STORED)}\n" for path in paths)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def joined(readings: Sequence[Reading]) -> Reading:
    """The readings of a document's files as one, pages numbered through."""
    if len(readings) == 1:
        return readings[0]
    pages, findings = list[Page](), list[Finding]()
    for reading in readings:
        before = len(pages)
        pages += [replace(page, number=before + page.number) for page in reading.pages]
        findings += [
            replace(found, page=before + found.page) if found.page else found for found in reading.findings
        ]
    signatures = tuple(signature for reading in readings for signature in reading.signatures)
    attached = tuple(file for reading in readings for file in reading.attached)
    return Reading(tuple(pages), signatures, tuple(findings), attached)


@dataclass(frozen=True, slots=True)
class Folder:
    """What the ledger knows of one folder document whose objects are in the inbox.

    ``carrier`` is the marker that carries the document's state, None while there is no marker. ``secret``
    is the reason why the folder is in quarantine, empty where it is not.
    """

    name: str
    members: tuple[InboxObject, ...]
    carrier: InboxObject | None
    secret: str

    @property
    def pages(self) -> tuple[InboxObject, ...]:
        """The page files in natural order."""
        found = (row for row in self.members if is_page(row.key))
        return tuple(sorted(found, key=lambda row: natural_order(name_in_folder(row.key))))

    @property
    def closed(self) -> bool:
        """Whether the document has been taken as it was: what comes now comes late."""
        return self.carrier is not None and (
            self.carrier.state in IN_ARCHIVE | {State.DUPLICATE} or self.carrier.reason == "withdrawn"
        )


def folder_from(name: str, rows: Iterable[InboxObject], present: Mapping[str, str]) -> Folder:
    """The folder as it is: ``rows`` of the ledger below it, ``present`` the listing's etag by key.

    The marker that has carried the state before goes on doing so; else ``manifest.csv`` comes first.
    """
    rows = [row for row in rows if not row.replaced]
    markers = [row for row in rows if is_marker(row.key)]
    secret = next((row.reason for row in markers if row.state is State.QUARANTINED), "")
    members = tuple(row for row in rows if present.get(row.key) == row.etag)
    markers = sorted(
        (row for row in members if is_marker(row.key)), key=lambda row: MARKERS.index(name_in_folder(row.key))
    )
    carried = [row for row in markers if row.state not in (State.PENDING, State.COMPANION)]
    return Folder(name, members, next(iter([*carried, *markers]), None), secret)
