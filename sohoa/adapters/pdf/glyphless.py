"""A TrueType font whose only glyph draws nothing: what the invisible text layer is set in."""

from __future__ import annotations

import io
from functools import cache

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]  # ships no types

UNITS = 1000
_EPOCH = 3_786_912_000  # 2024-01-01 in seconds since 1904


@cache
def glyphless_font(advance: int) -> bytes:
    """The font program; both glyphs (.notdef and the empty one) are ``advance`` units of 1000 wide."""
    builder = FontBuilder(UNITS, isTTF=True)
    names = [".notdef", "blank"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupGlyf({name: Glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (advance, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupNameTable({"familyName": "SohoaText", "styleName": "Regular", "psName": "SohoaText"})
    builder.setupPost()
    builder.updateHead(created=_EPOCH, modified=_EPOCH)
    builder.font.recalcTimestamp = False
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()
