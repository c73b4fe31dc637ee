"""Object store in a directory: buckets are folders below one root, keys are paths in them.

A write goes to a temporary file in a hidden folder of the bucket, is read back, made durable, and then
appears under its key at once or not at all. Symbolic links below a bucket are not objects.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import IO

from sohoa.adapters.directory_store.files import (
    copy_durably,
    errors_of,
    file_digest,
    holds,
    make_folders,
    publish,
    remove_empty,
    sweep,
    sync_folder,
    temporary_name,
    translated,
)
from sohoa.adapters.directory_store.strays import strays
from sohoa.adapters.scratch import scratch_file, scratch_folder
from sohoa.domain.archive.object_keys import key_fault, key_of_name, name_of_key
from sohoa.domain.errors import Changed, Corrupt, Misconfigured, Rejected
from sohoa.domain.inbox.states import ObjectInfo, Stray

TEMPORARY = ".sohoa-tmp"
_CHUNK_BYTES = 1 << 20


class DirectoryStore:
    """The embedded object store; safe for several processes at once.

    ``scratch`` is the folder for copies that are being worked on.
    """

    def __init__(self, root: Path, scratch: Path) -> None:
        self._root = root
        self._scratch = scratch

    def prepare(self, *buckets: str) -> None:
        """Make the root and these buckets; what exists stays."""
        for bucket in buckets:
            with errors_of(self._root / bucket):
                make_folders(self._root / bucket)

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

    def strays(self, bucket: str, prefix: str = "") -> Iterator[Stray]:
        """What lies below a prefix and is no object; temporary files of writers are left out."""
        base = self._bucket(bucket)
        folder = _inside(base, name_of_key(f"{prefix.rpartition('/')[0]}/-").lstrip("/"))
        found = strays(base, folder.parent, TEMPORARY) if folder and folder.parent.is_dir() else iter(())
        return (stray for stray in found if stray.key.startswith(prefix))

    def stat(self, bucket: str, key: str) -> ObjectInfo | None:
        """The object, or None."""
        path = self._located(bucket, key)
        return _info(path, key_of_name(name_of_key(key))) if path else None

    def get(self, bucket: str, key: str) -> bytes:
        """The whole object; raises ``Corrupt`` when it does not exist."""
        with self.fetch(bucket, key) as path, errors_of(path):
            return path.read_bytes()

    @contextmanager
    def fetch(self, bucket: str, key: str, etag: str = "") -> Iterator[Path]:
        """The stored file itself, or a copy of that version; see the port."""
        path = self._stored(bucket, key, etag)
        if not etag:
            yield path
            return
        with ExitStack() as stack:
            with errors_of(self._scratch):
                copy, file = stack.enter_context(scratch_file(self._scratch))
                self._copy(path, etag, file)
            yield copy

    @contextmanager
    def fetch_all(
        self, bucket: str, keys: Sequence[str], etags: Sequence[str] = ()
    ) -> Iterator[Sequence[Path]]:
        """The stored files themselves, or copies of these versions; one file is open at a time."""
        stored = [self._stored(bucket, key, etag) for key, etag in zip_longest(keys, etags, fillvalue="")]
        if not etags:
            yield stored
            return
        with ExitStack() as stack:
            with errors_of(self._scratch):
                folder = stack.enter_context(scratch_folder(self._scratch))
                copies = [folder / f"{number:06d}" for number in range(1, len(keys) + 1)]
                for path, etag, copy in zip(stored, etags, copies, strict=True):
                    with copy.open("xb") as file:
                        self._copy(path, etag, file)
            yield copies

    def put(self, bucket: str, key: str, data: bytes | Path, *, replace: bool = False) -> ObjectInfo:
        """Write atomically and durably; see the port."""
        base, path = self._bucket(bucket), self._located(bucket, key)
        if path is None:
            raise Rejected("bad_key", "a symbolic link is in the way")
        with errors_of(path):
            make_folders(path.parent)
            if not holds(path, data):
                try:
                    self._write(base, path, data, replace)
                except FileNotFoundError:  # somebody removed the folder, as it was empty
                    make_folders(path.parent)
                    self._write(base, path, data, replace)
        info = self.stat(bucket, key)
        if info is None:
            raise Corrupt(f"an object of bucket {bucket} vanished while it was written")
        return info

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object, and folders that are empty then; removing one that does not exist is a no-op."""
        path = self._located(bucket, key)
        if path is None or _info(path, key) is None:
            return
        with errors_of(path):
            path.unlink(missing_ok=True)
            sync_folder(remove_empty(path.parent, self._bucket(bucket)))

    def locked_until(self, bucket: str, key: str) -> None:
        """Nothing: a directory has no locks that hold; what is there is only not overwritten."""
        del bucket, key

    def free_bytes(self) -> int:
        """Room left on the file system of the root."""
        with errors_of(self._root):
            return shutil.disk_usage(self._root).free

    def ping(self) -> str:
        """One line that names the folder and its free space; raises ``Misconfigured``."""
        if not self._root.is_dir():
            raise Misconfigured(f"{self._root} does not exist: run `sohoa init`")
        if not os.access(self._root, os.R_OK | os.W_OK | os.X_OK):
            raise translated(PermissionError(errno.EACCES, "not writable"), self._root)
        return f"directory store at {self._root}, {self.free_bytes() // 1_000_000} MB free"

    def _stored(self, bucket: str, key: str, etag: str) -> Path:
        """The path of an object that is there."""
        path = self._located(bucket, key)
        if path is not None and _info(path, key) is not None:
            return path
        if etag:
            raise Changed(f"bucket {bucket} has no such object any more")
        raise Corrupt(f"bucket {bucket} has no such object any more")

    def _copy(self, path: Path, etag: str, file: IO[bytes]) -> None:
        """Write the bytes of that version; raises ``Changed`` where they are others before or after."""
        with errors_of(path):
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except (FileNotFoundError, NotADirectoryError) as error:
                raise Changed("an object of the inbox is not there any more") from error
            with os.fdopen(descriptor, "rb") as source:
                before = os.fstat(descriptor)
                shutil.copyfileobj(source, file, _CHUNK_BYTES)
                after = os.fstat(descriptor)
        file.flush()
        if not {_etag(before), _etag(after)} <= {etag} or file.tell() != before.st_size:
            raise Changed("an object of the inbox was written to while it was read")

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
        make_folders(base / TEMPORARY)
        sweep(base / TEMPORARY)
        temporary = base / TEMPORARY / temporary_name()
        try:
            digest = copy_durably(data, temporary)
            if file_digest(temporary) != digest:
                raise Corrupt("the bytes read back differ from those written: check the disk")
            publish(temporary, path, digest, replace)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)


def _inside(base: Path, name: str) -> Path | None:
    """The path, unless a folder on the way to it is a symbolic link."""
    path = base / name
    expected = os.path.join(os.path.realpath(base), os.path.dirname(name)).rstrip("/")  # noqa: PTH118, PTH120
    return path if os.path.realpath(path.parent) == expected else None


def _info(path: Path, key: str) -> ObjectInfo | None:
    with errors_of(path):
        try:
            status = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return ObjectInfo(key, status.st_size, _etag(status))


def _etag(status: os.stat_result) -> str:
    return f"{status.st_size:x}-{status.st_mtime_ns:x}"


def _entries(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    """Files and folders (these with a final ``/``) in the order of the keys below them."""
    found: list[tuple[bytes, str, str]] = []
    with errors_of(folder):
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
