"""What lies in a bucket's folder and is no object."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sohoa.adapters.directory_store.files import errors_of, is_temporary_name
from sohoa.domain.archive.object_keys import key_of_name
from sohoa.domain.inbox.states import Stray

_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}


def strays(base: Path, folder: Path, temporary: str) -> Iterator[Stray]:
    """Links, pipes, sockets, devices and empty folders below ``folder``, which is ``base`` or lies in it.

    In the folder ``temporary`` of the base files of writers are expected, and nothing else.
    """
    pending = [folder]
    while pending:
        place = pending.pop()
        entries = _entries(place)
        if not entries and place not in (base, base / temporary):
            yield Stray(_key(base, place) + "/", "an empty folder")
        for entry in entries:
            path, kind = Path(entry.path), _kind(entry)
            if kind:
                yield Stray(_key(base, path), kind)
            elif place == base / temporary and not is_temporary_name(entry.name):
                yield Stray(_key(base, path), "what no writer made")
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with errors_of(folder):
        try:
            with os.scandir(folder) as found:
                return sorted(found, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return []


def _kind(entry: os.DirEntry[str]) -> str:
    """What a link, pipe, socket or device is called; empty for files and folders."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except FileNotFoundError:
        return ""
    return _KINDS.get(stat.S_IFMT(mode), "")


def _key(base: Path, path: Path) -> str:
    return key_of_name(path.relative_to(base).as_posix())
