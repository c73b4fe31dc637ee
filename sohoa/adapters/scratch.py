"""Files that are being worked on: gone at the end of the work, or soon after its process ended."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_YOUNG_S = 30.0


@contextmanager
def scratch_file(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file, readable by this account only, removed at the end of the block.

    Removes what processes that ended by force have left. Raises ``OSError``.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield Path(file.name), file.file


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A new folder for many files, removed at the end of the block; it lives by the lock on one file."""
    with scratch_file(folder) as (lock, _):
        below = _beside(lock)
        below.mkdir(mode=0o700)
        try:
            yield below
        finally:
            shutil.rmtree(below, ignore_errors=True)


def _beside(lock: Path) -> Path:
    return lock.with_name(f"{lock.name}.files")


def _sweep(folder: Path) -> None:
    """Remove files that nobody holds a lock on; a young one may be about to be locked."""
    for path in folder.iterdir():
        with suppress(OSError):
            if time.time() - path.stat().st_mtime < _YOUNG_S:
                continue
            with path.open("rb") as file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(_beside(path), ignore_errors=True)
                path.unlink()
