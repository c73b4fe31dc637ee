"""What is put beside the print: marks by pen, a picture of another page, a landscape table."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from tests.support.scanmaker.landscape import Layout, landscape
from tests.support.scanmaker.typeface import Face, font

_PENS = ((28, 52, 158), (180, 20, 30), (60, 60, 62))
_TABLES = (Layout.RULED_TABLE, Layout.OPEN_TABLE, Layout.CELLS)


def penned(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A reader's pen: underlining, ticks and brackets in the margin, rings around words."""
    result, mm = page.copy(), dpi / 25.4
    draw = ImageDraw.Draw(result)
    pen, wide = _PENS[rng.integers(len(_PENS))], max(2, round(0.45 * mm))
    for _ in range(4):
        x, y = rng.uniform(35, 120) * mm, rng.uniform(70, 250) * mm
        length = rng.uniform(20, 60) * mm
        draw.line((x, y, x + length / 2, y + 0.6 * mm, x + length, y - 0.3 * mm), pen, wide, joint="curve")
    for _ in range(3):
        x, y = rng.uniform(8, 24) * mm, rng.uniform(60, 250) * mm
        draw.line((x, y, x + 2 * mm, y + 4 * mm, x + 7 * mm, y - 5 * mm), pen, wide, joint="curve")
    for _ in range(2):
        x, y = rng.uniform(40, 130) * mm, rng.uniform(90, 240) * mm
        draw.ellipse((x, y, x + rng.uniform(14, 30) * mm, y + 8 * mm), outline=pen, width=wide)
    return result


def pictured(of: Image.Image, dpi: int) -> Image.Image:
    """A page that shows a picture of another page below a caption."""
    sheet = Image.new("RGB", of.size, "white")
    draw, mm = ImageDraw.Draw(sheet), dpi / 25.4
    cut = font(Face.BOLD, 14 * dpi / 72)
    draw.text((sheet.width / 2, 25 * mm), "PHỤ LỤC", (22, 22, 24), cut, anchor="ms")
    caption = font(Face.REGULAR, 13.5 * dpi / 72)
    draw.text((sheet.width / 2, 34 * mm), "Ảnh chụp văn bản đã gửi", (22, 22, 24), caption, anchor="ms")
    small = of.resize((round(of.width * 0.62), round(of.height * 0.62)), Image.Resampling.LANCZOS)
    place = (sheet.width - small.width) // 2, round(48 * mm)
    sheet.paste(small, place)
    edge = (place[0], place[1], place[0] + small.width, place[1] + small.height)
    draw.rectangle(edge, outline=(90, 90, 90), width=max(1, round(0.3 * mm)))
    return sheet


def table_aside(dpi: int, rng: np.random.Generator) -> Image.Image:
    """A landscape table on a sheet that lies upright among the others: turned by a quarter."""
    table = landscape(_TABLES[rng.integers(len(_TABLES))], dpi)
    return table.rotate(90 if rng.random() < 0.5 else 270, expand=True)
