"""What is pressed on paper after printing: round seals and rubber stamps, as coverage masks.

Sizes are those of the regulations: seal 37 mm; MẬT 20 x 8 mm with two frames 1 mm apart (TT 24/2020/TT-BCA);
KHẨN 20 x 8 and HOẢ TỐC 30 x 8 mm with one frame; ĐẾN 35 x 50 mm (NĐ 30/2020/NĐ-CP, Phụ lục I and IV).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from tests.support.scanmaker.strokes import digits_tile
from tests.support.scanmaker.typeface import Face, font

_OVERSAMPLE = 2


@dataclass(frozen=True, slots=True)
class BoxStamp:
    """A framed word: size in millimetres and number of frames."""

    text: str
    width_mm: float
    height_mm: float
    frames: int


SECRET = BoxStamp("MẬT", 20, 8, 2)
TOP_SECRET = BoxStamp("TỐI MẬT", 30, 8, 2)
URGENT = BoxStamp("KHẨN", 20, 8, 1)
VERY_URGENT = BoxStamp("THƯỢNG KHẨN", 40, 8, 1)
MOST_URGENT = BoxStamp("HOẢ TỐC", 30, 8, 1)


def box_stamp_tile(stamp: BoxStamp, dpi: int) -> Image.Image:
    """A framed stamp; frames are 1 mm apart."""
    mm = dpi * _OVERSAMPLE / 25.4
    tile = Image.new("L", (round(stamp.width_mm * mm), round(stamp.height_mm * mm)))
    draw = ImageDraw.Draw(tile)
    for frame in range(stamp.frames):
        inset = frame * mm
        box = (inset, inset, tile.width - 1 - inset, tile.height - 1 - inset)
        draw.rectangle(box, outline=255, width=round(0.35 * mm))
    size = (13 if stamp.frames == 1 else 12) * dpi * _OVERSAMPLE / 72
    _centre(draw, stamp.text, tile.width / 2, tile.height / 2, Face.BOLD, size)
    return _down(tile)


def incoming_tile(agency: tuple[str, ...], dpi: int) -> Image.Image:
    """The printed part of the ĐẾN stamp (Phụ lục IV of NĐ 30/2020): 50 mm wide, 35 mm high."""
    mm = dpi * _OVERSAMPLE / 25.4
    tile = Image.new("L", (round(50 * mm), round(35 * mm)))
    draw = ImageDraw.Draw(tile)
    pen = round(0.3 * mm)
    draw.rectangle((0, 0, tile.width - 1, tile.height - 1), outline=255, width=pen)
    point = dpi * _OVERSAMPLE / 72
    for index, line in enumerate(agency):
        _centre(draw, line, tile.width / 2, (3 + 3.6 * index) * mm, Face.BOLD, 7.6 * point)
    for y in (9, 22.5):
        draw.line((0, y * mm, tile.width, y * mm), fill=255, width=pen)
    draw.line((17 * mm, 9 * mm, 17 * mm, 22.5 * mm), fill=255, width=pen)
    _centre(draw, "ĐẾN", 8.5 * mm, 15.7 * mm, Face.BOLD, 13 * point)
    for label, x, y in (("Số: ..................", 18.5, 14), ("Ngày: ...............", 18.5, 20.5),
                        ("Chuyển: .....................................", 2, 27.4),
                        ("Số và ký hiệu HS: ........................", 2, 33)):  # fmt: skip
        draw.text((x * mm, y * mm), label, 255, font(Face.REGULAR, 9 * point), anchor="ls")
    return _down(tile)


def incoming_pen(number: str, day: str, dpi: int, rng: np.random.Generator) -> Image.Image:
    """The clerk's number and date in the ĐẾN stamp, on a tile of the same size."""
    mm = dpi / 25.4
    tile = Image.new("L", (round(50 * mm), round(35 * mm)))
    for text, x, y in ((number, 26, 9.6), (day, 29, 16.2)):
        digits = digits_tile(text, 3.0 * mm, rng)
        tile.paste(digits, (round(x * mm), round(y * mm)), digits)
    return tile


def seal_tile(text: str, dpi: int) -> Image.Image:
    """A round seal of an invented agency: its name on the rim, a star, and the word MẪU (specimen)."""
    mm = dpi * _OVERSAMPLE / 25.4
    side = round(37 * mm)
    tile = Image.new("L", (side, side))
    draw = ImageDraw.Draw(tile)
    middle = side / 2
    for radius, pen in ((18.3, 0.75), (17.1, 0.25), (10.8, 0.35)):
        box = [middle - radius * mm, middle - radius * mm, middle + radius * mm, middle + radius * mm]
        draw.ellipse(box, outline=255, width=round(pen * mm))
    _star(draw, middle, 7.6 * mm)
    _on_arc(tile, text, 13.9 * mm, 3.3 * mm, math.radians(-90), upright=True)
    _on_arc(tile, "* MẪU *", 13.9 * mm, 3.3 * mm, math.radians(90), upright=False)
    return _down(tile)


def _star(draw: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius * (1 if corner % 2 == 0 else 0.382)
        angle = math.radians(-90 + 36 * corner)
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    draw.polygon(points, outline=255, fill=0, width=max(2, int(radius / 18)))


def _on_arc(
    tile: Image.Image, text: str, radius: float, size: float, centre_rad: float, *, upright: bool
) -> None:
    """Sets the text along a circle around the tile's middle, its own middle at ``centre_rad``."""
    cut = font(Face.BOLD, size)
    turn = 1 if upright else -1
    advances = [cut.getlength(character) * 1.08 for character in text]
    angle = centre_rad - turn * sum(advances) / radius / 2
    for character, advance in zip(text, advances, strict=True):
        angle += turn * advance / radius / 2
        glyph = Image.new("L", (int(size * 2), int(size * 2)))
        ImageDraw.Draw(glyph).text((size, size * 1.35), character, 255, cut, anchor="ms")
        lean = -math.degrees(angle) - 90 if upright else -math.degrees(angle) + 90
        glyph = glyph.rotate(lean, Image.Resampling.BICUBIC)
        x = tile.width / 2 + radius * math.cos(angle) - size
        y = tile.height / 2 + radius * math.sin(angle) - size
        tile.paste(255, (round(x), round(y)), glyph)
        angle += turn * advance / radius / 2


def _centre(draw: ImageDraw.ImageDraw, text: str, x: float, y: float, face: Face, size_px: float) -> None:
    """Centres capitals on a point; the middle of a capital is a third of its size above the baseline."""
    draw.text((x, y + size_px * 0.33), text, 255, font(face, size_px), anchor="ms")


def _down(tile: Image.Image) -> Image.Image:
    size = (tile.width // _OVERSAMPLE, tile.height // _OVERSAMPLE)
    return tile.resize(size, Image.Resampling.LANCZOS)
