"""Packages of TT 05/2025 that were received: every file as METS lists it, and what the descriptions say.

The circular's own examples differ in the order and the number of elements: each is read by its name, whatever
its place and namespace.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from sohoa.adapters.packages.bag_check import digests_of
from sohoa.adapters.packages.xml import CSIP, XLINK
from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.packages.received import (
    DescribedFile,
    Flaw,
    PackageDescription,
    PackageRefused,
    check_path,
    check_xml,
    compare_paths,
)

METS_NAME = "METS.xml"
_HREF, _PACKAGE_TYPE = f"{{{XLINK}}}href", f"{{{CSIP}}}OAISPACKAGETYPE"
_DIGESTS = {"SHA-256": "sha256", "SHA-512": "sha512"}
_TAKEN = frozenset({"AIP", "SIP"})


def checked_description(root: Path) -> tuple[Path, Mapping[str, FileEntry], PackageDescription]:
    """The folder of the documents, their entries by path below it, and the descriptions.

    Raises ``PackageRefused`` for a file that is not as listed, one that is not listed, and one listed twice.
    """
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    listed = dict(_listed(root, METS_NAME, there))
    compare_paths(listed, there - {METS_NAME})
    entries = {path: _checked(root, path, *wanted) for path, wanted in listed.items()}
    header = _parsed(root, METS_NAME).find("./{*}metsHdr")
    kind = "" if header is None else header.get(_PACKAGE_TYPE, "")
    if kind not in _TAKEN:
        raise PackageRefused(Flaw.NO_PACKAGE, METS_NAME, kind)
    modes = tuple(mode for path in sorted(there) if _describes(path) for mode in _modes(root, path))
    payload, moved = root / "payload", dict[str, str]()
    parts = sorted(path for path in (root / "representations").glob("*/data") if path.is_dir())
    for part in parts:
        before = part.relative_to(root).as_posix() + "/"
        after = f"{part.parent.name}/" if len(parts) > 1 else ""
        moved |= {path: after + path.removeprefix(before) for path in entries if path.startswith(before)}
        (payload / after).parent.mkdir(parents=True, exist_ok=True)
        part.rename(payload / after if after else payload)
    described = PackageDescription(_whole(root), tuple(_documents(root, there, moved)), modes)
    return payload, {new: entries[old] for old, new in moved.items()}, described


def _listed(root: Path, mets: str, there: set[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Path, kind of digest and digest of every file that a METS lists, and those that it lists by others."""
    folder, seen = mets.rpartition("/")[0], set[str]()
    tree = _parsed(root, mets)
    ids = [name for element in tree.iter() if (name := element.get("ID"))]
    if len(ids) != len(set(ids)):
        raise PackageRefused(Flaw.TWICE, mets, next(name for name in ids if ids.count(name) > 1))
    for element in tree.iter():
        if _name(element) not in ("mdRef", "file"):
            continue
        link = element if _name(element) == "mdRef" else element.find("./{*}FLocat")
        href = link.get(_HREF, "").removeprefix("./") if link is not None else ""
        path = f"{folder}/{href}".lstrip("/") if folder else href
        path = path if path in there else unquote(path)
        check_path(path)
        kind, digest = _DIGESTS.get(element.get("CHECKSUMTYPE", "")), element.get("CHECKSUM", "").lower()
        if kind is None or not digest:
            raise PackageRefused(Flaw.NO_CHECKSUM, path, mets)
        if path in seen or path == mets:
            raise PackageRefused(Flaw.TWICE, path, mets)
        seen.add(path)
        yield path, (kind, digest)
        if path.endswith(f"/{METS_NAME}") and path in there and path.count("/") > mets.count("/"):
            yield from _listed(root, path, there)


def _checked(root: Path, path: str, kind: str, digest: str) -> FileEntry:
    size, digests = digests_of(root / path, {kind, "sha256"})
    if digests[kind] != digest:
        raise PackageRefused(Flaw.CHECKSUM, path)
    return FileEntry(size, digests["sha256"])


def _whole(root: Path) -> Mapping[str, str]:
    found = sorted((root / "metadata" / "descriptive").glob("*.xml"))
    return _values(root, found[0].relative_to(root).as_posix()) if found else {}


def _documents(root: Path, there: set[str], moved: Mapping[str, str]) -> Iterator[DescribedFile]:
    """Each description with its file: that of the same name, or of its code, or the only one."""
    stems: dict[str, str] = {path.rpartition("/")[2].rpartition(".")[0]: new for path, new in moved.items()}
    told = sorted(path for path in there if "/metadata/descriptive/" in path and path.endswith(".xml"))
    codes = set[str]()
    for path in told:
        values = _values(root, path)
        code = values.get("docCode") or values.get("arcDocCode", "")
        if code and code in codes:
            raise PackageRefused(Flaw.TWICE, path, code)
        codes.add(code)
        stem = path.rpartition("/")[2].removesuffix(".xml").removeprefix("EAD_doc_")
        only = next(iter(moved.values())) if len(moved) == len(told) == 1 else ""
        file = stems.get(stem) or stems.get(code) or only
        if not file:
            raise PackageRefused(Flaw.DESCRIPTION, path, code)
        yield DescribedFile(file, values)


def _values(root: Path, path: str) -> Mapping[str, str]:
    """The texts of elements without others in them, by name; of several the first."""
    found = dict[str, str]()
    for element in _parsed(root, path).iter():
        text = " ".join((element.text or "").split())
        if text and not len(element):
            found.setdefault(_name(element), text)
    return found


def _describes(path: str) -> bool:
    return "metadata/descriptive/" in path and path.lower().endswith(".xml")


def _modes(root: Path, path: str) -> Iterator[tuple[str, str]]:
    """The file, and the whole text, of each element that is called ``mode``."""
    for element in _parsed(root, path).iter():
        if _name(element).lower() == "mode":
            yield path, " ".join("".join(element.itertext()).split())


def _parsed(root: Path, path: str) -> ET.Element:
    data = (root / path).read_bytes()
    check_xml(data, path)
    try:
        return ET.fromstring(data)  # noqa: S314  without a document type there are no entities
    except (ET.ParseError, ValueError) as error:
        raise PackageRefused(Flaw.XML, path, type(error).__name__) from error


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
