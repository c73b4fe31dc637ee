"""Pages of TIFF, JPEG and PNG files by Pillow, the only module that uses it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageFile, ImageOps

from ocr.errors import Unreadable
from ocr.image import resolution
from ocr.image.raster import Gray, Pixels, Raster, Scan

_FORMATS = ("TIFF", "JPEG", "PNG")
_READ_DPI = 300
_REDUCED, _SAME_SHAPE = 1, 0.05
_ON_SIDE = frozenset({5, 6, 7, 8})  # orientations of EXIF that change width and height
_BITS = {"1": 1, "L": 8, "P": 8, "LA": 8, "PA": 8, "I": 16, "I;16": 16, "I;16B": 16, "I;16L": 16, "F": 16}

# Our own limit is checked before any pixel is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False


def check(path: Path, max_pages: int, max_page_pixels: int) -> int:
    """Page count; every page is decoded to its end. Raises ``Unreadable``."""
    with opened(path) as image:
        count = 0
        for _ in frames(image):
            count += 1
            if count > max_pages:
                raise Unreadable("too_many_pages", f"more than {max_pages} pages")
            _load(image, count, max_page_pixels)
        return count


def frames(image: Image.Image) -> Iterator[int]:
    """The frames that are pages, by their places in the file; the image stands at the one that was given.

    A TIFF may say that a frame is another one in a reduced resolution (NewSubfileType, TIFF 6.0): where it
    is that much smaller and of the same shape it is no page. Raises ``Unreadable``.
    """
    index, page = 0, (0, 0)
    while _seek(image, index):
        if not _is_thumbnail(image, page):
            page = image.size
            yield index
        index += 1


def _is_thumbnail(image: Image.Image, page: tuple[int, int]) -> bool:
    kind = getattr(image, "tag_v2", {}).get(ExifTags.Base.NewSubfileType, 0)
    if not (isinstance(kind, int) and kind & _REDUCED) or 2 * image.width > page[0]:
        return False
    return abs(image.height * page[0] / (image.width * page[1]) - 1) <= _SAME_SHAPE


def rasterise(path: Path, number: int, max_page_pixels: int) -> Raster:
    """The page upright as its file says, its pixels square, alpha over white, at most 300 dpi."""
    with opened(path) as image:
        if next(islice(frames(image), number - 1, None), None) is None:
            raise Unreadable("broken", f"page {number} is missing")
        _load(image, number, max_page_pixels)
        bits = _BITS.get(image.mode, 24)
        across, down = _stated(image)
        picture = _rgb(ImageOps.exif_transpose(image))
        dense = resolution.density(*picture.size, across, down, fax=bits == 1)
        wide, high = picture.width * max(1, 1 / dense), picture.height * max(1, dense)
        dpi = _dpi(picture, wide, high, max(across, down))
        ratio = min(1.0, _READ_DPI / dpi)
        size = max(1, round(wide * ratio)), max(1, round(high * ratio))
        scan = Scan(dpi * min(dense, 1 / dense), bits)
        return Raster(np.asarray(_sized(picture, size)), min(_READ_DPI, max(1, round(dpi))), scan)


def resized(page: Gray, width: int, height: int) -> Gray:
    """The page at exactly that size, by bilinear interpolation over all pixels that fall together.

    Handwritten digits are read better so than with OpenCV's, which skips pixels.
    """
    return np.asarray(Image.fromarray(page).resize((width, height), Image.Resampling.BILINEAR))


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """The image file, nothing of it decoded yet; raises ``Unreadable``.

    Not by its path: Pillow 13 would map a plain TIFF into memory with the sides that it has when turned.
    """
    with ExitStack() as stack:
        try:
            image = stack.enter_context(Image.open(stack.enter_context(path.open("rb")), formats=_FORMATS))
        except Exception as error:
            raise Unreadable("broken", f"cannot be opened ({type(error).__name__})") from error
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


def _stated(image: Image.Image) -> tuple[float, float]:
    """Dots per inch across and down the upright page as the file states them; 0 where it states none.

    Without a unit they tell the shape of the pixels only, and stay below every real resolution.
    """
    stated = image.info.get("dpi") or image.info.get("aspect") or image.info.get("resolution")
    if image.format == "JPEG" and image.info.get("jfif_unit") == 0:
        stated = image.info.get("jfif_density")
    try:
        across, down = (float(value) for value in stated or (0, 0))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    if not (math.isfinite(across) and math.isfinite(down)):
        return 0.0, 0.0
    return (down, across) if image.getexif().get(ExifTags.Base.Orientation) in _ON_SIDE else (across, down)


def _dpi(picture: Image.Image, wide: float, high: float, stated: float) -> float:
    """The resolution of a picture that is ``wide`` x ``high`` with square pixels."""
    if resolution.is_usual(wide, high, stated):
        return stated
    ratio = min(1.0, resolution.LOOKED_AT_PX / max(wide, high))
    looked_at = _sized(picture.convert("L"), (max(1, round(wide * ratio)), max(1, round(high * ratio))))
    letter = resolution.letter_height(np.asarray(looked_at)) * max(wide, high)
    return resolution.believed(wide, high, stated, letter)


def _sized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at that size: by the mean of the pixels that fall together where they are many."""
    if picture.size == size:
        return picture
    shrunk = min(size[0] / picture.width, size[1] / picture.height)
    return picture.resize(size, Image.Resampling.BOX if shrunk < 0.5 else Image.Resampling.LANCZOS)


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
