"""What a page shows beside its text layer: letters that are pictures or outlines, and framed stamps.

The layer does not know them, and no recognition looks at a page whose layer is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.engines.engine import Engine, EngineLine
from ocr.image import areas, clean, transform
from ocr.image.raster import Gray, Raster
from ocr.page import Box, Mark, MarkKind, Word
from ocr.recognition import noise
from ocr.stamps import read_stamps

_DPI = 200
_WHITE = 255
_PALE = 200
_MARGIN_PX = 2
_LEAST_MM = 2.0
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Beside:
    """Stamps with boxes in the page's pixels, and the texts of printed lines."""

    marks: tuple[Mark, ...] = ()
    texts: tuple[str, ...] = ()


def read(page: Gray, dpi: int, layer: Sequence[Sequence[Word]], engine: Engine) -> Beside:
    """Read the ink that lies under no word of the layer.

    A frame whose words cannot be read is no mark here: forms are full of them.
    """
    ratio = min(1.0, _DPI / dpi)
    left = transform.coarse(page, ratio).copy()
    known = [tuple(replace(word, box=_scaled(word.box, ratio)) for word in line) for line in layer]
    for line in known:
        for word in line:
            _wipe(left, word.box)
    least = _LEAST_MM / _MM_PER_INCH * dpi * ratio
    if not any(box.h >= least for box in areas.areas(left < _PALE, areas.cell_px(round(dpi * ratio)))):
        return Beside()
    lines: list[EngineLine] = [
        words for line in engine.recognise(left, _DPI) if (words := noise.printed(line))
    ]
    marks = filter(read_stamps.is_wording, read_stamps.left_over(left, round(dpi * ratio), lines, engine))
    return Beside(
        tuple(replace(mark, box=_scaled(mark.box, 1 / ratio)) for mark in marks),
        tuple(" ".join(word.text for word in line) for line in lines),
    )


def secret(view: Raster, engine: Engine) -> Beside:
    """Marks of secrecy on a picture of what a page does not show, and its texts."""
    ratio = min(1.0, read_stamps.STAMP_DPI / view.dpi)
    stamped = read_stamps.read(transform.coarse(view.pixels, ratio), round(view.dpi * ratio), engine)
    beside = read(clean.bleached(view.pixels, stamped.ink), view.dpi, (), engine)
    marks = (mark for mark in (*stamped.marks, *beside.marks) if mark.kind is MarkKind.SECRECY)
    return Beside(tuple(filter(read_stamps.is_wording, marks)), beside.texts)


def _wipe(page: Gray, box: Box) -> None:
    top, left = max(0, box.y - _MARGIN_PX), max(0, box.x - _MARGIN_PX)
    page[top : box.bottom + _MARGIN_PX, left : box.right + _MARGIN_PX] = _WHITE


def _scaled(box: Box, ratio: float) -> Box:
    x, y, w, h = (round(side * ratio) for side in (box.x, box.y, box.w, box.h))
    return Box(x, y, w, h)
