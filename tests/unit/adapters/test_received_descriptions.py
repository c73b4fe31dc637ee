"""Packages of TT 05/2025 of strangers: read where all is as listed, refused otherwise."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sohoa.adapters.directory_store import DirectoryStore
from sohoa.adapters.packages import PackageFolders, ReceivedPackages
from sohoa.domain.archive.versions import entry_for
from sohoa.domain.packages.elements import Kind
from sohoa.domain.packages.package import DossierPackage, PackedDocument
from sohoa.domain.packages.received import Flaw, Limits, PackageRefused

CODE = "Z99.01.2024.01"
EAD_DOC = f"representations/rep1/metadata/descriptive/EAD_doc_{CODE}.0000001.xml"
COPY = f"representations/rep1/data/{CODE}.0000001.pdf"
PART = "representations/rep1/METS.xml"


def package(folder: Path, kind: Kind = Kind.AIP_HOSO) -> Path:
    """A package of two documents, as our own export writes it."""
    (folder / "copy.pdf").write_bytes(b"%PDF signed")
    documents = [
        PackedDocument(
            "Z99.01",
            f"record{number}",
            {"docCode": f"{CODE}.{number:07d}", "docOrdinal": str(number), "subject": "Về số hóa & lưu trữ"},
            "v1/archive.pdf",
            entry_for(b"%PDF signed"),
            "2026-01-01T00:00:00+07:00",
            {"sohoa": "1"},
        )
        for number in (1, 2)
    ]
    head = {"arcFileCode": CODE, "title": "Hồ sơ số hóa"}
    made = DossierPackage(
        "Z99.01", "Cơ quan", "UUID", head, documents, datetime(2026, 1, 1, tzinfo=UTC), kind
    )

    @contextmanager
    def fetch(_: str, __: str) -> Iterator[Path]:
        yield folder / "copy.pdf"

    PackageFolders(folder / "out", "1").write_dossier(made, fetch)
    return folder / "out" / made.folder


def source(folder: Path) -> ReceivedPackages:
    @contextmanager
    def scratch() -> Iterator[Path]:
        place = folder / "scratch"
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place)

    return ReceivedPackages(Limits(1 << 20, 100, 10), scratch, lambda place: DirectoryStore(place, place))


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Change a text, and let the METS that lists it, and the one above, agree with what it is now."""

    def change(root: Path) -> None:
        edited(root, path, old, new)

    return change


def edited(root: Path, path: str, old: str, new: str) -> None:
    before = (root / path).read_bytes()
    assert old in before.decode()
    after = before.decode().replace(old, new, 1).encode()
    (root / path).write_bytes(after)
    above = {EAD_DOC: PART, PART: "METS.xml"}.get(path)
    if above:
        edited(root, above, *(hashlib.sha256(data).hexdigest() for data in (before, after)))


def written(path: str, data: bytes) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).write_bytes(data)

    return change


def removed(path: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).unlink()

    return change


@pytest.mark.parametrize("kind", list(Kind))
def test_what_was_written_is_read_as_it_was_written(tmp_path: Path, kind: Kind) -> None:
    """Documents with their descriptions, whatever the kind of the package."""
    root = package(tmp_path, kind)
    with source(tmp_path).opened(root) as opened:
        assert opened.description is not None
        assert sorted(opened.files) == [f"{CODE}.0000001.pdf", f"{CODE}.0000002.pdf"]
        assert [document.path for document in opened.description.documents] == sorted(opened.files)
        first = opened.description.documents[0].values
        assert (first["docCode"], first["subject"]) == (f"{CODE}.0000001", "Về số hóa & lưu trữ")
        assert opened.description.values["title"] == "Hồ sơ số hóa"


def test_every_level_of_use_that_is_told_is_told_on(tmp_path: Path) -> None:
    """Of one description several, in small letters or large, with more inside."""
    root = package(tmp_path)
    more = "<Mode>02</Mode><x><mode>0<b>3</b></mode></x><mode> </mode></ead:ead_doc>"
    edited(root, EAD_DOC, "</ead:ead_doc>", more)
    with source(tmp_path).opened(root) as opened:
        assert opened.description is not None
        assert opened.description.modes == ((EAD_DOC, "02"), (EAD_DOC, "03"), (EAD_DOC, ""))


ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<'


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        (written(COPY, b"%PDF other"), Flaw.CHECKSUM),
        (removed(COPY), Flaw.MISSING),
        (written("representations/rep1/data/more.pdf", b"x"), Flaw.EXTRA),
        (written("more.txt", b"x"), Flaw.EXTRA),
        (replaced(EAD_DOC, "<ead:ead_doc", f"{ENTITY}ead:ead_doc"), Flaw.XML),
        (replaced(EAD_DOC, "</ead:ead_doc>", ""), Flaw.XML),
        (replaced("METS.xml", "<mets:mets ", f"{ENTITY}mets:mets "), Flaw.XML),
        (replaced("METS.xml", 'ID="premis-1"', 'ID="dmd-1"'), Flaw.TWICE),
        (replaced("METS.xml", 'CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="MD5"'), Flaw.NO_CHECKSUM),
        (replaced("METS.xml", "CHECKSUM=", "CREATEDBY="), Flaw.NO_CHECKSUM),
        (replaced("METS.xml", 'href="metadata/descriptive/EAD.xml"', 'href="../../secret"'), Flaw.PATH),
        (replaced("METS.xml", 'href="metadata/descriptive/EAD.xml"', 'href="/etc/passwd"'), Flaw.PATH),
        (replaced("METS.xml", 'PACKAGETYPE="AIP"', 'PACKAGETYPE="DIP"'), Flaw.NO_PACKAGE),
        (replaced(EAD_DOC, f"{CODE}.0000001", f"{CODE}.0000002"), Flaw.TWICE),
    ],
)
def test_a_package_that_is_not_as_it_says_is_refused(
    tmp_path: Path, change: Callable[[Path], None], flaw: Flaw
) -> None:
    """Changed, missing, more, twice, without checksum, with entities, with paths that lead out."""
    root = package(tmp_path)
    change(root)
    with pytest.raises(PackageRefused) as refused, source(tmp_path).opened(root):
        pass
    assert refused.value.flaw is flaw, str(refused.value)
