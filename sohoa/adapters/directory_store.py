"""Object store in a directory: buckets are folders below one root, keys are paths in them.

A write goes to a temporary file in a hidden folder of the bucket, is read back, made durable, and then
appears under its key at once or not at all. Symbolic links below a bucket are not objects.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable
from sohoa.domain.keys import key_fault, key_of_name, name_of_key
from sohoa.domain.states import ObjectInfo

TEMPORARY = ".sohoa-tmp"
_CHUNK_BYTES = 1 << 20
_DEBRIS_AGE_S = 86_400
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class DirectoryStore:
    """The embedded object store; safe for several processes at once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def prepare(self, *buckets: str) -> None:
        """Make the root and these buckets; what exists stays."""
        for bucket in buckets:
            with _errors(self._root / bucket):
                _make_folders(self._root / bucket)

    def list(self, bucket: str, prefix: str = "") -> Iterator[ObjectInfo]:
        """All objects below a prefix, sorted by the UTF-8 bytes of the key; streaming."""
        base, folder = self._bucket(bucket), prefix.rpartition("/")[0]
        if folder and key_fault(folder):
            return
        below = _inside(base, f"{name_of_key(folder)}/-" if folder else "-")
        pending = [_entries(below.parent, f"{folder}/" if folder else "")] if below else []
        while pending:
            path, key = next(pending[-1], (base, ""))
            if not key:
                pending.pop()
            elif key.endswith("/"):
                if key.startswith(prefix) or prefix.startswith(key):
                    pending.append(_entries(path, key))
            elif key.startswith(prefix) and (info := _info(path, key)):
                yield info

    def stat(self, bucket: str, key: str) -> ObjectInfo | None:
        """The object, or None."""
        path = self._located(bucket, key)
        return _info(path, key_of_name(name_of_key(key))) if path else None

    def get(self, bucket: str, key: str) -> bytes:
        """The whole object; raises ``Corrupt`` when it does not exist."""
        with self.fetch(bucket, key) as path, _errors(path):
            return path.read_bytes()

    @contextmanager
    def fetch(self, bucket: str, key: str) -> Iterator[Path]:
        """The stored file itself; it must not be changed."""
        path = self._located(bucket, key)
        if path is None or _info(path, key) is None:
            raise Corrupt(f"bucket {bucket} has no such object any more")
        yield path

    def put(self, bucket: str, key: str, data: bytes | Path, *, replace: bool = False) -> ObjectInfo:
        """Write atomically and durably; see the port."""
        base, path = self._bucket(bucket), self._located(bucket, key)
        if path is None:
            raise Rejected("bad_key", "a symbolic link is in the way")
        with _errors(path):
            _make_folders(path.parent)
            if not _holds(path, data):
                self._write(base, path, data, replace)
        info = self.stat(bucket, key)
        if info is None:
            raise Corrupt(f"an object of bucket {bucket} vanished while it was written")
        return info

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object; removing one that does not exist is a no-op."""
        path = self._located(bucket, key)
        if path is None or _info(path, key) is None:
            return
        with _errors(path):
            path.unlink(missing_ok=True)
            _sync_folder(path.parent)

    def free_bytes(self) -> int:
        """Room left on the file system of the root."""
        with _errors(self._root):
            return shutil.disk_usage(self._root).free

    def ping(self) -> str:
        """One line that names the folder and its free space; raises ``Misconfigured``."""
        if not self._root.is_dir():
            raise Misconfigured(f"{self._root} does not exist: run `sohoa init`")
        if not os.access(self._root, os.R_OK | os.W_OK | os.X_OK):
            raise _translated(PermissionError(errno.EACCES, "not writable"), self._root)
        return f"directory store at {self._root}, {self.free_bytes() // 1_000_000} MB free"

    def _bucket(self, bucket: str) -> Path:
        if key_fault(bucket) or "/" in bucket:
            raise Misconfigured(f"{bucket!r} cannot be the name of a bucket")
        base = self._root / bucket
        if not base.is_dir():
            raise Misconfigured(f"{base} does not exist: run `sohoa init`, or mount the disk that holds it")
        return base

    def _located(self, bucket: str, key: str) -> Path | None:
        """Where the object is or would be; None where a symbolic link leads elsewhere."""
        fault = key_fault(key) or (key.split("/")[0] == TEMPORARY and "that folder is for temporary files")
        if fault:
            raise Rejected("bad_key", fault)
        return _inside(self._bucket(bucket), name_of_key(key))

    def _write(self, base: Path, path: Path, data: bytes | Path, replace: bool) -> None:
        _make_folders(base / TEMPORARY)
        _sweep(base / TEMPORARY)
        temporary = base / TEMPORARY / secrets.token_hex(16)
        try:
            digest = _copy(data, temporary)
            if _file_digest(temporary) != digest:
                raise Corrupt("the bytes read back differ from those written: check the disk")
            _publish(temporary, path, digest, replace)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)


def _translated(error: OSError, path: Path) -> SohoaError:
    """The domain error for an operating system error on a path."""
    shown = os.fsencode(path).decode(errors="replace")
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return NoSpace(f"no space left for {shown}: make room on that file system, then run again")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Misconfigured(f"{shown} is closed to this account: mend its owner, its mode or the mount")
        case errno.ENAMETOOLONG | errno.EILSEQ | errno.EINVAL:
            return Rejected("bad_key", "the file system cannot hold a name of that length or form")
        case errno.ENOTDIR | errno.EISDIR | errno.EEXIST:
            return Rejected("bad_key", "a file and a folder cannot have the same name")
    return Unavailable(f"{shown}: {error.strerror}")


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _translated(error, path) from error


def _inside(base: Path, name: str) -> Path | None:
    """The path, unless a folder on the way to it is a symbolic link."""
    path = base / name
    expected = os.path.join(os.path.realpath(base), os.path.dirname(name)).rstrip("/")  # noqa: PTH118, PTH120
    return path if os.path.realpath(path.parent) == expected else None


def _info(path: Path, key: str) -> ObjectInfo | None:
    with _errors(path):
        try:
            status = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return ObjectInfo(key, status.st_size, f"{status.st_size:x}-{status.st_mtime_ns:x}")


def _entries(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    """Files and folders (these with a final ``/``) in the order of the keys below them."""
    found: list[tuple[bytes, str, str]] = []
    with _errors(folder):
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    ending = "/" if entry.is_dir(follow_symlinks=False) else ""
                    key = f"{prefix}{key_of_name(entry.name)}{ending}"
                    found.append((key.encode(), key, entry.name))
        except (FileNotFoundError, NotADirectoryError):
            return
    for _, key, name in sorted(found):
        if key != f"{TEMPORARY}/":
            yield folder / name, key


def _source(data: bytes | Path) -> BinaryIO:
    if isinstance(data, bytes):
        return io.BytesIO(data)
    with _errors(data):
        return data.open("rb")


def _copy(data: bytes | Path, target: Path) -> bytes:
    """Write and make durable; returns the SHA-256 of what was read from the source."""
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o640)
    with os.fdopen(descriptor, "wb") as out, _source(data) as source:
        while chunk := source.read(_CHUNK_BYTES):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.digest()


def _digest(source: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.digest()


def _file_digest(path: Path) -> bytes:
    with path.open("rb") as source:
        return _digest(source)


def _holds(path: Path, data: bytes | Path) -> bool:
    """Whether these very bytes are there already."""
    info = _info(path, "")
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    if info is None or info.size_bytes != size:
        return False
    with _source(data) as source:
        return _file_digest(path) == _digest(source)


def _publish(temporary: Path, path: Path, digest: bytes, replace: bool) -> None:
    """Let the written file appear under its key; of two writers one wins, the other compares."""
    if replace:
        temporary.replace(path)
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        if _info(path, "") is None:
            raise
        if _file_digest(path) != digest:
            raise Corrupt("other bytes are already stored under this key; nothing was overwritten") from None
    except OSError as error:
        # Some network and removable file systems have no hard links: look, then rename.
        if error.errno not in _NO_HARD_LINKS or path.exists():
            raise
        temporary.rename(path)


def _make_folders(folder: Path) -> None:
    """Make a folder and its parents, each made durable."""
    missing = [folder]
    while not missing[-1].exists():
        missing.append(missing[-1].parent)
    for path in reversed(missing[:-1]):
        path.mkdir(mode=0o750, exist_ok=True)
        _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what writers that died left behind a day ago."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.lstat().st_mtime < time.time() - _DEBRIS_AGE_S:
                path.unlink()
