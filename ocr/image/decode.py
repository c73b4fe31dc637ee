"""Pages of TIFF, JPEG and PNG files by Pillow, the only module that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFile, ImageOps

from ocr.errors import Unreadable
from ocr.image.raster import Gray, Pixels, Raster, Scan

_MIN_DPI, _MAX_DPI = 50, 2400
_READ_DPI = 300
_A4_LONG_SIDE_INCHES = 11.69
_A3_LONG_SIDE_INCHES = 16.6
_SCREEN_DPI = frozenset({72, 96})
_BITS = {"1": 1, "L": 8, "P": 8, "LA": 8, "PA": 8, "I": 16, "I;16": 16, "I;16B": 16, "I;16L": 16, "F": 16}

# Our own limit is checked before any pixel is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False


def check(path: Path, max_pages: int, max_page_pixels: int) -> int:
    """Page count; every page is decoded to its end. Raises ``Unreadable``."""
    with _opened(path) as image:
        count = 0
        while _seek(image, count):
            count += 1
            if count > max_pages:
                raise Unreadable("too_many_pages", f"more than {max_pages} pages")
            _load(image, count, max_page_pixels)
        return count


def rasterise(path: Path, number: int, max_page_pixels: int) -> Raster:
    """The page upright as its file says, alpha over white, at most 300 dpi."""
    with _opened(path) as image:
        if not _seek(image, number - 1):
            raise Unreadable("broken", f"page {number} is missing")
        _load(image, number, max_page_pixels)
        dpi = _dpi(image)
        scan = Scan(dpi, _BITS.get(image.mode, 24))
        picture = _rgb(ImageOps.exif_transpose(image))
        if dpi > _READ_DPI:
            ratio = _READ_DPI / dpi
            size = max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))
            picture = picture.resize(size, Image.Resampling.BOX if ratio < 0.5 else Image.Resampling.LANCZOS)
        return Raster(np.asarray(picture), min(_READ_DPI, max(1, round(dpi))), scan)


def resized(page: Gray, width: int, height: int) -> Gray:
    """The page at exactly that size, by bilinear interpolation over all pixels that fall together.

    Handwritten digits are read better so than with OpenCV's, which skips pixels.
    """
    return np.asarray(Image.fromarray(page).resize((width, height), Image.Resampling.BILINEAR))


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        image = Image.open(path, formats=("TIFF", "JPEG", "PNG"))
    except Exception as error:
        raise Unreadable("broken", f"cannot be opened ({type(error).__name__})") from error
    with image:
        yield image


def _seek(image: Image.Image, index: int) -> bool:
    """Go to the page; only TIFF has several (an animated PNG or a stereo JPEG is one page)."""
    if index and image.format != "TIFF":
        return False
    try:
        image.seek(index)
    except EOFError:
        return False
    except Exception as error:
        raise Unreadable("broken", f"page {index + 1} ({type(error).__name__})") from error
    return True


def _load(image: Image.Image, number: int, max_page_pixels: int) -> None:
    if image.width * image.height > max_page_pixels:
        raise Unreadable("page_too_large", f"page {number}: {image.width} x {image.height} pixels")
    try:
        image.load()
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable("broken", f"page {number} ({type(error).__name__})") from error


def _dpi(image: Image.Image) -> float:
    """Resolution the file states; where it states none that makes sense, that of an A4 page.

    72 and 96 are what programs write that know of no scanner: not believed of what would be larger than A3.
    """
    stated = image.info.get("dpi", (0, 0))
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    inches = max(image.size) / dpi if dpi > 0 else 0.0
    if _MIN_DPI <= dpi <= _MAX_DPI and not (round(dpi) in _SCREEN_DPI and inches > _A3_LONG_SIDE_INCHES):
        return dpi
    return max(_MIN_DPI, max(image.size) / _A4_LONG_SIDE_INCHES)


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode in {"I", "F"} or image.mode.startswith("I;"):
        return Image.fromarray(_eight_bits(np.asarray(image))).convert("RGB")
    if image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return image.convert("RGB")


def _eight_bits(values: np.ndarray[Any, Any]) -> Pixels:
    """Deep grey values scaled to 0..255 by the range that holds them (8, 12 or 16 bits)."""
    top = float(np.nanmax(values)) if values.size else 0.0
    full = next((limit for limit in (1.0, 255.0, 4095.0, 65535.0) if top <= limit), top)
    scaled: Pixels = np.clip(np.nan_to_num(values) / full * 255, 0, 255).astype(np.uint8)
    return scaled
