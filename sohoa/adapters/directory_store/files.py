"""Files and folders of the directory store: errors in domain words, durable writes."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable

_CHUNK_BYTES = 1 << 20
_DEBRIS_AGE_S = 86_400
_TEMPORARY_NAME = re.compile(r"[0-9]+\.[0-9a-f]{8}\.[0-9a-f]{24}")
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def translated(error: OSError, path: Path) -> SohoaError:
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
def errors_of(path: Path) -> Iterator[None]:
    """Translate what the operating system says about a path."""
    try:
        yield
    except OSError as error:
        raise translated(error, path) from error


def is_object(path: Path) -> bool:
    """Whether a regular file is there; a symbolic link to one is not."""
    return path.is_file() and not path.is_symlink()


def _size(data: bytes | Path) -> int:
    if isinstance(data, bytes):
        return len(data)
    with errors_of(data):
        return data.stat().st_size


def _source(data: bytes | Path) -> BinaryIO:
    if isinstance(data, bytes):
        return io.BytesIO(data)
    with errors_of(data):
        return data.open("rb")


def copy_durably(data: bytes | Path, target: Path) -> bytes:
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


def file_digest(path: Path) -> bytes:
    """SHA-256 of a file."""
    with path.open("rb") as source:
        return _digest(source)


def holds(path: Path, data: bytes | Path) -> bool:
    """Whether these very bytes are there already."""
    if not is_object(path) or path.lstat().st_size != _size(data):
        return False
    with _source(data) as source:
        return file_digest(path) == _digest(source)


def publish(temporary: Path, path: Path, digest: bytes, replace: bool) -> None:
    """Let the written file appear under its key; of two writers one wins, the other compares."""
    if replace:
        temporary.replace(path)
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        if not is_object(path):
            raise
        if file_digest(path) != digest:
            raise Corrupt("other bytes are already stored under this key; nothing was overwritten") from None
    except OSError as error:
        # Some network and removable file systems have no hard links: look, then rename.
        if error.errno not in _NO_HARD_LINKS or path.exists():
            raise
        temporary.rename(path)


def make_folders(folder: Path) -> None:
    """Make a folder and its parents, each made durable."""
    missing = [folder]
    while not missing[-1].exists():
        missing.append(missing[-1].parent)
    for path in reversed(missing[:-1]):
        path.mkdir(mode=0o750, exist_ok=True)
        sync_folder(path.parent)


def remove_empty(folder: Path, bucket: Path) -> Path:
    """Remove the folder and its parents as far as they are empty; the first that stays.

    Those of agencies, right below the bucket, stay.
    """
    while folder.parent not in (bucket, bucket.parent):
        try:
            folder.rmdir()
        except OSError:
            break
        folder = folder.parent
    return folder


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def temporary_name() -> str:
    """A name that nobody else uses and that tells whose it is: process, host, chance."""
    return f"{os.getpid()}.{_host()}.{secrets.token_hex(12)}"


def is_temporary_name(name: str) -> bool:
    """Whether ``temporary_name`` may have given that name, to this or another writer."""
    return _TEMPORARY_NAME.fullmatch(name) is not None


def sweep(folder: Path) -> None:
    """Remove what writers left behind that died here, or anywhere a day ago."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if _writer_is_dead(path.name) or path.lstat().st_mtime < time.time() - _DEBRIS_AGE_S:
                path.unlink()


def _writer_is_dead(name: str) -> bool:
    process, _, rest = name.partition(".")
    if not process.isdecimal() or rest.partition(".")[0] != _host():
        return False
    return not Path(f"/proc/{process}").exists()


def _host() -> str:
    return hashlib.sha256(os.uname().nodename.encode()).hexdigest()[:8]
