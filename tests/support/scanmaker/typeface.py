"""Tinos, metrically Times New Roman and with all Vietnamese letters, in Pillow; Cousine for typewriters."""

from __future__ import annotations

import functools
from enum import StrEnum
from pathlib import Path

from PIL import ImageFont

FOLDER = Path("/usr/share/fonts/truetype/croscore")
_MEASURE_PX = 1000


class Face(StrEnum):
    """The four cuts of the typeface, named as the font files are, and that of a typewriter."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"
    TYPED = "Typed"

    @property
    def file(self) -> Path:
        return FOLDER / ("Cousine-Regular.ttf" if self is Face.TYPED else f"Tinos-{self.value}.ttf")


@functools.cache
def font(face: Face, size_px: float) -> ImageFont.FreeTypeFont:
    """The cut at a size in pixels; the plain shaping engine, so that every machine agrees."""
    return ImageFont.truetype(face.file, size_px, layout_engine=ImageFont.Layout.BASIC)


def width_pt(text: str, face: Face, size_pt: float) -> float:
    """Advance width in points."""
    return font(face, _MEASURE_PX).getlength(text) * size_pt / _MEASURE_PX
