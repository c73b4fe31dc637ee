"""Packages of strangers: what is whole is opened, anything else is refused whole, with the reason."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import bagit  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.adapters.directory_store import DirectoryStore
from sohoa.adapters.packages import ReceivedPackages
from sohoa.domain.packages.received import Flaw, Limits, PackageRefused, check_path, check_xml

LIMITS = Limits(max_bytes=1 << 20, max_files=20, max_ratio=10)
PAPERS = {"data/a.pdf": b"one", "data/folder/b.pdf": b"two"}


def source(folder: Path, limits: Limits = LIMITS) -> ReceivedPackages:
    @contextmanager
    def scratch() -> Iterator[Path]:
        place = folder / "scratch"
        place.mkdir()
        try:
            yield place
        finally:
            shutil.rmtree(place)

    return ReceivedPackages(limits, scratch, lambda place: DirectoryStore(place, place))


def bag(files: Mapping[str, bytes] = PAPERS, kind: str = "sha256") -> dict[str, bytes]:
    """The files of a bag with this payload."""
    lines = (f"{hashlib.new(kind, data).hexdigest()}  {name}\n" for name, data in files.items())
    return {
        **files,
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        f"manifest-{kind}.txt": "".join(lines).encode(),
    }


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(path: Path, files: Mapping[str, bytes], mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            packed.writestr(entry, data)
    return path


def tarred(path: Path, files: Mapping[str, bytes], *more: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".tgz" else "w") as packed:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
        for entry in more:
            packed.addfile(entry)
    return path


def refusal(folder: Path, package: Path, limits: Limits = LIMITS) -> Flaw:
    """Why it is refused; nothing may be outside of the scratch folder then."""
    before = {path for path in folder.rglob("*") if "scratch" not in path.parts}
    with pytest.raises(PackageRefused) as refused, source(folder, limits).opened(package):
        pass
    assert {path for path in folder.rglob("*") if "scratch" not in path.parts} == before
    return refused.value.flaw


def below(name: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{name}/{path}": data for path, data in files.items()}


def test_a_whole_bag_is_opened_whatever_it_came_in(tmp_path: Path) -> None:
    """Folder, zip, tar and compressed tar hold the same papers; the bagit program accepts the folder, too."""
    files = bag()
    folder = written(tmp_path / "bag", files)
    assert bagit.Bag(str(folder)).is_valid()
    packages = [
        folder,
        zipped(tmp_path / "bag.zip", below("bag", files)),
        tarred(tmp_path / "bag.tar", below("./bag", files)),
        tarred(tmp_path / "bag.tgz", files),
    ]
    for package in packages:
        with source(tmp_path).opened(package) as opened:
            assert opened.name == "bag"
            assert sorted(opened.files) == ["a.pdf", "folder/b.pdf"]
            assert (opened.payload / "folder/b.pdf").read_bytes() == b"two"


@pytest.mark.parametrize(
    "name",
    [
        "../out.pdf",
        "/out.pdf",
        "data/../../out.pdf",
        "data\\..\\out.pdf",
        "C:/out.pdf",
        "data/a\nb.pdf",
        "d//x",
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_leads_out_is_refused(
    tmp_path: Path, name: str, pack: Callable[[Path, Mapping[str, bytes]], Path]
) -> None:
    """In a zip and in a tar alike, and nothing is written there."""
    assert refusal(tmp_path, pack(tmp_path / "x", {**bag(), name: b"x"})) is Flaw.PATH


def test_a_link_is_refused_and_never_followed(tmp_path: Path) -> None:
    """Symbolic and hard links in a tar, symbolic ones in a zip and in a folder."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
        link = tarfile.TarInfo("data/link.pdf")
        link.type, link.linkname = kind, str(secret)
        assert refusal(tmp_path, tarred(tmp_path / "x.tar", bag(), link)) is Flaw.LINK
    link_mode = stat.S_IFLNK | 0o777
    assert refusal(tmp_path, zipped(tmp_path / "x.zip", {"data/link": b"/secret"}, link_mode)) is Flaw.LINK
    folder = written(tmp_path / "folder", bag())
    (folder / "data" / "link.pdf").symlink_to(secret)
    assert refusal(tmp_path, folder) is Flaw.LINK


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    """Pipes and devices are not opened; a file behind a password is not guessed at."""
    pipe = tarfile.TarInfo("data/pipe")
    pipe.type = tarfile.FIFOTYPE
    assert refusal(tmp_path, tarred(tmp_path / "x.tar", bag(), pipe)) is Flaw.SPECIAL
    folder = written(tmp_path / "folder", bag())
    os.mkfifo(folder / "data" / "pipe")
    assert refusal(tmp_path, folder) is Flaw.SPECIAL
    locked = bytearray(zipped(tmp_path / "x.zip", bag()).read_bytes())
    at = locked.find(b"PK\1\2")
    locked[at + 8] |= 1
    (tmp_path / "x.zip").write_bytes(locked)
    assert refusal(tmp_path, tmp_path / "x.zip") is Flaw.SPECIAL


