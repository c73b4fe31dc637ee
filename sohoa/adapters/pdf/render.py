"""Pixels of PDF pages, by pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # ships no types

from sohoa.adapters.pdf.document import rewritten

Pixels = npt.NDArray[np.uint8]

_WHITE = (255, 255, 255, 255)
_BLACK = (0, 0, 0, 255)
MAX_PIXELS = 120_000_000


class Unrenderable(Exception):
    """pdfium cannot open the file or draw the page."""


@contextmanager
def rendering(source: Path | bytes) -> Iterator[Renderer]:
    """The file opened for drawing; raises ``Unrenderable``."""
    document = _opened(source)
    try:
        # Without it, form fields (signature appearances among them) would not be drawn.
        document.init_forms()
        yield Renderer(document)
    finally:
        document.close()


def _opened(source: Path | bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(source)
        for index in range(len(document)):
            document.get_page_size(index)
        return document
    except pypdfium2.PdfiumError as error:
        if isinstance(source, bytes):
            raise Unrenderable(str(error)) from error
    try:
        return pypdfium2.PdfDocument(rewritten(source))
    except (pypdfium2.PdfiumError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise Unrenderable(str(error)) from error


class Renderer:
    """Draws pages of one open document; page numbers are 1-based."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    @property
    def pages(self) -> int:
        return len(self._document)

    def size(self, page_number: int) -> tuple[float, float]:
        """Width and height of a page as shown, in points of its user space."""
        width, height = self._page(page_number).get_size()
        return float(width), float(height)

    def page(self, page_number: int, dpi: float) -> Pixels:
        """The page as it looks on white paper, annotations included: height x width x 3, RGB."""
        return self._draw(page_number, dpi, _WHITE)

    def page_rgba(self, page_number: int, dpi: float) -> Pixels:
        """The page without paper: height x width x 4, RGB and alpha.

        Drawn over white and over black: where both agree it is opaque. The colour is taken from the
        drawing over white, so that blend modes look right on paper.
        """
        white = self._draw(page_number, dpi, _WHITE).astype(np.int32)
        black = self._draw(page_number, dpi, _BLACK).astype(np.int32)
        alpha = np.clip(255 - (white - black), 0, 255).max(axis=2)
        paper = 255 - alpha[..., None]
        colour = (white - paper) * 255 // np.maximum(alpha, 1)[..., None]
        colour[alpha == 0] = 255
        return np.dstack([np.clip(colour, 0, 255), alpha]).astype(np.uint8)

    def _draw(self, page_number: int, dpi: float, paper: tuple[int, int, int, int]) -> Pixels:
        page = self._page(page_number)
        width, height = page.get_size()
        scale = min(dpi / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        try:
            # With an alpha channel, or form fields would be drawn with coloured sub-pixels.
            bitmap = page.render(
                scale=scale,
                fill_color=paper,
                rev_byteorder=True,
                force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA,
            )
            return np.ascontiguousarray(bitmap.to_numpy()[..., :3])
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise Unrenderable(f"page {page_number}: {error}") from error

    def _page(self, page_number: int) -> pypdfium2.PdfPage:
        try:
            return self._document[page_number - 1]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise Unrenderable(f"page {page_number}: {error}") from error
