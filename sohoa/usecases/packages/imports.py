"""Import: packages of others, one at a time, each whole or not at all; a repeat goes on where it was.

A bag of a record of ours gives that record, equal to the byte. What any other package holds are papers like
those of a scanning shop: they go into the inbox, and the night screens, reads, signs and counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sohoa.domain.errors import Corrupt, Rejected
from sohoa.domain.packages.received import Flaw, PackageRefused
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import PackageReader
from sohoa.usecases.packages.documents import take_documents
from sohoa.usecases.packages.imported import Imported, ImportServices
from sohoa.usecases.packages.restore import put_back, stand
from sohoa.usecases.packages.restored_record import Restored, is_record, restored


def import_packages(
    reader: Reader, services: ImportServices, source: PackageReader, paths: Iterable[Path], agency: str
) -> Iterator[Imported]:
    """What became of each package; ``agency`` is whose papers documents are, records know their own.

    A record that was split, and its parts, stand once all packages are here: they are told last. Raises
    ``NotAllowed`` for who is no archivist by name, ``NotFound`` for a path that is not there.
    """
    reader.decides(Right.PERSONAL)
    work = _Import(reader, services, source, agency)
    for path in (package for given in paths for package in source.packages(given)):
        if done := work.taken(path):
            yield done
    for path in work.parts:
        if done := work.taken(path, last=True):
            yield done
    # A whole brings its parts in line: it comes first.
    for name, row, already in sorted(work.split, key=lambda each: not each[1].is_whole):
        yield work.standing(name, row, already)


@contextmanager
def _refusing(record_id: str) -> Iterator[None]:
    """What a store says against one record stops no other: the package is refused."""
    try:
        yield
    except Rejected as error:
        raise PackageRefused(Flaw.PATH, record_id, str(error)) from error
    except Corrupt as error:
        raise PackageRefused(Flaw.STORED, record_id, str(error)) from error


@dataclass
class _Import:
    """One import; ``parts`` are packages of parts whose whole is not here yet, ``split`` what stands last."""

    reader: Reader
    services: ImportServices
    source: PackageReader
    agency: str
    parts: list[Path] = field(default_factory=list)
    split: list[tuple[str, Restored, bool]] = field(default_factory=list)

    def taken(self, path: Path, *, last: bool = False) -> Imported | None:
        """What became of the package; None where that is told later."""
        try:
            with self.source.opened(path) as package:
                if not is_record(package):
                    return take_documents(self.reader, self.services, package, self.agency)
                found = restored(self.reader, self.services, package)
                with _refusing(found.row.record_id):
                    already = not put_back(self.reader, self.services, found, path.name)
        except PackageRefused as error:
            if error.flaw is Flaw.PARTS and not last:
                self.parts.append(path)
                return None
            return Imported(path.name, refused=error)
        if found.is_whole and not found.record.get("superseded_by"):
            return self.standing(path.name, found, already)
        self.split.append((path.name, found, already))
        return None

    def standing(self, name: str, found: Restored, already: bool) -> Imported:
        """The record, brought in line with all that follows from it."""
        try:
            with _refusing(found.row.record_id):
                stand(self.reader, self.services, found.row, name)
        except PackageRefused as error:
            return Imported(name, found.row.record_id, refused=error)
        return Imported(name, found.row.record_id, already=already)
