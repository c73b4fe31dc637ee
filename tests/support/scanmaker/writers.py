"""Files as scanning shops deliver them: PDF of JPEG pages, multi-page TIFF, JPEG, PNG.

Every writer gives the same bytes for the same pages: no clock, no random id.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import img2pdf  # type: ignore[import-untyped]  # the library has no types
import pikepdf
from PIL import Image

_QUALITY = 62


def as_jpeg(image: Image.Image, dpi: int, quality: int = _QUALITY) -> bytes:
    """One page as a baseline JPEG with its resolution."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, dpi=(dpi, dpi))
    return buffer.getvalue()


def as_png(image: Image.Image, dpi: int) -> bytes:
    """One page as a PNG with its resolution."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(dpi, dpi), optimize=True)
    return buffer.getvalue()


def as_tiff(images: Sequence[Image.Image], dpi: int, quality: int = _QUALITY) -> bytes:
    """All pages in one TIFF, compressed as JPEG."""
    buffer = io.BytesIO()
    first, *rest = [image.convert("YCbCr") for image in images]
    first.save(
        buffer, "TIFF", save_all=True, append_images=rest, compression="jpeg", quality=quality, dpi=(dpi, dpi)
    )
    return buffer.getvalue()


def as_pdf(images: Sequence[Image.Image], dpi: int, quality: int = _QUALITY) -> bytes:
    """The pages as JPEG streams in a PDF at their physical size, without any text."""
    return _joined([as_jpeg(image, dpi, quality) for image in images])


def as_bilevel_pdf(images: Sequence[Image.Image], dpi: int, threshold: int = 150) -> bytes:
    """The pages in black and white, as office scanners save them; ``threshold`` is a grey level."""
    plain = [image.convert("L").point(lambda level: 255 * (level > threshold)) for image in images]
    return _joined([as_png(image.convert("1"), dpi) for image in plain])


def _joined(pages: Sequence[bytes]) -> bytes:
    out: bytes = img2pdf.convert(pages, engine=img2pdf.Engine.internal, nodate=True, producer="", creator="")
    return out


def encrypted(pdf: bytes, password: str) -> bytes:
    """The PDF behind a user password: revision 3 without random bytes, so that it stays the same."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            buffer,
            static_id=True,
            encryption=pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False),
        )
    return buffer.getvalue()


def truncated(data: bytes, share: float) -> bytes:
    """The first part of a file: an upload that broke off."""
    return data[: int(len(data) * share)]
