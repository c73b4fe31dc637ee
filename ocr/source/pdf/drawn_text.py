"""Whether a page draws the words of its text layer, or lays them unseen over or under a picture of them."""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.image import inks, transform
from ocr.image.raster import Mask, Pixels, Raster
from ocr.page import Word
from ocr.source.pdf.opening import POINTS_PER_INCH
from ocr.source.pdf.text import Layer

_FORM_DEPTH = 8
_UNSEEN_MODES = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP})
_SEEN_SHARE = 0.9


def is_drawn(page: pdfium.PdfPage, layer: Layer, raster: Raster, page_dpi: float) -> bool:
    """Whether every word is drawn where it stands; ``raster`` is the page at ``page_dpi`` as it looks.

    No text may be unseen by its rendering mode. Where pictures make up the page, it is drawn again without
    them: each word must then leave ink of its own, and that ink must be on the page. The page is not to be
    drawn any more afterwards.
    """
    texts = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_TEXT,), max_depth=_FORM_DEPTH)
    if any(pdfium_c.FPDFTextObj_GetTextRenderMode(text) in _UNSEEN_MODES for text in texts):
        return False
    words = [word for word in layer.words if any(map(str.isalnum, word.text))]
    if raster.scan is None or not words:
        return True
    own, whole = inks.dark(_without_pictures(page, page_dpi)), inks.dark(raster.pixels)
    return all(_is_seen(word, own, whole) for word in words)


def _without_pictures(page: pdfium.PdfPage, page_dpi: float) -> Pixels:
    for picture in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=_FORM_DEPTH):
        pdfium_c.FPDFPageObj_SetIsActive(picture, False)
    bitmap = page.render(
        scale=page_dpi / POINTS_PER_INCH,
        may_draw_forms=False,
        draw_annots=False,
        rev_byteorder=True,
        force_bitmap_format=pdfium_c.FPDFBitmap_BGRx,
    )
    return transform.opaque(bitmap.to_numpy())


def _is_seen(word: Word, own: Mask, whole: Mask) -> bool:
    box = word.box
    place = slice(box.y, box.bottom), slice(box.x, box.right)
    ink = own[place]
    return bool(ink.any()) and int((ink & whole[place]).sum()) >= _SEEN_SHARE * int(ink.sum())
