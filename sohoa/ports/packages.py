"""Where packages are written for another system, and where those of others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.packages.package import DossierPackage, RecordBag
from sohoa.domain.packages.received import PackageDescription
from sohoa.ports.store import ObjectStore

Fetch = Callable[[str, str], AbstractContextManager[Path]]
"""A file of a record as a local one, by record id and path below the record's folder."""


class PackageWriter(Protocol):
    """Packages in a place of their own; one that was begun and not ended is never taken for whole."""

    def holds(self, folder: str) -> bool:
        """Whether the package of that name is there, whole."""
        ...

    def write_dossier(self, package: DossierPackage, fetch: Fetch) -> None:
        """Write a package of TT 05/2025; raises ``Corrupt`` for a file that is not what its manifest says."""
        ...

    def write_bag(self, bag: RecordBag, fetch: Fetch) -> None:
        """Write a bag; raises ``Corrupt`` for a file that is not what its manifest says."""
        ...

    def write_file(self, name: str, pieces: Iterable[bytes], wanted: Callable[[], bool]) -> None:
        """Write one file, in the place of an older one, unless it is not ``wanted`` once it is whole."""
        ...


@dataclass(frozen=True, slots=True)
class ReceivedPackage:
    """A whole package of somebody, unpacked into a folder of our own, every file as its checksum says.

    ``payload`` is the folder of its documents, ``files`` their entries by path below it. ``description`` is
    what a package of TT 05/2025 says of them, None for a bag. ``stored`` puts the payload under a bucket and
    prefix of a store of its own, once.
    """

    name: str
    payload: Path
    files: Mapping[str, FileEntry]
    description: PackageDescription | None
    stored: Callable[[str, str], ObjectStore]


class PackageReader(Protocol):
    """Packages that were received: folders, zip and tar files; bags, and packages of TT 05/2025."""

    def packages(self, path: Path) -> Iterator[Path]:
        """The package at that path, or each of those in the folder there; ``NotFound`` for no such path."""
        ...

    def opened(self, path: Path) -> AbstractContextManager[ReceivedPackage]:
        """The package, unpacked and compared with its checksums; raises ``PackageRefused``."""
        ...
