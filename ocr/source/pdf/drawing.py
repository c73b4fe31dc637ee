"""A PDF page drawn by PDFium, as pixels."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.image import transform
from ocr.image.raster import Pixels
from ocr.source.pdf.opening import POINTS_PER_INCH


def drawn(page: pdfium.PdfPage, dpi: float, *, fields: bool = False) -> Pixels:
    """The page on white with its annotations, and with its form fields where these are asked for.

    PDFium draws fields with coloured edges except over transparency.
    """
    scale = dpi / POINTS_PER_INCH
    if fields:
        over = {"force_bitmap_format": pdfium_c.FPDFBitmap_BGRA}
        return _rgb(page.render(scale=scale, rev_byteorder=True, **over))
    return _rgb(page.render(scale=scale, rev_byteorder=True, may_draw_forms=False))


def _rgb(bitmap: pdfium.PdfBitmap) -> Pixels:
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        gray: Pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
        return gray
    return transform.opaque(pixels)
