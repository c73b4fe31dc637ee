"""The files of the index: numbered generations, one of them serving, at most one being built.

The path given to the index is a symbolic link to the serving generation's file; a rebuild fills another
file and then replaces the link. Changes made meanwhile go to both. Locks are advisory file locks, which
the kernel gives back when a process ends, however it ends.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sohoa.adapters.sqlite_index.schema import SCHEMA, create
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, SohoaError, Unavailable

_BUSY_S = 30
_LOOK_S = 0.1
# A question opens its own connection: the pages it reads are the system's, not copied for it.
_MAPPED_BYTES = 2**34


class Generations:
    """Opens the right file; safe for threads, forks and several processes."""

    def __init__(self, path: Path) -> None:
        self._path = path = path.absolute()
        self._mark = path.with_name(f"{path.name}.building")

    @contextmanager
    def serving(self) -> Iterator[sqlite3.Connection]:
        """A connection for questions; it goes on with its generation when another one takes over."""
        self._ensure()
        with _errors(self._path):
            with self._lock("lock", fcntl.LOCK_SH):
                opened = _connect(self._target(self._path))
            with closing(opened) as connection:
                yield connection

    @contextmanager
    def changing(self) -> Iterator[list[sqlite3.Connection]]:
        """Transactions on the serving generation and, second, on the one being built, if any."""
        self._ensure()
        with _errors(self._path), self._lock("lock", fcntl.LOCK_SH):
            paths = [self._target(self._path), *([self._target(self._mark)] if self._is_building() else [])]
            connections: list[sqlite3.Connection] = []
            try:
                for path in paths:
                    connections.append(_connect(path))
                    connections[-1].execute("BEGIN IMMEDIATE")
                yield connections
                for connection in connections:
                    connection.execute("COMMIT")
            finally:
                for connection in connections:
                    connection.close()

    @contextmanager
    def building(self) -> Iterator[sqlite3.Connection]:
        """A connection to a new generation, which serves from the end of the block on if all went well."""
        with _errors(self._path), self._lock("rebuild-lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            with self._lock("lock", fcntl.LOCK_EX):
                self._clean()
                path = self._new()
                self._link(self._mark, path)
            try:
                with closing(_connect(path)) as connection:
                    yield connection
                with self._lock("lock", fcntl.LOCK_EX):
                    self._link(self._path, path)
                    self._clean()
            except BaseException:
                with self._lock("lock", fcntl.LOCK_EX):
                    self._clean()
                raise

    def _ensure(self) -> None:
        if self._path.is_symlink():
            return
        if not self._path.parent.is_dir():
            raise Misconfigured(f"{self._path.parent} does not exist: run `sohoa init`")
        with _errors(self._path), self._lock("lock", fcntl.LOCK_EX):
            if not self._path.is_symlink():
                self._link(self._path, self._new())

    def _new(self) -> Path:
        path = self._path.with_name(f"{self._path.name}.{time.time_ns():x}{secrets.token_hex(2)}")
        path.touch(mode=0o600, exist_ok=False)
        with closing(_connect(path, check=False)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            create(connection)
        return path

    def _link(self, link: Path, target: Path) -> None:
        """Let the link name the target, atomically and durably."""
        temporary = link.with_name(f"{link.name}.{secrets.token_hex(8)}.link")
        temporary.symlink_to(target.name)
        temporary.replace(link)
        descriptor = os.open(link.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _target(self, link: Path) -> Path:
        return link.with_name(os.readlink(link))  # noqa: PTH115 (a name, not a path)

    def _clean(self) -> None:
        """Remove every file of other generations; only the holder of both locks may."""
        self._mark.unlink(missing_ok=True)
        kept = self._target(self._path).name if self._path.is_symlink() else ""
        for path in self._path.parent.glob(f"{self._path.name}.*"):
            if not path.name.endswith("lock") and not (kept and path.name.startswith(kept)):
                path.unlink(missing_ok=True)

    def _is_building(self) -> bool:
        """Whether a live process builds; the mark of one that died does not count."""
        if not self._mark.is_symlink():
            return False
        with suppress(Unavailable), self._lock("rebuild-lock", fcntl.LOCK_SH | fcntl.LOCK_NB):
            return False
        return True

    @contextmanager
    def _lock(self, kind: str, mode: int) -> Iterator[None]:
        path = self._path.with_name(f"{self._path.name}.{kind}")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _flock(descriptor, mode)
            yield
        finally:
            os.close(descriptor)


def _connect(path: Path, *, check: bool = True) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    except BaseException:
        connection.close()
        raise
    if check and found != SCHEMA:
        connection.close()
        raise Misconfigured("the search index was made by another version: run `sohoa reindex`")
    return connection


def _flock(descriptor: int, mode: int) -> None:
    """Lock; a lock that must not wait gives up after two tries, as others take it for an instant only."""
    try:
        fcntl.flock(descriptor, mode)
    except BlockingIOError:
        time.sleep(_LOOK_S)
        try:
            fcntl.flock(descriptor, mode)
        except BlockingIOError:
            raise Unavailable("another process is rebuilding the search index") from None


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise translated(error, path) from error


def translated(error: sqlite3.Error | OSError, path: Path) -> SohoaError:
    """The domain error for an error of SQLite or of the file system."""
    name = getattr(error, "sqlite_errorname", None) or errno.errorcode.get(
        getattr(error, "errno", None) or 0, ""
    )
    for prefixes, kind, advice in _MEANINGS:
        if name.startswith(prefixes):
            return kind(f"search index {path}: {error}: {advice}")
    return Unavailable(f"search index {path}: {error}")


_MEANINGS: tuple[tuple[tuple[str, ...], type[SohoaError], str], ...] = (
    (("SQLITE_FULL", "ENOSPC", "EDQUOT"), NoSpace, "make room on its disk"),
    (("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "EACCES", "EPERM", "EROFS"), Misconfigured,
     "mend owner and mode of its folder and files"),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), Corrupt, "run `sohoa reindex`"),
)  # fmt: skip
