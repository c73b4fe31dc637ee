"""The pages of a sheet, one or two side by side, each levelled and read on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.engines.engine import Engine
from ocr.image import gutter
from ocr.image.line_picture import Upright
from ocr.image.raster import Gray
from ocr.recognition import recognise
from ocr.recognition.recognise import Recognised


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that begins at ``left_px`` of the sheet, its brightness, and what was read with boxes in it."""

    left_px: int
    page: Gray
    dpi: int
    read: Recognised

    @property
    def level(self) -> Upright:
        """Its brightness and the turn that levels its lines."""
        return Upright(self.page, self.dpi, self.read.skew_deg)


def read_sheet(sheet: Gray, dpi: int, engine: Engine) -> tuple[Leaf, ...]:
    """The pages from left to right, read as they lie."""
    middle = gutter.find(sheet)
    parts = ((0, sheet[:, :middle].copy()), (middle, sheet[:, middle:].copy())) if middle else ((0, sheet),)
    return tuple(Leaf(left, page, dpi, recognise.recognise(page, dpi, engine)) for left, page in parts)


def together(leaves: Sequence[Leaf]) -> Recognised:
    """All that was read, with boxes in the sheet; the skew is that of the page with the most lines."""
    if len(leaves) == 1:
        return leaves[0].read
    fullest = max(leaves, key=lambda leaf: len(leaf.read.lines))
    return Recognised(
        tuple(line.moved(leaf.left_px) for leaf in leaves for line in leaf.read.lines),
        fullest.read.skew_deg,
        fullest.read.aside,
        tuple(
            replace(mark, box=mark.box.moved(leaf.left_px)) for leaf in leaves for mark in leaf.read.stamps
        ),
    )
