"""Synthetic pages for the tests of ``ocr``: drawn here, from invented words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.image.raster import Pixels
from ocr.page import Box, Word

FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
BOLD = FONT.with_name("Tinos-Bold.ttf")
RED, BLUE, BLACK = (205, 40, 45), (40, 50, 190), (25, 25, 25)
PROSE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương.",
    "Theo đề nghị của Giám đốc Sở Nông nghiệp,",
    "Điều 1. Phê duyệt kế hoạch trồng cây năm nay.",
    "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
)


def millimetres(value: float, dpi: int) -> int:
    """Pixels of a length."""
    return round(value * dpi / 25.4)


def page(lines: Sequence[str] = PROSE, dpi: int = 200) -> Image.Image:
    """An A4 page with the lines in 14 points from 40 mm down."""
    picture = Image.new("RGB", (millimetres(210, dpi), millimetres(297, dpi)), "white")
    for row, line in enumerate(lines):
        write(picture, line, (30, 40 + 9 * row), dpi)
    return picture


def write(
    picture: Image.Image,
    text: str,
    at_mm: tuple[float, float],
    dpi: int,
    ink: tuple[int, int, int] = BLACK,
    font: Path = FONT,
) -> None:
    """Text with its top left corner at the place."""
    letters = ImageFont.truetype(str(font), round(14 * dpi / 72))
    place = tuple(millimetres(value, dpi) for value in at_mm)
    ImageDraw.Draw(picture).text((place[0], place[1]), text, fill=ink, font=letters)


def stamp(
    picture: Image.Image,
    text: str,
    frames: int,
    size_mm: tuple[float, float],
    *,
    dpi: int = 200,
    tilt_deg: float = 0,
    ink: tuple[int, int, int] = RED,
    at_mm: tuple[float, float] = (30, 60),
) -> None:
    """A stamp of that size with so many frame lines one millimetre apart, tilted counter-clockwise."""
    wide, high = (millimetres(side + 4, dpi) for side in size_mm)
    layer = Image.new("RGBA", (wide, high), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for frame in range(frames):
        edge = millimetres(1 + frame, dpi)
        draw.rectangle((edge, edge, wide - edge, high - edge), outline=ink, width=max(1, dpi // 90))
    letters = ImageFont.truetype(str(BOLD), round(13 * dpi / 72))
    draw.text((wide / 2, high / 2), text, fill=ink, font=letters, anchor="mm")
    turned = layer.rotate(tilt_deg, Image.Resampling.BICUBIC, expand=True)
    picture.paste(turned, (millimetres(at_mm[0], dpi), millimetres(at_mm[1], dpi)), turned)


def pixels(picture: Image.Image) -> Pixels:
    """The picture as an array."""
    return np.asarray(picture.convert("RGB"))


def words(text: str, x: int, y: int, height: int = 20) -> tuple[Word, ...]:
    """A line of words laid out from a point, ten pixels a letter."""
    found: list[Word] = []
    for word in text.split():
        found.append(Word(word, Box(x, y, 10 * len(word), height), 0.95))
        x += 10 * len(word) + 8
    return tuple(found)
