"""Whether the copy's pages look as the original's: both are drawn and compared, whatever route the copy took.

A pixel differs where it is beyond all that stands around its place in the other drawing, so that edges drawn
anew, JPEG and a shift by a pixel are no difference; what is there, or is away, or has another colour, is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import cv2
import numpy as np

from ocr.errors import Unreadable
from ocr.image import decode
from sohoa.adapters.pdf.render import MAX_PIXELS, Pixels, Renderer, Unrenderable, rendering
from sohoa.adapters.pdf.values import PdfSource

_DPI = 100
_MOST_PIXELS = 4_000_000
_CONTRAST = 60
_LEAST_AREA = 24
_EDGE = 3
_SAME_SHAPE = 0.02
_SOFT = (3, 3)
_THIN = np.ones((2, 2), np.uint8)
_AROUND = np.ones((5, 5), np.uint8)


def unlike(sources: Sequence[PdfSource], copy: bytes, *, strip: bool) -> tuple[int, ...]:
    """Pages (1-based) of the copy that look otherwise than the original's, or cannot be compared.

    ``strip`` says that page 1 was made higher for the visible block; what is above the original is left out.
    """
    found, before = list[int](), 0
    with rendering(copy) as drawn:
        for source in sources:
            found += [before + page for page in _unlike(source, drawn, before, strip=strip)]
            before += source.pages
    return tuple(found)


def _unlike(source: PdfSource, drawn: Renderer, before: int, *, strip: bool) -> list[int]:
    pages = range(1, source.pages + 1)
    try:
        with _original(source) as original:
            return [
                page
                for page in pages
                if not _is_like(original, page, drawn, before + page, strip=strip and before + page == 1)
            ]
    except Unrenderable:
        return [*pages]


class _Images:
    """An image file, drawn as its own pixels."""

    def __init__(self, source: PdfSource) -> None:
        self._source = source

    def page(self, number: int) -> Pixels:
        raster = decode.rasterise(self._source.path, number, MAX_PIXELS)
        pixels = raster.pixels if raster.pixels.ndim == 3 else np.dstack([raster.pixels] * 3)
        return _resized(pixels, min(1.0, _DPI / raster.dpi, _limit(pixels.shape[1] * pixels.shape[0])))


class _Drawing:
    """A PDF, drawn."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def page(self, number: int) -> Pixels:
        width, height = self._renderer.size(number)
        return self._renderer.page(number, _DPI * _limit(width * height * (_DPI / 72) ** 2))


@contextmanager
def _original(source: PdfSource) -> Iterator[_Images | _Drawing]:
    if source.kind != "pdf":
        yield _Images(source)
        return
    with rendering(source.path) as renderer:
        yield _Drawing(renderer)


def _is_like(original: _Images | _Drawing, page: int, drawn: Renderer, number: int, *, strip: bool) -> bool:
    try:
        one = original.page(page)
        width, _ = drawn.size(number)
        other = drawn.page(number, 72 * one.shape[1] / width)
    except (Unrenderable, Unreadable):
        return False
    if strip:
        other = other[-one.shape[0] :]
    if abs(other.shape[0] - one.shape[0]) > max(2, _SAME_SHAPE * one.shape[0]):
        return False
    if other.shape != one.shape:
        other = np.asarray(cv2.resize(other, (one.shape[1], one.shape[0]), interpolation=cv2.INTER_AREA))
    one, other = _softened(one), _softened(other)
    return _largest(_beyond(one, other) | _beyond(other, one)) < _LEAST_AREA


def _softened(pixels: Pixels) -> Pixels:
    """Without what drawing anew does to single pixels."""
    return np.asarray(cv2.blur(pixels, _SOFT))


def _beyond(one: Pixels, other: Pixels) -> np.ndarray:
    """Where a pixel is darker or lighter than everything around its place in the other, in any colour."""
    above = cv2.subtract(one, cv2.dilate(other, _AROUND))
    below = cv2.subtract(cv2.erode(other, _AROUND), one)
    return np.asarray(np.maximum(above, below).max(axis=2) > _CONTRAST)


def _largest(differs: np.ndarray) -> int:
    """Pixels of the largest spot of differing ones."""
    differs[:_EDGE] = differs[-_EDGE:] = differs[:, :_EDGE] = differs[:, -_EDGE:] = False
    spots = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, _THIN)
    if not spots.any():
        return 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8)
    return int(stats[1:, cv2.CC_STAT_AREA].max())


def _limit(pixels: float) -> float:
    """By how much sides are reduced so that a page has no more pixels than are compared."""
    return float(min(1.0, (_MOST_PIXELS / max(pixels, 1)) ** 0.5))


def _resized(pixels: Pixels, ratio: float) -> Pixels:
    size = max(1, round(pixels.shape[1] * ratio)), max(1, round(pixels.shape[0] * ratio))
    return np.asarray(cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA))
