"""A package unpacked into a folder of our own: from a folder, a zip or a tar, each byte and path counted.

Nothing is written outside of that folder, no link is made or followed, and what is refused is refused before
it takes more room than the limits allow.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from sohoa.domain.packages.received import Flaw, Limits, PackageRefused, Tally

_CHUNK_BYTES = 1 << 20
_LONGEST_READ = 4 << 20
_DIRECTORY_ENTRY_BYTES = 46 + 1024
_END, _END64 = struct.Struct("<4s4HLLH"), struct.Struct("<4sQ2H2L4Q")
_ZIP, _GZIP = b"PK", b"\x1f\x8b"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, struct.error),
    *(ValueError, OverflowError, NotImplementedError, RecursionError, RuntimeError, gzip.BadGzipFile),
)


def unpack(source: Path, target: Path, limits: Limits) -> Path:
    """Unpack what is at ``source`` below ``target``; returns the folder that is the package.

    That is the only folder of a zip or tar, where all is in one. Raises ``PackageRefused``.
    """
    if source.is_dir():
        _from_folder(source, target, Tally(limits, 0))
        return target
    tally = Tally(limits, source.stat().st_size)
    with _readable(source), source.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head.startswith(_ZIP):
            _from_zip(file, target, tally)
        else:
            _from_tar(file, head, target, tally)
    inside = list(target.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else target


@contextmanager
def _readable(source: Path) -> Iterator[None]:
    """What the readers of zip and tar say about damaged ones, in our words."""
    try:
        yield
    except _BROKEN as error:
        raise PackageRefused(Flaw.UNREADABLE, source.name, type(error).__name__) from error


def _from_folder(source: Path, target: Path, tally: Tally) -> None:
    for folder, folders, files in os.walk(source, followlinks=False):
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            inside, mode = path.relative_to(source).as_posix(), path.lstat().st_mode
            if stat.S_ISLNK(mode):
                raise PackageRefused(Flaw.LINK, inside)
            if stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                raise PackageRefused(Flaw.SPECIAL, inside)
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                _write(target, inside, file, tally)


def _from_zip(file: IO[bytes], target: Path, tally: Tally) -> None:
    _check_directory(file, tally)
    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            name, mode = entry.orig_filename, entry.external_attr >> 16
            if stat.S_ISLNK(mode):
                raise PackageRefused(Flaw.LINK, name)
            if entry.flag_bits & 1 or entry.compress_type not in _METHODS:
                raise PackageRefused(Flaw.SPECIAL, name)
            if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise PackageRefused(Flaw.SPECIAL, name)
            if name.endswith("/"):
                tally.path(name.removesuffix("/"))
                continue
            with packed.open(entry) as content:
                _write(target, name, content, tally)


def _check_directory(file: IO[bytes], tally: Tally) -> None:
    """The list of a zip's files is read whole: it may not be longer than one of as many files as allowed."""
    file.seek(-min(tally.packed_bytes, (1 << 16) + _END.size + _END64.size + 20), io.SEEK_END)
    tail = file.read()
    at, at64 = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    if at < 0:
        raise zipfile.BadZipFile
    size = _END.unpack_from(tail, at)[5]
    if at64 >= 0:
        size = max(size if size != 0xFFFFFFFF else 0, _END64.unpack_from(tail, at64)[8])
    if size > tally.limits.max_files * _DIRECTORY_ENTRY_BYTES:
        raise PackageRefused(Flaw.TOO_MANY, detail=str(tally.limits.max_files))
    file.seek(0)


def _from_tar(file: IO[bytes], head: bytes, target: Path, tally: Tally) -> None:
    plain = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if head.startswith(_GZIP) else file
    bounded = cast("IO[bytes]", _Bounded(plain, tally))
    with tarfile.open(fileobj=bounded, mode="r:") as packed:
        count = 0
        for entry in packed:
            count += 1
            if count > tally.limits.max_files:
                raise PackageRefused(Flaw.TOO_MANY, detail=str(tally.limits.max_files))
            if entry.issym() or entry.islnk():
                raise PackageRefused(Flaw.LINK, entry.name)
            if entry.isdir():
                if entry.name.strip("./"):
                    tally.path(entry.name.removeprefix("./").removesuffix("/"))
                continue
            content = packed.extractfile(entry) if entry.isreg() and not entry.issparse() else None
            if content is None:
                raise PackageRefused(Flaw.SPECIAL, entry.name)
            _write(target, entry.name.removeprefix("./"), content, tally)


class _Bounded:
    """A tar's bytes: none is read beyond the limits, no header is read that would fill the memory."""

    def __init__(self, plain: IO[bytes], tally: Tally) -> None:
        self._plain, self._tally = plain, tally

    def read(self, size: int = -1) -> bytes:
        """So many bytes; raises ``PackageRefused`` for too many."""
        if not 0 <= size <= _LONGEST_READ:
            raise PackageRefused(Flaw.BOMB, detail=str(_LONGEST_READ))
        limits, position = self._tally.limits, self._plain.tell()
        most = min(limits.max_bytes * 2, max(self._tally.packed_bytes, 1 << 20) * limits.max_ratio * 2)
        if position > most + _LONGEST_READ:
            raise PackageRefused(Flaw.BOMB, detail=str(limits.max_ratio))
        return self._plain.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._plain.seek(offset, whence)

    def tell(self) -> int:
        """Where it stands."""
        return self._plain.tell()


def _write(target: Path, path: str, content: IO[bytes], tally: Tally) -> None:
    tally.path(path)
    place = target / path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            while chunk := content.read(_CHUNK_BYTES):
                tally.read(len(chunk), path)
                file.write(chunk)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise PackageRefused(Flaw.TWICE, path) from error
