"""What stands in one stamp: cut out level and dark on white, read upright and upside down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ocr.engines.engine import Engine
from ocr.image import clean, transform
from ocr.image.raster import Gray, Mask
from ocr.stamps import ink_areas
from ocr.stamps.ink_areas import Area, Frame

_TEXT_DPI = 200
_MARGIN_PX = 12
_WHITE = 255
_DARK = 128
_SKEW_DPI = 75
_TRIM = 0.08
_USUAL_MM = 7.5
_LEAST_INK = 0.03
_HOLLOW = 1.5  # so much more ink have letters of outlines when they are filled; printed ones far less
_UPRIGHT = (0, 2)  # quarter turns: a stamp may stand on its head
_ONE_LINE_MM = 20.0
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Cut:
    """A stamp cut out: dark on white, level, cut to its edges; ``frame`` is what encloses its text.

    ``as_is`` is the area unturned where it is larger than one stamp: one that touches a seal has no tilt.
    """

    level: Gray
    frame: Frame
    as_is: Gray | None = None

    @property
    def inside(self) -> Gray:
        """What the innermost frame line holds; all of it where there is none."""
        box = self.frame.inside
        return self.level[box.y : box.bottom, box.x : box.right]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the frame."""
        return self.inside.size == 0 or bool((self.inside < _DARK).mean() < _LEAST_INK)


@dataclass(frozen=True, slots=True)
class Reading:
    """A stamp's text as one reading has it, and how sure it is, 0 to 1.

    It may have been read upside down; ``inside`` its frame, or with what was taken for one.
    """

    text: str
    confidence: float
    turned_over: bool = False
    inside: bool = True


def cut(ink: Mask, area: Area) -> Cut:
    """The ink of the area."""
    box = area.box
    return cut_gray(np.where(ink[box.y : box.bottom, box.x : box.right], 0, _WHITE).astype(np.uint8), area)


def cut_gray(patch: Gray, area: Area) -> Cut:
    """The same of the area's own brightness, dark on white."""
    level = _levelled(patch, area)
    return Cut(level, ink_areas.frame(level < _DARK), patch if area.is_large else None)


def readings(stamp: Cut, dpi: int, engine: Engine) -> Iterator[Reading]:
    """What stands in it, upright and upside down, one reading after another as they are asked for.

    Where there is a frame around little, what was taken for it may be large letters: all is read, too.
    Letters of outlines are read filled, too, and large ones at the size that engines know.
    """
    for turns in _UPRIGHT:
        yield Reading(*_text(np.rot90(stamp.inside, turns), dpi, engine), bool(turns))
    if stamp.as_is is not None:
        yield Reading(*block(stamp.as_is, dpi, engine), inside=False)
    if stamp.frame.lines and stamp.level.shape[0] <= _ONE_LINE_MM * dpi / _MM_PER_INCH:
        for turns in _UPRIGHT:
            yield Reading(*block(np.rot90(stamp.level, turns), dpi, engine), bool(turns), inside=False)
    high_mm = stamp.inside.shape[0] / dpi * _MM_PER_INCH
    if high_mm > _USUAL_MM:
        yield Reading(*block(stamp.inside, dpi, engine, _USUAL_MM / high_mm))
    filled = transform.filled(stamp.inside < _DARK)
    if filled.sum() >= _HOLLOW * (stamp.inside < _DARK).sum():
        yield Reading(*block(np.where(filled, 0, _WHITE).astype(np.uint8), dpi, engine))


def block(part: Gray, dpi: int, engine: Engine, smaller: float = 1.0) -> tuple[str, float]:
    """What the engine reads in the block, made ``smaller`` by that ratio, and how sure it is."""
    ratio = _TEXT_DPI / dpi * smaller
    enlarged = transform.scaled(np.pad(part, _MARGIN_PX, constant_values=_WHITE), ratio)
    lines = engine.recognise_block(enlarged, _TEXT_DPI)
    words = [word for line in lines for word in line]
    if not words:
        return "", 0.0
    confidence = sum(word.confidence for word in words) / len(words)
    return "\n".join(" ".join(word.text for word in line) for line in lines), confidence


def _text(part: Gray, dpi: int, engine: Engine) -> tuple[str, float]:
    """The text, and how sure it is.

    Where nothing is read at first, what is left of the frame may be in the way.
    """
    for trim in (0.0, _TRIM, 2 * _TRIM):
        off = round(trim * part.shape[0])
        text, confidence = block(part[off : part.shape[0] - off, off : part.shape[1] - off], dpi, engine)
        if text:
            return text, confidence
    return "", 0.0


def _levelled(patch: Gray, area: Area) -> Gray:
    """The patch level and lying, cut to its dark edges."""
    lying = np.rot90(patch, int(area.high_mm > area.wide_mm))
    black = np.pad(lying, max(lying.shape) // 4, constant_values=_WHITE)
    level = transform.levelled(np.ascontiguousarray(black), area.tilt_deg)
    level = transform.levelled(level, clean.skew_deg(level, _SKEW_DPI))
    ys, xs = np.nonzero(level < _DARK)
    if not len(ys):
        return level
    return level[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
