"""The first page of a file that a PDF carries, and of those inside it. Run by worker processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from ocr.errors import Unreadable
from ocr.page import Attachment, Page
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Limits, inspect
from ocr.source.pdf import attachments

_DEEPEST = 2
_MOST_BYTES = 100_000_000
_MOST_INSIDE = 10


def read_attached(path: Path, place: int, options: ReadOptions, limits: Limits) -> tuple[Attachment, ...]:
    """The attachment at that place (0-based) with its first page, and those inside it.

    All have the number ``place`` + 1. Raises ``Unreadable`` where the file cannot be taken out.
    """
    found = _files(path, place, options, limits, _DEEPEST)
    return tuple(Attachment(place + 1, name, page) for name, page in found)


def _files(
    path: Path, place: int, options: ReadOptions, limits: Limits, depth: int
) -> Iterator[tuple[str, Page | None]]:
    attached = attachments.take(path, place, min(limits.max_bytes, _MOST_BYTES))
    with tempfile.NamedTemporaryFile(prefix="sohoa-attached-") as file:
        file.write(attached.data)
        file.flush()
        inside = Path(file.name)
        try:
            facts = inspect(inside, limits)
            page, _ = read_page(inside, facts.kind, 1, options)
        except Unreadable:
            yield attached.name, None
            return
        yield attached.name, page
        if facts.carries_files and depth:
            for below in range(min(len(attachments.names(inside)), _MOST_INSIDE)):
                yield from _files(inside, below, options, limits, depth - 1)