def test_a_bomb_is_refused_before_it_takes_room(tmp_path: Path) -> None:
    """By ratio, by bytes, by count, by the length of a header, in zip and tar."""
    wide = Limits(max_bytes=64 << 20, max_files=20, max_ratio=10)
    noughts = {"data/a.pdf": bytes(20 << 20)}
    assert refusal(tmp_path, zipped(tmp_path / "x.zip", bag(noughts)), wide) is Flaw.BOMB
    assert refusal(tmp_path, tarred(tmp_path / "x.tgz", bag(noughts)), wide) is Flaw.BOMB
    large = bag({"data/a.pdf": os.urandom(2 << 20)})
    for package in (zipped(tmp_path / "x.zip", large), tarred(tmp_path / "x.tar", large)):
        assert refusal(tmp_path, package) is Flaw.TOO_LARGE
    assert refusal(tmp_path, written(tmp_path / "large", large)) is Flaw.TOO_LARGE
    many = {f"data/{number}": b"" for number in range(30)}
    for package in (zipped(tmp_path / "x.zip", many), tarred(tmp_path / "x.tar", many)):
        assert refusal(tmp_path, package) is Flaw.TOO_MANY
    crowd = {f"data/{number}": b"" for number in range(1000)}
    assert refusal(tmp_path, zipped(tmp_path / "x.zip", crowd)) is Flaw.TOO_MANY
    header = tarfile.TarInfo("data/long.pdf")
    header.pax_headers = {"comment": "x" * (8 << 20)}
    assert refusal(tmp_path, tarred(tmp_path / "y.tgz", {}, header)) is Flaw.BOMB


def test_names_that_fall_together_are_refused(tmp_path: Path) -> None:
    """The same name twice, in other case, or composed otherwise: one would hide the other somewhere."""
    for twin in ("data/A.pdf", "data/a.PDF"):
        assert refusal(tmp_path, zipped(tmp_path / "x.zip", {**bag(), twin: b"x"})) is Flaw.TWICE
    names = {"data/é.pdf": b"1", "data/e\u0301.pdf": b"2"}
    assert refusal(tmp_path, tarred(tmp_path / "x.tar", names)) is Flaw.TWICE
    twice = zipped(tmp_path / "y.zip", {"data/a.pdf": b"1", "data/b.pdf": b"2"}).read_bytes()
    (tmp_path / "y.zip").write_bytes(twice.replace(b"data/b.pdf", b"data/a.pdf"))
    assert refusal(tmp_path, tmp_path / "y.zip") is Flaw.TWICE


