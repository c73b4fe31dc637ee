"""The files of a record that a reader may take home: the signed archive copy, the original as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sohoa.domain.archive.versions import FileEntry, record_prefix
from sohoa.domain.errors import Corrupt, NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.usecases.archive.store import Loaded, copy_path
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.digests import file_sha256
from sohoa.usecases.search.personal import note_shown
from sohoa.usecases.search.services import ShownServices

COPY, ORIGINAL = "archive", "original"
_EXTENSION = re.compile(r"\.[a-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file that may be taken: its name in the address, the name it is saved under, its place and size."""

    name: str
    saved_as: str
    path: str
    entry: FileEntry

    @property
    def is_copy(self) -> bool:
        """Whether it is the archive copy, a PDF that we wrote and signed."""
        return self.name == COPY


def files_out(reader: Reader, services: ShownServices, record_id: str) -> Sequence[FileOut]:
    """What this reader may take of a record; raises ``NotFound`` as ``visible``.

    The original, which nothing of ours has touched, is for archivists within their own scope, not by a
    grant; what holds personal data is for archivists, too.
    """
    _, newest = visible(reader, services, record_id)
    return _allowed(reader, newest)


def _allowed(reader: Reader, newest: Loaded) -> Sequence[FileOut]:
    archivist = reader.may(Right.PERSONAL)
    if newest.record.get("personal") and not archivist:
        return ()
    originals = archivist and reader.access.allows(newest.agency, newest.record["mode"])
    return tuple(file for file in _files(newest) if file.is_copy or originals)


def _files(newest: Loaded) -> Iterator[FileOut]:
    files, record_id = newest.manifest.files, newest.manifest.record_id
    copy = copy_path(newest.manifest)
    yield FileOut(COPY, f"{record_id}.pdf", copy, files[copy])
    original = str(newest.record["original"])
    stored = sorted(path for path in files if path == original or path.startswith(f"{original.rstrip('/')}/"))
    for number, path in enumerate(stored, start=1):
        name = ORIGINAL if len(stored) == 1 else f"{ORIGINAL}-{number}"
        ending = _EXTENSION.search(path)
        yield FileOut(name, f"{record_id}-{name}{ending[0] if ending else ''}", path, files[path])


@contextmanager
def handed_out(
    reader: Reader, services: ShownServices, record_id: str, name: str
) -> Iterator[tuple[FileOut, Path]]:
    """The file as it is stored, for the length of the block, checked against its manifest.

    Where the record holds personal data it is noted on it before. Raises ``NotFound`` for a file that is not
    there or not for this reader, ``Corrupt`` for one that is not what it was.
    """
    _, newest = visible(reader, services, record_id)
    file = next((file for file in _allowed(reader, newest) if file.name == name), None)
    if file is None:
        raise NotFound("file", f"record {record_id!r} has no file {name!r}")
    if newest.record.get("personal"):
        note_shown(reader, services, record_id, name)
    key = record_prefix(newest.agency, record_id) + file.path
    with services.store.fetch(services.policy.archive, key) as path:
        if file_sha256(path) != file.entry.sha256:
            raise Corrupt(f"{newest.agency}/{record_id}/{file.path} is not what its manifest says")
        yield file, path
