"""Packages that were received, opened one at a time in a folder of our own."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sohoa.adapters.packages.bag_check import checked_bag
from sohoa.adapters.packages.described import METS_NAME, checked_description
from sohoa.adapters.packages.folders import UNFINISHED
from sohoa.adapters.packages.unpacking import unpack
from sohoa.domain.errors import NoSpace, NotFound
from sohoa.domain.packages.received import Flaw, Limits, PackageRefused
from sohoa.ports import ObjectStore, ReceivedPackage

_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz")
_MARKS = ("bagit.txt", METS_NAME)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What the file system says about a package or about room for it, in words of the domain."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace(f"no space left to unpack {path}: make room, then run it again") from error
        raise PackageRefused(Flaw.UNREADABLE, path.name, error.strerror or "") from error


class ReceivedPackages:
    """The port ``PackageReader``: ``scratch`` gives a folder for one package, ``store_in`` a store in one."""

    def __init__(
        self,
        limits: Limits,
        scratch: Callable[[], AbstractContextManager[Path]],
        store_in: Callable[[Path], ObjectStore],
    ) -> None:
        self._limits, self._scratch, self._store_in = limits, scratch, store_in

    def packages(self, path: Path) -> Iterator[Path]:
        """The package at that path, or each of those in the folder there, in order of their names."""
        if not path.exists():
            raise NotFound("local_file", f"no such file or folder: {path}")
        if path.is_file() or any((path / name).is_file() for name in _MARKS):
            yield path
            return
        inside = sorted(found for found in path.iterdir() if not found.name.endswith(UNFINISHED))
        yield from (found for found in inside if found.is_dir() or found.name.endswith(_ENDINGS))

    @contextmanager
    def opened(self, path: Path) -> Iterator[ReceivedPackage]:
        """The package, unpacked and compared with its checksums; raises ``PackageRefused``."""
        with self._scratch() as scratch:
            with _readable(path):
                target = scratch / "package"
                target.mkdir()
                package = self._read(path, scratch, unpack(path, target, self._limits))
            yield package

    def _read(self, path: Path, scratch: Path, root: Path) -> ReceivedPackage:
        if (root / "bagit.txt").is_file():
            payload, files, description = root / "data", checked_bag(root), None
        elif (root / METS_NAME).is_file():
            payload, files, description = checked_description(root)
        else:
            raise PackageRefused(Flaw.NO_PACKAGE, path.name)
        name = next((path.name.removesuffix(end) for end in _ENDINGS if path.name.endswith(end)), path.name)

        def stored(bucket: str, prefix: str) -> ObjectStore:
            place = scratch / "store" / bucket / prefix
            place.parent.mkdir(parents=True)
            payload.rename(place)
            return self._store_in(scratch / "store")

        return ReceivedPackage(name, payload, files, description, stored)