_SHA = "0" * 64
_TAGS = f"{_SHA}  bagit.txt\n".encode()


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"data/a.pdf": b"two"}, Flaw.CHECKSUM),
        ({"data/a.pdf": None}, Flaw.MISSING),
        ({"data/c.pdf": b"more"}, Flaw.EXTRA),
        ({"manifest-sha256.txt": None}, Flaw.NO_CHECKSUM),
        ({"manifest-sha256.txt": b"no checksum\n"}, Flaw.UNREADABLE),
        ({"manifest-sha256.txt": f"{_SHA}  data/../../a\n".encode()}, Flaw.PATH),
        ({"manifest-sha256.txt": f"{_SHA}  data/a.pdf\n{_SHA}  data/a.pdf\n".encode()}, Flaw.TWICE),
        ({"manifest-crc32.txt": b""}, Flaw.NO_CHECKSUM),
        ({"fetch.txt": b"http://example.org/ 3 data/a.pdf\n"}, Flaw.FETCH),
        ({"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n"}, Flaw.DECLARATION),
        ({"bagit.txt": None}, Flaw.NO_PACKAGE),
        ({"bag-info.txt": b"Payload-Oxum: 7.2\n"}, Flaw.TOTALS),
        ({"bag-info.txt": b"\xff\xfe"}, Flaw.UNREADABLE),
        ({"tagmanifest-sha256.txt": _TAGS}, Flaw.MISSING),
        ({"tagmanifest-sha256.txt": b""}, Flaw.EXTRA),
    ],
)
def test_a_bag_that_is_not_as_it_says_is_refused(
    tmp_path: Path, change: dict[str, bytes | None], flaw: Flaw
) -> None:
    """Checksums that are wrong or lack, files that are missing or more, lists that cannot be read."""
    files = {name: data for name, data in {**bag(), **change}.items() if data is not None}
    if flaw is Flaw.MISSING and "tagmanifest-sha256.txt" in files:
        files["tagmanifest-sha256.txt"] += f"{_SHA}  gone.txt\n{_SHA}  manifest-sha256.txt\n".encode()
    assert refusal(tmp_path, written(tmp_path / "bag", files)) is flaw


def test_a_bag_with_weak_checksums_alone_is_refused(tmp_path: Path) -> None:
    """MD5 tells an accident, no intent."""
    assert refusal(tmp_path, written(tmp_path / "bag", bag(kind="md5"))) is Flaw.NO_CHECKSUM


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=600), head=st.sampled_from([b"", b"PK\3\4", b"\x1f\x8b\x08", b"PK\5\6"]))
def test_any_bytes_are_refused_and_raise_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    """Rubbish in the place of a zip or tar is named as such."""
    folder = tmp_path_factory.mktemp("any")
    (folder / "x.zip").write_bytes(head + data)
    assert refusal(folder, folder / "x.zip") in (
        Flaw.UNREADABLE,
        Flaw.NO_PACKAGE,
        Flaw.TOO_MANY,
    )


@pytest.mark.parametrize("cut", [30, 200, 400])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_package_that_breaks_off_is_refused(
    tmp_path: Path, cut: int, pack: Callable[[Path, Mapping[str, bytes]], Path]
) -> None:
    """A transfer that was cut short is no smaller package."""
    package = pack(tmp_path / "x", bag())
    package.write_bytes(package.read_bytes()[:cut])
    assert refusal(tmp_path, package) in (Flaw.UNREADABLE, Flaw.NO_PACKAGE, Flaw.MISSING)


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<?xml version="1.0" encoding="utf-16"?><a/>',
        '<?xml version="1.0" encoding="UTF-7"?><a/>',
    ],
)
def test_xml_with_entities_or_hidden_letters_is_refused(text: str) -> None:
    """No document type is declared, so that no entity can be."""
    for data in (text.encode(), text.encode("utf-16")):
        with pytest.raises(PackageRefused) as refused:
            check_xml(data, "METS.xml")
        assert refused.value.flaw is Flaw.XML


@given(st.text(max_size=80))
def test_no_path_that_passes_leads_out_of_a_folder(path: str) -> None:
    """Whatever the text: what is not refused stays below the folder that it is joined to."""
    try:
        check_path(path)
    except PackageRefused:
        return
    root = Path("/nowhere/package")
    assert Path(os.path.normpath(root / path)).is_relative_to(root)
    assert root / path != root
