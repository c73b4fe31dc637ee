"""Packages written as folders: complete ones under their name, others never."""

from __future__ import annotations

import errno
import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sohoa.adapters.packages import bag as bags
from sohoa.adapters.packages import premis
from sohoa.adapters.packages.ead import ead, schema_of
from sohoa.adapters.packages.mets import Contents, Listed, mets
from sohoa.adapters.packages.xml import Element, write
from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace
from sohoa.domain.packages.elements import DOCUMENTS, HEADS, Kind
from sohoa.domain.packages.package import DossierPackage, RecordBag
from sohoa.ports import Fetch

_CHUNK_BYTES = 1 << 20
UNFINISHED = ".part"
_XML, _PDF = "application/xml", "application/pdf"
_PACKED_ALREADY = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})
_REPRESENTATION = Path("representations/rep1")
_DESCRIBED, _PRESERVED = Path("metadata/descriptive"), Path("metadata/preservation")


class PackageFolders:
    """Packages below one folder of the file system; ``version`` is that of this program.

    ``zipped``: each is one zip file, which holds the folder.
    """

    def __init__(self, folder: Path, version: str, *, zipped: bool = False) -> None:
        self._folder, self._version, self._zipped = folder, version, zipped

    def holds(self, folder: str) -> bool:
        """Whether the package of that name is there, whole."""
        place = self._folder / folder
        return place.with_name(f"{folder}.zip").is_file() if self._zipped else place.is_dir()

    def write_bag(self, bag: RecordBag, fetch: Fetch) -> None:
        """The record's files below ``data``, their SHA-256 in the manifest (RFC 8493)."""
        with self._whole(bag.folder) as place:
            for path, entry in bag.files.items():
                with fetch(bag.record_id, path) as source:
                    copy_checked(source, place / "data" / path, entry)
            for name, text in bags.tag_files(bag, self._version).items():
                (place / name).write_text(text, encoding="utf-8", newline="\n")

    def write_dossier(self, package: DossierPackage, fetch: Fetch) -> None:
        """The signed copies as one representation, descriptions, PREMIS and METS (TT 05/2025, annex I)."""
        with self._whole(package.folder) as place:
            paths = _copies(package, place / _REPRESENTATION, fetch)
            schemas = _schemas(place, package.kind)
            self._representation(package, place / _REPRESENTATION, paths)
            described, kept = place / _DESCRIBED / "EAD.xml", place / _PRESERVED / "PREMIS.xml"
            write(described, ead("ead", "../../schemas/ead.xsd", HEADS[package.kind], package.values))
            write(kept, premis.of_package(package, self._program))
            part = place / _REPRESENTATION / "METS.xml"
            listed = _lister(place, package)
            contents = Contents(
                object_id=package.object_id,
                oais=package.kind.oais,
                created_at=package.created_at,
                program="Sohoa",
                version=self._version,
                descriptive=listed([described]),
                preservation=listed([kept]),
                groups={"Schemas": listed(schemas)},
                representations={"Representations/rep1": listed([part])[0]},
                submitter=package.organ_name,
            )
            write(place / "METS.xml", mets(contents))

    def write_file(self, name: str, pieces: Iterable[bytes], wanted: Callable[[], bool]) -> None:
        """Write one file, unless it is not wanted when all of it is there; see the port."""
        unfinished = self._folder / f"{name}{UNFINISHED}"
        with errors_of(unfinished):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with unfinished.open("wb") as file:
                    file.writelines(pieces)
                if wanted():
                    unfinished.rename(self._folder / name)
            finally:
                unfinished.unlink(missing_ok=True)

    def _representation(self, package: DossierPackage, place: Path, paths: Mapping[str, str]) -> None:
        described = []
        for document in package.documents:
            described.append(place / _DESCRIBED / f"EAD_doc_{document.file_stem}.xml")
            schema = "../../../../schemas/EAD_doc.xsd"
            write(described[-1], ead("ead_doc", schema, DOCUMENTS[package.kind], document.values))
        kept = place / _PRESERVED / "PREMIS_rep1.xml"
        write(kept, premis.of_representation(package, paths, self._program))
        listed = _lister(place, package)
        copies = [
            Listed(paths[d.record_id], _PDF, d.entry.size_bytes, d.entry.sha256, package.created_at)
            for d in package.documents
        ]
        contents = Contents(
            object_id=place.name,
            oais=package.kind.oais,
            created_at=package.created_at,
            program="Sohoa",
            version=self._version,
            descriptive=listed(described),
            preservation=listed([kept]),
            groups={"Data": copies},
            representations={},
            submitter=package.organ_name,
        )
        write(place / "METS.xml", mets(contents))

    @property
    def _program(self) -> str:
        return f"Sohoa {self._version}"

    @contextmanager
    def _whole(self, name: str) -> Iterator[Path]:
        """A folder that gets its name when all of it is written; what an earlier try left is removed."""
        unfinished = self._folder / f"{name}{UNFINISHED}"
        with errors_of(unfinished):
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True)
            try:
                yield unfinished
                if self._zipped:
                    packed = self._folder / f"{name}.zip"
                    _zip(unfinished, name, packed.with_name(f"{packed.name}{UNFINISHED}"), packed)
                else:
                    unfinished.rename(self._folder / name)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)


def _zip(folder: Path, name: str, unfinished: Path, whole: Path) -> None:
    """The folder as a zip under that name: file after file, none whole in memory."""
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            stored = zipfile.ZIP_STORED if path.suffix in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
            packed.write(path, f"{name}/{path.relative_to(folder).as_posix()}", stored)
    unfinished.rename(whole)


@contextmanager
def errors_of(folder: Path) -> Iterator[None]:
    """What the file system says about a package, in words of the domain."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace(f"no space left for {folder}: make room there, then run it again") from error
        raise Misconfigured(f"{folder} cannot be written: {error.strerror}") from error


def copy_checked(source: Path, target: Path, entry: FileEntry) -> None:
    """Copy a file; raises ``Corrupt`` where it is not of that size and SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
            written.write(chunk)
    if FileEntry(size, digest.hexdigest()) != entry:
        raise Corrupt(f"{target.name} is not what its manifest says")


def _copies(package: DossierPackage, place: Path, fetch: Fetch) -> Mapping[str, str]:
    """The signed copies below ``data``; their paths from the representation by record id."""
    paths = {}
    for document in package.documents:
        paths[document.record_id] = f"data/{document.file_stem}.pdf"
        with fetch(document.record_id, document.copy) as source:
            copy_checked(source, place / paths[document.record_id], document.entry)
    return paths


def _schemas(place: Path, kind: Kind) -> Sequence[Path]:
    written: dict[Path, Element] = {
        place / "schemas" / "ead.xsd": schema_of("ead", HEADS[kind]),
        place / "schemas" / "EAD_doc.xsd": schema_of("ead_doc", DOCUMENTS[kind]),
    }
    for path, tree in written.items():
        write(path, tree)
    return list(written)


def _lister(place: Path, package: DossierPackage) -> Callable[[Iterable[Path]], list[Listed]]:
    """What lists files of XML as they are on disk, by their path from ``place``."""

    def listed(paths: Iterable[Path]) -> list[Listed]:
        return [
            Listed(
                path.relative_to(place).as_posix(),
                _XML,
                path.stat().st_size,
                hashlib.sha256(path.read_bytes()).hexdigest(),
                package.created_at,
            )
            for path in paths
        ]

    return listed
