"""The text layer of a PDF page, and the text of a form's drawing."""

from __future__ import annotations

import ctypes
import unicodedata

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.page import Word
from ocr.source.legacy_encodings import Encoding, decoded, encoding_of
from ocr.source.pdf.opening import device_box

_SOFT_HYPHENS = str.maketrans({"\x02": "-", "\u00ad": "-"})
_LONGEST_NAME = 128
_LINE_ENDS = frozenset("\r\n")
_Corners = tuple[float, float, float, float]


def lines(page: pdfium.PdfPage, dpi: int) -> tuple[tuple[Word, ...], ...]:
    """Words of the page's content in the layer's order, boxes in pixels of the upright page.

    What annotations and form fields draw is not content and is not in it. Confidence is 1: the layer
    says so itself; whether it is to be believed is for ``ocr.source.text_layer``.
    """
    layer = page.get_textpage()
    try:
        return _grouped(page, layer, dpi)
    finally:
        layer.close()


def _grouped(page: pdfium.PdfPage, layer: pdfium.PdfTextPage, dpi: int) -> tuple[tuple[Word, ...], ...]:
    found: list[list[Word]] = [[]]
    letters: list[tuple[str, _Corners, int]] = []

    def end_word() -> None:
        if letters:
            found[-1].append(_word(page, layer, letters, dpi))
            letters.clear()

    for index in range(layer.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(layer, index)).translate(_SOFT_HYPHENS)
        if not character.isspace() and character != "\0":
            letters.append((character, layer.get_charbox(index, loose=True), index))
            continue
        end_word()
        if character in _LINE_ENDS and found[-1]:
            found.append([])
    end_word()
    return tuple(tuple(line) for line in found if line)


def _word(
    page: pdfium.PdfPage, layer: pdfium.PdfTextPage, letters: list[tuple[str, _Corners, int]], dpi: int
) -> Word:
    corners = [corner for _, corner, _ in letters]
    around = (
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[2] for c in corners),
        max(c[3] for c in corners),
    )
    text = "".join(character for character, _, _ in letters)
    old_font = encoding_of(_font(layer, letters[0][2])) is not Encoding.UNICODE
    if old_font or not text.isascii():
        text = decoded(text, [_font(layer, index) for _, _, index in letters])
    return Word(unicodedata.normalize("NFC", text), device_box(page, around, dpi), 1.0)


def _font(layer: pdfium.PdfTextPage, index: int) -> str:
    """The name of a character's font, empty where it has none."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(layer, index, name, _LONGEST_NAME, flags)
    return name.value.decode("utf-8", "replace")
