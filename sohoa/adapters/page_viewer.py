"""The port ``PageViewer``: untrusted files are only opened in the worker processes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ocr.errors import Unreadable, WorkerFault
from ocr.page import Box
from ocr.process.pool import WorkerPool
from ocr.source.files import Kind
from sohoa.domain.errors import Rejected, Unavailable

_PICTURE = "ocr.source.crops:picture"
_CUT = "sohoa.adapters.pdf.part:cut"
_READY = "sohoa.adapters.pdf.page_picture:ready"
_COPY = "sohoa.adapters.pdf.page_picture:png"


class WorkerViewer:
    """Shows and cuts pages in the worker processes of ``pool``; a call takes at most ``timeout_s``."""

    def __init__(self, pool: WorkerPool, max_page_pixels: int, timeout_s: float) -> None:
        self._pool = pool
        self._max_page_pixels = max_page_pixels
        self._timeout_s = timeout_s

    def warm(self) -> None:
        """Start a worker that has loaded what draws pages; see the port."""
        self._call(_READY, ahead=True)

    def picture(self, path: Path, kind: str, page: int, box: Box | None) -> bytes:
        """The page around the box, or its head, as PNG; see the port."""
        return self._call(_PICTURE, path, Kind(kind), page, box, self._max_page_pixels)

    def archived(
        self, path: Path, page: int, dpi: int, size_px: tuple[int, int], hidden: Sequence[Box]
    ) -> bytes:
        """A page of an archive copy as PNG; see the port. A person waits for it: it goes ahead."""
        return self._call(_COPY, path, page, dpi, size_px, list(hidden), ahead=True)

    @contextmanager
    def cut(self, path: Path, kind: str, first: int, last: int) -> Iterator[Path]:
        """These pages as a PDF, a temporary file for the block; see the port."""
        data = self._call(_CUT, path, kind, first, last)
        with tempfile.NamedTemporaryFile(prefix="sohoa-part-", suffix=".pdf") as file:
            file.write(data)
            file.flush()
            yield Path(file.name)

    def _call(self, function: str, *args: Any, ahead: bool = False) -> bytes:
        try:
            found = self._pool.call(function, *args, timeout_s=self._timeout_s, ahead=ahead)
        except Unreadable as error:
            raise Rejected(error.code, error.detail) from error
        except WorkerFault as error:
            raise Unavailable(f"the page cannot be shown: {error}") from error
        if not isinstance(found, bytes):
            raise Unavailable("the worker's answer is no picture of a page")
        return found
