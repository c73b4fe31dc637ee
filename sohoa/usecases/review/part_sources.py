"""What the sealed copy of a part is made of: the files of the original that hold its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sohoa.domain.archive.page_ranges import Range, within
from sohoa.domain.archive.record import Record
from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.inbox.folder_documents import KIND as FOLDER
from sohoa.domain.inbox.folder_documents import stored_kind
from sohoa.ports import FileFacts, PageViewer, SourceFile


@dataclass(frozen=True, slots=True)
class StoredOriginal:
    """A file of an archived original: its path in the record, its entry there, kind and count of pages."""

    path: str
    entry: FileEntry
    kind: str
    pages: int


def stored_originals(record: Record) -> Sequence[StoredOriginal]:
    """The original of a record of a whole file: one file, or the page files of a folder document in order."""
    source = record["source"]
    if source["kind"] != FOLDER:
        entry = FileEntry(source["size_bytes"], source["sha256"])
        return [StoredOriginal(record["original"], entry, source["kind"], len(record["pages"]))]
    return [
        StoredOriginal(
            file["original"],
            FileEntry(file["size_bytes"], file["sha256"]),
            stored_kind(file["original"]),
            file["pages"],
        )
        for file in source["files"]
    ]


@contextmanager
def sources_of(
    viewer: PageViewer, originals: Sequence[StoredOriginal], paths: Sequence[Path], pages: Range
) -> Iterator[Sequence[SourceFile]]:
    """The files that hold these pages, for the length of the block.

    ``paths`` are the originals' local files. One that is whole in the part is taken as it is, of another
    the pages are cut out. Raises ``Rejected`` for a file that cannot be taken apart.
    """
    with ExitStack() as stack:
        found = list[SourceFile]()
        for place, (first, last) in within([original.pages for original in originals], pages):
            original, path = originals[place], paths[place]
            if (first, last) == (1, original.pages):
                facts = FileFacts(original.kind, original.path.rpartition(".")[2], original.pages)
            else:
                path = stack.enter_context(viewer.cut(path, original.kind, first, last))
                facts = FileFacts("pdf", "pdf", last - first + 1)
            found.append(SourceFile(path, facts))
        yield found
