"""One page of a file: pixels to words in reading order. The function that worker processes run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocr import clean, images, inks, layout, noise, pdf
from ocr.engine import EngineLine, open_engine
from ocr.files import Kind
from ocr.page import Line, Page, Source, Word
from ocr.placement import Placement
from ocr.raster import Gray, Raster

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
    found = inks.separate(raster.pixels)
    page = clean.flattened(clean.bleached(raster.pixels, found.red), raster.dpi)
    lines = _recognised(page, raster.dpi, options)
    height, width = raster.pixels.shape[:2]
    source = Source.OCR if lines else Source.BLANK
    return Page(number, width, height, raster.dpi, source, lines), ()


def _rasterise(path: Path, kind: Kind, number: int, options: ReadOptions) -> Raster:
    rasterise = pdf.rasterise if kind is Kind.PDF else images.rasterise
    return rasterise(path, number, options.max_page_pixels)


def _recognised(page: Gray, dpi: int, options: ReadOptions) -> tuple[Line, ...]:
    height, width = page.shape
    placement = Placement(width, height, clean.skew_deg(page, dpi), clean.READ_DPI / dpi)
    derivative = images.placed(page, placement.angle_deg, placement.scale)
    engine = open_engine(options.engine, options.language)
    read = engine.recognise(derivative, clean.READ_DPI)
    printed = [words for line in read if (words := noise.printed(line))]
    arranged = layout.arrange(printed, derivative.shape[1], derivative.shape[0])
    return tuple(Line(_on_page(line.words, placement), line.zone) for line in arranged)


def _on_page(words: EngineLine, placement: Placement) -> tuple[Word, ...]:
    return tuple(Word(word.text, placement.on_page(word.box), word.confidence) for word in words)
