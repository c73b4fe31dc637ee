"""Image files as PDF pages: their own compressed bytes where PDF/A takes them, else the same pixels."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import img2pdf  # type: ignore[import-untyped]  # ships no types
import numpy as np
from PIL import Image, ImageOps

from ocr.errors import Unreadable
from ocr.image import decode
from ocr.page import Page
from sohoa.adapters.pdf.render import Pixels

_MIN_DPI, _MAX_DPI = 50.0, 2400.0
_MIN_SIDE, _MAX_SIDE = 3.0, 14400.0
_MIRRORED = (2, 4, 5, 7)
_TURNED = (5, 6, 7, 8)
_ORIENTATION = 0x0112
_PLAIN_MODES = ("1", "L", "RGB")
_SIZE_TOLERANCE = 0.02
_LOSSLESS_MAX_BYTES = 400_000
_JPEG_QUALITY = 90

Size = tuple[float, float]


class BrokenImage(Exception):
    """The image file cannot be decoded."""


def image_pdf(path: Path, pages: Sequence[Page], notes: list[str]) -> bytes:
    """A PDF with one page a frame, in natural size; raises ``BrokenImage``.

    The file's bytes go in unchanged where that is possible; ``notes`` says where they could not.
    """
    try:
        with decode.opened(path) as image:
            sizes, shown, kept, direct = list[Size](), list[Size](), list[int](), True
            for number, index in enumerate(decode.frames(image)):
                sizes.append(_stored_size(image, pages[number] if number < len(pages) else None))
                shown.append(sizes[-1][::-1] if _is_on_side(image) else sizes[-1])
                kept.append(index)
                direct = direct and _is_plain(image)
            stored = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if direct and len(kept) == stored:
                return _written(path.read_bytes(), sizes)
            pictures = [_normalised(image, index, notes) for index in kept]
            return _written(pictures, shown, upright=True)
    except (Unreadable, OSError, SyntaxError, ValueError, EOFError, img2pdf.ImageOpenError) as error:
        raise BrokenImage(type(error).__name__) from error


def plain_image_pdf(path: Path, pages: Sequence[Page], notes: list[str]) -> bytes:
    """Like ``image_pdf`` for a file whose bytes PDF/A refuses: pixels only, no colour profile."""
    try:
        with decode.opened(path) as image:
            sizes, pictures = [], []
            for number, index in enumerate(decode.frames(image)):
                size = _stored_size(image, pages[number] if number < len(pages) else None)
                sizes.append(size[::-1] if _is_on_side(image) else size)
                pictures.append(_normalised(image, index, notes))
            return _written(pictures, sizes, upright=True)
    except (Unreadable, OSError, SyntaxError, ValueError, EOFError) as error:
        raise BrokenImage(type(error).__name__) from error


def pixels_pdf(pixels: Pixels, size: Size) -> bytes:
    """One page of drawn pixels of that size in points: lossless, or JPEG where that is much smaller."""
    grey = bool((pixels == pixels[..., :1]).all())
    picture = Image.fromarray(np.ascontiguousarray(pixels[..., 0]) if grey else pixels)
    data = _png(picture)
    if len(data) > _LOSSLESS_MAX_BYTES:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True)
        data = min(data, stream.getvalue(), key=len)
    return _written([data], [size], upright=True)


def _is_plain(image: Image.Image) -> bool:
    """Whether PDF/A takes the frame's own bytes: no alpha, no CMYK, no mirrored orientation, no turned TIFF.

    Of a turned TIFF Pillow, and img2pdf after it, tells the sides as shown, not as its bytes have them.
    """
    turned = image.getexif().get(_ORIENTATION, 1)
    if turned in _MIRRORED or (image.format == "TIFF" and turned != 1):
        return False
    if "transparency" in image.info:
        return False
    return image.mode in _PLAIN_MODES or (image.mode == "P" and image.format != "TIFF")


def _normalised(image: Image.Image, index: int, notes: list[str]) -> bytes:
    """The frame upright as PNG: alpha over white, other colour spaces as RGB."""
    image.seek(index)
    image.load()  # turns a TIFF, which says until then that it must be turned
    picture = ImageOps.exif_transpose(image)
    if picture.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
        notes.append(f"page {index + 1}: transparency flattened over white")
    elif picture.mode in ("I", "F") or picture.mode.startswith("I;"):
        picture = Image.fromarray(_eight_bits(np.asarray(picture)))
        notes.append(f"page {index + 1}: depth reduced to 8 bits")
    elif picture.mode not in _PLAIN_MODES:
        if picture.mode != "P":
            notes.append(f"page {index + 1}: colours converted from {picture.mode} to RGB")
        picture = picture.convert("RGB")
    return _png(picture)


def _eight_bits(values: np.ndarray[Any, Any]) -> Pixels:
    top = max(float(np.nanmax(values)), 1e-9)
    full = next((limit for limit in (1.0, 255.0, 4095.0, 65535.0) if top <= limit), top)
    scaled: Pixels = np.clip(np.nan_to_num(values) / full * 255, 0, 255).astype(np.uint8)
    return scaled


def _png(picture: Image.Image) -> bytes:
    picture.info.pop("icc_profile", None)
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def _written(images: bytes | list[bytes], sizes: Sequence[Size], *, upright: bool = False) -> bytes:
    rotation = img2pdf.Rotation.none if upright else img2pdf.Rotation.ifvalid
    result: bytes = img2pdf.convert(
        images,
        layout_fun=_layout(iter(sizes)),
        rotation=rotation,
        engine=img2pdf.Engine.pikepdf,
        nodate=True,
        producer="",
        first_frame_only=False,
    )
    return result


def _layout(sizes: Iterator[Size]) -> Callable[..., tuple[float, float, float, float]]:
    """img2pdf asks once a frame, in order; PDF/A-2 limits the sides of a page (ISO 19005-2, 6.1.13)."""

    def place(_width_px: int, _height_px: int, _dpi: object) -> tuple[float, float, float, float]:
        size = next(sizes)
        scale = min(1.0, _MAX_SIDE / max(size))
        width, height = (side * scale for side in size)
        return max(_MIN_SIDE, width), max(_MIN_SIDE, height), width, height

    return place


def _stored_size(image: Image.Image, page: Page | None) -> Size:
    """Size in points before the file's own orientation is applied.

    What the file says of its resolution, unless it says nothing sensible or the page was read in another
    size: then as it was read.
    """
    stated = _stated_size(image)
    if page is None:
        return stated or (image.width * 72 / 300, image.height * 72 / 300)
    read = page.width_px * 72 / page.dpi, page.height_px * 72 / page.dpi
    if _is_on_side(image):
        read = read[1], read[0]
    if stated and all(abs(a - b) <= _SIZE_TOLERANCE * b for a, b in zip(stated, read, strict=True)):
        return stated
    return read


def _is_on_side(image: Image.Image) -> bool:
    """Whether the frame's sides, as Pillow tells them, are not those that are shown."""
    return image.format != "TIFF" and image.getexif().get(_ORIENTATION, 1) in _TURNED


def _stated_size(image: Image.Image) -> Size | None:
    try:
        horizontal, vertical = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not (_MIN_DPI <= horizontal <= _MAX_DPI and _MIN_DPI <= vertical <= _MAX_DPI):
        return None
    return image.width * 72 / horizontal, image.height * 72 / vertical
