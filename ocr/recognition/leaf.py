"""The pages of a sheet, one or two side by side, each straightened, levelled and read on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.engines.engine import Engine
from ocr.image import clean, curvature, gutter
from ocr.image.curvature import Curve
from ocr.image.line_picture import Upright
from ocr.image.raster import Gray
from ocr.page import Box, Line
from ocr.recognition import recognise
from ocr.recognition.recognise import Recognised


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that begins at ``left_px`` of the sheet, its brightness, and what was read with boxes in it.

    ``curve`` says how its lines were bent, None for straight ones; the brightness is without it.
    """

    left_px: int
    page: Gray
    dpi: int
    read: Recognised
    curve: Curve | None = None

    @property
    def level(self) -> Upright:
        """Its brightness and the turn that levels its lines."""
        return Upright(self.page, self.dpi, self.read.skew_deg)

    def on_sheet(self, box: Box) -> Box:
        """A box of it in pixels of the sheet."""
        return (self.curve.on_page(box) if self.curve else box).moved(self.left_px)

    def lines(self) -> tuple[Line, ...]:
        """Its lines with boxes in the sheet."""
        return tuple(line.placed(self.on_sheet) for line in self.read.lines)


def read_sheet(sheet: Gray, dpi: int, engine: Engine) -> tuple[Leaf, ...]:
    """The pages from left to right, read as they lie."""
    middle = gutter.find(sheet)
    parts = ((0, sheet[:, :middle].copy()), (middle, sheet[:, middle:].copy())) if middle else ((0, sheet),)
    return tuple(_read(left, page, dpi, engine) for left, page in parts)


def _read(left: int, page: Gray, dpi: int, engine: Engine) -> Leaf:
    skew_deg = clean.skew_deg(page, dpi)
    curve = curvature.found(page, dpi, skew_deg)
    straight = curve.straightened(page) if curve else page
    return Leaf(left, straight, dpi, recognise.recognise(straight, dpi, skew_deg, engine), curve)


def together(leaves: Sequence[Leaf]) -> Recognised:
    """All that was read, with boxes in the sheet; the skew is that of the page with the most lines."""
    fullest = max(leaves, key=lambda leaf: len(leaf.read.lines))
    return Recognised(
        tuple(line for leaf in leaves for line in leaf.lines()),
        fullest.read.skew_deg,
        fullest.read.aside,
        tuple(replace(mark, box=leaf.on_sheet(mark.box)) for leaf in leaves for mark in leaf.read.stamps),
    )
