"""One page of a file: pixels to words in reading order. The function that worker processes run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocr import clean, images, pdf
from ocr.engine import open_engine
from ocr.files import Kind
from ocr.page import Line, Page, Source, Word
from ocr.raster import Raster

Finding = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Engine, language model, and the pixel limit of a page."""

    engine: str = "tesserocr"
    language: str = "vie"
    max_page_pixels: int = 120_000_000


def read_page(path: Path, kind: Kind, number: int, options: ReadOptions) -> tuple[Page, tuple[Finding, ...]]:
    """Read one page (1-based) of a file that ``ocr.files.inspect`` took.

    Returns the page and its findings as (code, page number, detail). Raises ``Unreadable``.
    """
    raster = _rasterise(path, kind, number, options)
    derivative = clean.cleaned(raster.pixels, raster.dpi)
    engine = open_engine(options.engine, options.language)
    lines = tuple(
        Line(tuple(Word(w.text, derivative.on_page(w.box), w.confidence) for w in words))
        for words in engine.recognise(derivative.pixels, derivative.dpi)
    )
    height, width = raster.pixels.shape[:2]
    source = Source.OCR if lines else Source.BLANK
    return Page(number, width, height, raster.dpi, source, lines), ()


def _rasterise(path: Path, kind: Kind, number: int, options: ReadOptions) -> Raster:
    rasterise = pdf.rasterise if kind is Kind.PDF else images.rasterise
    return rasterise(path, number, options.max_page_pixels)
