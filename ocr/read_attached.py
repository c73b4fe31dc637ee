"""The first page of a file that a PDF carries, and of those inside it. Run by worker processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ocr.errors import Unreadable
from ocr.page import Page, Source
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Limits, inspect
from ocr.source.pdf import attachments

_DEEPEST = 2
_MOST_BYTES = 100_000_000
_MOST_INSIDE = 10


def read_attached(path: Path, place: int, options: ReadOptions, limits: Limits) -> tuple[Page, ...]:
    """The first page of the attachment at that place (0-based), and of those inside it.

    Each page bears the file's name as its last aside; of what is no document there is nothing else. All
    have the number ``place`` + 1. Raises ``Unreadable`` where the file cannot be taken out.
    """
    return tuple(replace(page, number=place + 1) for page in _pages(path, place, options, limits, _DEEPEST))


def _pages(path: Path, place: int, options: ReadOptions, limits: Limits, depth: int) -> Iterator[Page]:
    attached = attachments.take(path, place, min(limits.max_bytes, _MOST_BYTES))
    with tempfile.NamedTemporaryFile(prefix="sohoa-attached-") as file:
        file.write(attached.data)
        file.flush()
        inside = Path(file.name)
        try:
            facts = inspect(inside, limits)
            page, _ = read_page(inside, facts.kind, 1, options)
        except Unreadable:
            yield Page(1, 1, 1, 1, Source.BLANK, asides=(attached.name,))
            return
        yield replace(page, asides=(*page.asides, attached.name))
        if facts.carries_files and depth:
            for below in range(min(len(attachments.names(inside)), _MOST_INSIDE)):
                yield from _pages(inside, below, options, limits, depth - 1)
