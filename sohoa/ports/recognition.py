"""Reading, showing and cutting untrusted files."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ocr.page import Box
from sohoa.domain.archive.records import Reading


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What intake learned of a file without reading its text.

    ``kind`` is pdf, tiff, jpeg or png; ``extension`` the one its original is stored under;
    ``born_digital`` are the numbers of pages that bear text and no scan; ``carries_files`` says that
    other files are attached to it.
    """

    kind: str
    extension: str
    pages: int
    born_digital: frozenset[int] = frozenset()
    carries_files: bool = False


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A local file of a document, with what intake learned of it."""

    path: Path
    facts: FileFacts


class Recogniser(Protocol):
    """Looks into untrusted files, in limited worker processes."""

    def inspect(self, path: Path) -> FileFacts:
        """Type by content and page count, within the limits; raises ``Rejected``."""
        ...

    def read(self, path: Path, facts: FileFacts) -> Reading:
        """All pages, signatures and scan-quality findings; raises ``Rejected`` or ``Unavailable``."""
        ...


class PageViewer(Protocol):
    """Shows and cuts out single pages of untrusted files, in limited worker processes."""

    def warm(self) -> None:
        """Make ready to draw, so that nobody waits for it; raises ``Unavailable`` when the worker died."""
        ...

    def picture(self, path: Path, kind: str, page: int, box: Box | None) -> bytes:
        """The page around the box as PNG, its head where there is no box; boxes as in ``ocr.page``.

        Raises ``Rejected`` for a file that cannot be drawn, ``Unavailable`` when the worker died.
        """
        ...

    def archived(
        self, path: Path, page: int, dpi: int, size_px: tuple[int, int], hidden: Sequence[Box]
    ) -> bytes:
        """A page (1-based) of an archive copy as PNG, without the strip that was added for our visible block.

        ``size_px`` is its size as it was read, in whose pixels the ``hidden`` boxes are, which are painted
        over. Raises ``Rejected`` and ``Unavailable`` as ``picture``.
        """
        ...

    def cut(self, path: Path, kind: str, first: int, last: int) -> AbstractContextManager[Path]:
        """These pages of the file (1-based, inclusive) as a PDF, a temporary file for the block.

        Raises ``Rejected`` for a file that cannot be taken apart, ``Unavailable`` when the worker died.
        """
        ...
