"""The text layer's content stream and its map back to Unicode."""

from __future__ import annotations

import io
import re
import unicodedata

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Box, Line, Page, Source, Word
from sohoa.adapters.pdf.geometry import Frame
from sohoa.adapters.pdf.glyphless import glyphless_font
from sohoa.adapters.pdf.text_layer import GlyphMap, layer

_FRAME = Frame(0, 0, 595, 842)
_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)


_NO_SPACE = {code: None for code in range(0x110000) if chr(code).isspace()}


def _decoded(content: bytes, cmap: bytes) -> str:
    table = {
        cid: bytes.fromhex(code).decode("utf-16-be")
        for cid, code in re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", cmap.decode(), re.M)
    }
    shown = "".join(re.findall(r"<([0-9A-F]+)> Tj", content.decode()))
    return "".join(table[shown[i : i + 4]] for i in range(0, len(shown), 4) if shown[i : i + 4] in table)


@given(st.lists(_TEXT, min_size=1, max_size=5))
def test_every_character_comes_back(texts: list[str]) -> None:
    """The map turns the shown codes into the words again, spaces between them included."""
    glyphs = GlyphMap()
    words = [Word(text, Box(10 + 50 * n, 10, 40, 20), 0.9) for n, text in enumerate(texts)]
    content = layer(Page(1, 600, 800, 72, Source.OCR, (Line(tuple(words)),)), _FRAME, glyphs)
    found = "".join(_decoded(content, glyphs.to_unicode()).split())
    assert found == "".join(unicodedata.normalize("NFC", text) for text in texts).translate(_NO_SPACE)


def test_nothing_is_visible() -> None:
    """The only rendering mode is 3, set before any text, and the state is restored."""
    page = Page(1, 600, 800, 72, Source.OCR, (Line((Word("a", Box(1, 1, 9, 9), 1.0),)),))
    content = layer(page, _FRAME, GlyphMap()).decode()
    assert content.startswith("q ")
    assert content.endswith("ET Q\n")
    assert re.findall(r"(\d) Tr", content) == ["3"]
    assert content.index("3 Tr") < content.index("Tj")


def test_a_page_without_words_has_no_layer() -> None:
    """Blank pages and empty words give no content."""
    empty = Line((Word("\u0007", Box(1, 1, 9, 9), 1.0), Word("a", Box(1, 1, 0, 9), 1.0)))
    assert layer(Page(1, 600, 800, 72, Source.BLANK), _FRAME, GlyphMap()) == b""
    assert layer(Page(1, 600, 800, 72, Source.OCR, (empty,)), _FRAME, GlyphMap()) == b""


def test_the_font_draws_nothing_and_is_always_the_same() -> None:
    """Two empty glyphs as wide as stated; the same bytes on every day."""
    program = glyphless_font(500)
    font = TTFont(io.BytesIO(program))
    assert font.getGlyphOrder() == [".notdef", "blank"]
    assert all(font["glyf"][name].numberOfContours == 0 for name in font.getGlyphOrder())
    assert {font["hmtx"][name] for name in font.getGlyphOrder()} == {(500, 0)}
    glyphless_font.cache_clear()
    assert glyphless_font(500) == program
