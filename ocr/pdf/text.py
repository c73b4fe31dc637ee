"""The text layer of a PDF page, and the text of a form's drawing."""

from __future__ import annotations

import unicodedata

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.page import Word
from ocr.pdf.opening import device_box

_SOFT_HYPHENS = str.maketrans({"\x02": "-", "\u00ad": "-"})
_LINE_ENDS = frozenset("\r\n")
_Corners = tuple[float, float, float, float]


def lines(page: pdfium.PdfPage, dpi: int) -> tuple[tuple[Word, ...], ...]:
    """Words of the page's content in the layer's order, boxes in pixels of the upright page.

    What annotations and form fields draw is not content and is not in it. Confidence is 1: the layer
    says so itself; whether it is to be believed is for ``ocr.text_layer``.
    """
    layer = page.get_textpage()
    try:
        return _grouped(page, layer, dpi)
    finally:
        layer.close()


def _grouped(page: pdfium.PdfPage, layer: pdfium.PdfTextPage, dpi: int) -> tuple[tuple[Word, ...], ...]:
    found: list[list[Word]] = [[]]
    letters: list[tuple[str, _Corners]] = []

    def end_word() -> None:
        if letters:
            found[-1].append(_word(page, letters, dpi))
            letters.clear()

    for index in range(layer.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(layer, index)).translate(_SOFT_HYPHENS)
        if not character.isspace() and character != "\0":
            letters.append((character, layer.get_charbox(index, loose=True)))
            continue
        end_word()
        if character in _LINE_ENDS and found[-1]:
            found.append([])
    end_word()
    return tuple(tuple(line) for line in found if line)


def _word(page: pdfium.PdfPage, letters: list[tuple[str, _Corners]], dpi: int) -> Word:
    corners = [corner for _, corner in letters]
    around = (
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[2] for c in corners),
        max(c[3] for c in corners),
    )
    text = unicodedata.normalize("NFC", "".join(character for character, _ in letters))
    return Word(text, device_box(page, around, dpi), 1.0)
