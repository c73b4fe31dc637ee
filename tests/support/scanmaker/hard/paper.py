"""Paper that disturbs its print: coloured, thin, with holes."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tests.support.scanmaker.hard.pixels import light_of, picture_of

_COLOURS = (
    (0.66, 0.83, 0.62),
    (0.62, 0.74, 0.88),
    (0.93, 0.66, 0.70),
    (0.93, 0.84, 0.46),
    (0.80, 0.68, 0.52),
)
_MM_PER_INCH = 25.4


def coloured(page: Image.Image, _: int, rng: np.random.Generator) -> Image.Image:
    """Green, blue, pink, yellow or brown paper."""
    colour = np.asarray(_COLOURS[rng.integers(len(_COLOURS))], dtype=np.float32)
    return picture_of(light_of(page) * colour)


def bleed_through(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """The print of the back shows through thin paper, mirrored, soft and a little off."""
    back = ImageOps.mirror(page).filter(ImageFilter.GaussianBlur(dpi / 200 * 1.3))
    shifted = Image.new("RGB", page.size, "white")
    shifted.paste(back, (int(rng.integers(-dpi // 4, dpi // 4)), int(rng.integers(-dpi // 4, dpi // 4))))
    depth = np.float32(rng.uniform(0.3, 0.5))
    return picture_of(light_of(page) * (1 - (1 - light_of(shifted)) * depth))


def punched(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """Two holes of 6 mm, 80 mm apart, through the beginnings of lines; the lid shows through them."""
    mm = dpi / _MM_PER_INCH
    result = page.copy()
    draw = ImageDraw.Draw(result)
    lid = int(rng.choice((20, 90, 200)))
    left, middle = rng.uniform(31, 38) * mm, page.height / 2 + rng.uniform(-4, 4) * mm
    for y in (middle - 40 * mm, middle + 40 * mm):
        draw.ellipse((left - 3 * mm, y - 3 * mm, left + 3 * mm, y + 3 * mm), (lid, lid, lid))
    return result


def negative(page: Image.Image, _: int, __: np.random.Generator) -> Image.Image:
    """White on black, as microfilms are scanned."""
    return ImageOps.invert(page.convert("RGB"))
