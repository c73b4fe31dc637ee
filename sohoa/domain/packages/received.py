"""Packages from elsewhere: what in them is refused whole, and what the texts of a bag say (RFC 8493)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from sohoa.domain.archive.object_keys import key_fault, visible
from sohoa.domain.errors import ExitCode, SohoaError

MAX_XML_BYTES = 64 * 1024 * 1024
_LONGEST_PATH, _LONGEST_NAME = 1024, 255
_DRIVE = re.compile(r"[A-Za-z]:")
_DECLARED = re.compile(
    r"BagIt-Version: (?:0\.9[3-7]|1\.0)\s+Tag-File-Character-Encoding: UTF-8\s*", re.IGNORECASE
)
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(\S.*)")
_XML_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")
STRONG = frozenset({"sha256", "sha512"})
ALGORITHMS = STRONG | {"md5", "sha1", "sha224", "sha384"}
"""Digests that are compared; a bag without a strong one is refused."""


class Flaw(StrEnum):
    """Why a package is refused whole."""

    UNREADABLE = "unreadable"
    NO_PACKAGE = "no_package"
    PATH = "path"
    LINK = "link"
    SPECIAL = "special"
    TWICE = "twice"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    DECLARATION = "declaration"
    FETCH = "fetch"
    NO_CHECKSUM = "no_checksum"
    CHECKSUM = "checksum"
    MISSING = "missing"
    EXTRA = "extra"
    TOTALS = "totals"
    XML = "xml"
    AGENCY = "agency"
    RECORD = "record"
    UNSIGNED = "unsigned"
    RELEASED = "released"
    HELD = "held"
    VERSION = "version"
    DISPOSED = "disposed"
    STORED = "stored"
    PARTS = "parts"
    DESCRIPTION = "description"
    NO_DOCUMENT = "no_document"
    HIDDEN = "hidden"
    CLASSIFIED = "classified"
    BUSY = "busy"


class PackageRefused(SohoaError):
    """A package that is not taken, none of it; ``flaw`` says why, ``place`` where in it, ``detail`` what."""

    exit_code = ExitCode.USAGE

    def __init__(self, flaw: Flaw, place: str = "", detail: str = "") -> None:
        super().__init__(": ".join(filter(None, (flaw.value, visible(place), visible(detail)))))
        self.flaw, self.place, self.detail = flaw, place, detail


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold: bytes and files when unpacked, and how often its own size that may be."""

    max_bytes: int
    max_files: int
    max_ratio: int


@dataclass
class Tally:
    """What was unpacked so far, held against the limits; every path comes once, whatever its case."""

    limits: Limits
    packed_bytes: int
    size_bytes: int = 0

    def __post_init__(self) -> None:
        self._seen = set[str]()

    def path(self, path: str) -> None:
        """One more file; raises ``PackageRefused``."""
        check_path(path)
        same = unicodedata.normalize("NFC", path).casefold()
        if same in self._seen:
            raise PackageRefused(Flaw.TWICE, path)
        self._seen.add(same)
        if len(self._seen) > self.limits.max_files:
            raise PackageRefused(Flaw.TOO_MANY, detail=str(self.limits.max_files))

    def read(self, size: int, path: str) -> None:
        """So many bytes more; raises ``PackageRefused`` before they are written."""
        self.size_bytes += size
        if self.size_bytes > self.limits.max_bytes:
            raise PackageRefused(Flaw.TOO_LARGE, path, str(self.limits.max_bytes))
        if self.packed_bytes and self.size_bytes > max(self.packed_bytes, 1 << 20) * self.limits.max_ratio:
            raise PackageRefused(Flaw.BOMB, path, str(self.limits.max_ratio))


def check_path(path: str) -> None:
    """Raise ``PackageRefused`` for a path that leads out of the package or that no store could hold."""
    names = path.split("/")
    fault = (
        key_fault(path)
        or ("\\" in path and "backslash")
        or (_DRIVE.match(path) and "drive")
        or (visible(path) != path and "control character")
        or (len(path.encode(errors="replace")) > _LONGEST_PATH and "too long")
        or (max(len(name.encode(errors="replace")) for name in names) > _LONGEST_NAME and "too long")
    )
    if fault:
        raise PackageRefused(Flaw.PATH, path[:_LONGEST_NAME], str(fault))


def check_declaration(text: str) -> None:
    """Raise ``PackageRefused`` unless ``bagit.txt`` says a known version and UTF-8."""
    if not _DECLARED.fullmatch(text.lstrip("\ufeff")):
        raise PackageRefused(Flaw.DECLARATION, "bagit.txt")


def manifest_of(name: str) -> tuple[bool, str] | None:
    """Whether a file of that name is a tag manifest, and its algorithm; None for no manifest.

    Raises ``PackageRefused`` for an algorithm that cannot be compared.
    """
    found = _MANIFEST.fullmatch(name)
    if found and found[2] not in ALGORITHMS:
        raise PackageRefused(Flaw.NO_CHECKSUM, name)
    return (bool(found[1]), found[2]) if found else None


def checksums(text: str, name: str) -> dict[str, str]:
    """Digest by path of a manifest; raises ``PackageRefused`` for lines of another form and paths twice."""
    found = dict[str, str]()
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if not match:
            raise PackageRefused(Flaw.UNREADABLE, name, f"{number}")
        path = re.sub("%(0[Aa]|0[Dd]|25)", lambda code: unquote(code[0]), match[2])
        check_path(path.removeprefix("./"))
        if path.removeprefix("./") in found:
            raise PackageRefused(Flaw.TWICE, path, name)
        found[path.removeprefix("./")] = match[1].lower()
    return found


def tags(text: str) -> dict[str, str]:
    """The values of ``bag-info.txt`` by their names in small letters; of several the last."""
    lines = re.sub(r"\r?\n[ \t]+", " ", text.lstrip("\ufeff")).splitlines()
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def compare_paths(listed: Iterable[str], there: Iterable[str]) -> None:
    """Raise ``PackageRefused`` for a file that is listed and not there, or there and not listed."""
    listed, there = set(listed), set(there)
    if lost := sorted(listed - there):
        raise PackageRefused(Flaw.MISSING, lost[0], _more(lost))
    if more := sorted(there - listed):
        raise PackageRefused(Flaw.EXTRA, more[0], _more(more))


def _more(names: list[str]) -> str:
    return f"+{len(names) - 1}" if len(names) > 1 else ""


def check_xml(data: bytes, name: str) -> None:
    """Raise ``PackageRefused`` for XML that declares a document type, hence entities, or hides its letters.

    Without a document type there is no entity that could be expanded or fetched.
    """
    encoding = _XML_ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    hidden = encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    if len(data) > MAX_XML_BYTES or hidden or b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise PackageRefused(Flaw.XML, name)


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """A document of a package of TT 05/2025: its file below the payload, and the elements of its EAD."""

    path: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackageDescription:
    """What the descriptions of a package of TT 05/2025 say: of the hồ sơ, and of each document.

    ``modes`` is every level of use that any of them tells, with its file: one may tell several.
    """

    values: Mapping[str, str]
    documents: tuple[DescribedFile, ...]
    modes: tuple[tuple[str, str], ...]
