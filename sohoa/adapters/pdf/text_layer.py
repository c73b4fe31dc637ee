"""The invisible text layer: content streams in text rendering mode 3 and their ToUnicode map.

A character is a CID of its own and has no outline; every advance is half the font size, and horizontal
scaling fits each word to its box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ocr.page import Box, Line, Page
from sohoa.adapters.pdf.geometry import Frame, number

FONT_NAME = "/SohoaText"
ADVANCE = 0.5
_DESCENT = 0.2
_MAX_RANGES = 100


class GlyphMap:
    """CIDs of the characters in use; 0 stays .notdef and is never shown."""

    def __init__(self) -> None:
        self._cids: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._cids)

    def encode(self, text: str) -> str:
        """The text as hexadecimal two-byte CIDs."""
        return "".join(f"{self._cids.setdefault(char, len(self._cids) + 1):04X}" for char in text)

    def to_unicode(self) -> bytes:
        """The ToUnicode CMap (ISO 32000-1, 9.10.3)."""
        codes = ((cid, char.encode("utf-16-be").hex().upper()) for char, cid in self._cids.items())
        pairs = [f"<{cid:04X}> <{code}>" for cid, code in codes]
        parts = [pairs[start : start + _MAX_RANGES] for start in range(0, len(pairs), _MAX_RANGES)]
        chars = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in parts)
        return _CMAP.format(chars=chars).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{chars}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def layer(page: Page, frame: Frame, glyphs: GlyphMap) -> bytes:
    """The content stream of one page's words, in reading order; empty for a page without words.

    On a page that lies on its side or upside down the words lie so, too.
    """
    frame = replace(frame, rotation=(frame.rotation - page.turned_deg) % 360)
    page = page.upright
    width, height = frame.shown_size
    scale = width / page.width_px, height / page.height_px
    lines = [ops for line in page.lines if (ops := _line(line, page.height_px, scale, glyphs))]
    if not lines:
        return b""
    matrix = " ".join(number(value) for value in frame.matrix)
    return f"q {matrix} cm BT 3 Tr\n{''.join(lines)}ET Q\n".encode("ascii")


def _line(line: Line, page_height_px: int, scale: tuple[float, float], glyphs: GlyphMap) -> str:
    words = [(text, word.box) for word in line.words if (text := _shown(word.text)) and word.box.w > 0]
    if not words:
        return ""
    box = Box.around(box for _, box in words)
    size = max(box.h, 1) * scale[1]
    baseline = (page_height_px - box.bottom) * scale[1] + _DESCENT * size
    start = words[0][1].x * scale[0]
    head = f"{FONT_NAME} {number(size)} Tf 1 0 0 1 {number(start)} {number(baseline)} Tm\n"
    shown = (_word(index, words, size, baseline, scale[0], glyphs) for index in range(len(words)))
    return head + "".join(shown)


def _word(
    index: int,
    words: Sequence[tuple[str, Box]],
    size: float,
    baseline: float,
    x_scale: float,
    glyphs: GlyphMap,
) -> str:
    """One word stretched to its box, then a space stretched to the next word."""
    text, box = words[index]
    place = f"1 0 0 1 {number(box.x * x_scale)} {number(baseline)} Tm "
    shown = _stretched(text, box.w * x_scale, size, glyphs)
    if index + 1 == len(words):
        return place + shown
    gap = (words[index + 1][1].x - box.right) * x_scale
    return place + shown + _stretched(" ", max(gap, 0.05 * size), size, glyphs)


def _stretched(text: str, width: float, size: float, glyphs: GlyphMap) -> str:
    percent = 100 * width / (ADVANCE * size * len(text))
    return f"{number(max(percent, 0.01))} Tz <{glyphs.encode(text)}> Tj\n"


def _shown(text: str) -> str:
    """NFC without control characters and lone surrogates, which no ToUnicode map can hold."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if unicodedata.category(char) not in ("Cc", "Cs"))
