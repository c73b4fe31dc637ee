"""A document's files as they came: inspected, hashed and read, one after the other or side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sohoa.domain.archive.record import SourceFileJson
from sohoa.domain.archive.records import Reading
from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.errors import DocumentFailed, NoSpace, Rejected, Unavailable
from sohoa.domain.inbox.folder_documents import KIND, STORED, joined, original_sha256, stored_name
from sohoa.ports import Recogniser, SourceFile
from sohoa.usecases.digests import file_sha256

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Original:
    """One file of a document: its name where it came from, its path in the record, its entry there."""

    name: str
    stored: str
    entry: FileEntry
    source: SourceFile

    def to_json(self) -> SourceFileJson:
        """What the record keeps of a page file of a folder document."""
        return {
            "name": self.name,
            "original": self.stored,
            "sha256": self.entry.sha256,
            "size_bytes": self.entry.size_bytes,
            "pages": self.source.facts.pages,
        }


@dataclass(frozen=True, slots=True)
class Originals:
    """All files of one document, in order; ``is_folder`` of a folder document."""

    files: tuple[Original, ...]
    is_folder: bool = False

    @property
    def sha256(self) -> str:
        """The digest that names the document."""
        return original_sha256({file.stored: file.entry for file in self.files})

    @property
    def kind(self) -> str:
        """pdf, tiff, jpeg or png; of a folder document ``folder``."""
        return KIND if self.is_folder else self.files[0].source.facts.kind

    @property
    def place(self) -> str:
        """Path or folder of the original in the record."""
        return STORED if self.is_folder else self.files[0].stored

    @property
    def size_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.entry.size_bytes for file in self.files)

    @property
    def pages(self) -> int:
        """Pages of all files."""
        return sum(file.source.facts.pages for file in self.files)


def one_file(recogniser: Recogniser, name: str, path: Path, sha256: str) -> Originals:
    """A document of one file with that digest; raises as ``Recogniser.inspect``."""
    facts = recogniser.inspect(path)
    entry = FileEntry(path.stat().st_size, sha256)
    return Originals((Original(name, f"original.{facts.extension}", entry, SourceFile(path, facts)),))


def page_files(
    recogniser: Recogniser, named: Sequence[tuple[str, Path]], *, max_bytes: int, max_pages: int, width: int
) -> Originals:
    """A folder document; ``named`` are its page files in order. Errors name the file.

    ``max_bytes`` and ``max_pages`` limit the whole, ``width`` files are looked into at a time. Raises
    ``Rejected`` and ``Unavailable``.
    """
    if not named:
        raise Rejected("no_pages")
    size_bytes = sum(path.stat().st_size for _, path in named)
    if size_bytes > max_bytes:
        raise Rejected("too_large", f"{size_bytes} bytes, limit {max_bytes}")

    def inspected(place: int) -> Original:
        name, path = named[place]
        with _naming(name):
            facts = recogniser.inspect(path)
        entry = FileEntry(path.stat().st_size, file_sha256(path))
        return Original(name, stored_name(place + 1, facts.extension), entry, SourceFile(path, facts))

    found = Originals(tuple(_side_by_side(inspected, range(len(named)), width)), is_folder=True)
    if found.pages > max_pages:
        raise Rejected("too_many_pages", f"{found.pages} pages, limit {max_pages}")
    return found


def read_originals(
    recogniser: Recogniser, originals: Originals, width: int, out_of_time: Callable[[], bool] = lambda: False
) -> Reading:
    """All pages of a document; raises as ``Recogniser.read``, naming the file of a folder document.

    Raises ``DocumentFailed`` (timeout) before a file that would be begun too late.
    """
    if not originals.is_folder:
        source = originals.files[0].source
        return recogniser.read(source.path, source.facts)

    def read(file: Original) -> Reading:
        with _naming(file.name):
            if out_of_time():
                raise DocumentFailed("timeout", "not begun")
            return recogniser.read(file.source.path, file.source.facts)

    return joined(_side_by_side(read, originals.files, width))


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Put the file's name into what goes wrong with it."""
    try:
        yield
    except Rejected as error:
        raise Rejected(error.code, f"{name}: {error.detail}" if error.detail else name) from error
    except DocumentFailed as error:
        raise DocumentFailed(error.code, f"{name}: {error.detail}") from error
    except NoSpace:
        raise
    except Unavailable as error:
        raise Unavailable(f"{name}: {error}") from error


def _side_by_side(work: Callable[[Item], Result], items: Sequence[Item], width: int) -> list[Result]:
    """The results in order; the first error ends the rest."""
    with ThreadPoolExecutor(width, thread_name_prefix="file") as threads:
        pending = [threads.submit(work, item) for item in items]
        try:
            return [done.result() for done in pending]
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
