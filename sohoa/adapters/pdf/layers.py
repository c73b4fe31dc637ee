"""Puts the invisible text of pages into a document, all in one shared font."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from ocr.page import Page
from sohoa.adapters.pdf import document
from sohoa.adapters.pdf.glyphless import glyphless_font
from sohoa.adapters.pdf.text_layer import ADVANCE, FONT_NAME, GlyphMap, layer

_ADVANCE = round(1000 * ADVANCE)
_BASE_FONT = Name("/SohoaText")


class TextLayers:
    """The text layers of one document; call ``finish`` once before it is written."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._glyphs = GlyphMap()
        self._font = pdf.make_indirect(Dictionary())

    def add(self, target: pikepdf.Page, page: Page) -> None:
        """Put the page's words below its content."""
        content = layer(page, document.frame(target.obj), self._glyphs)
        if content:
            document.resource(target, Name.Font, FONT_NAME, self._font)
            document.add_under(self._pdf, target, content)

    def finish(self) -> None:
        """Complete the font for the characters in use."""
        cids = len(self._glyphs) + 1
        to_gid = b"\0\0" + b"\0\1" * (cids - 1)
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=_BASE_FONT,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=self._descriptor(),
            DW=_ADVANCE,
            CIDToGIDMap=self._pdf.make_stream(to_gid),
        )
        self._font.Type = Name.Font
        self._font.Subtype = Name.Type0
        self._font.BaseFont = _BASE_FONT
        self._font.Encoding = Name("/Identity-H")
        self._font.DescendantFonts = Array([self._pdf.make_indirect(descendant)])
        self._font.ToUnicode = self._pdf.make_stream(self._glyphs.to_unicode())

    def _descriptor(self) -> Object:
        program = glyphless_font(_ADVANCE)
        file = self._pdf.make_stream(program)
        file.Length1 = len(program)
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=_BASE_FONT,
                Flags=4,
                FontBBox=Array([0, -200, _ADVANCE, 800]),
                ItalicAngle=0,
                Ascent=800,
                Descent=-200,
                CapHeight=800,
                StemV=80,
                FontFile2=file,
            )
        )
