"""The printed name below the last post, read by the reader of handwriting, too.

It drops marks, and now and then a vowel with one below, but it seldom makes the engine's mistakes: letters
that both see are surer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ocr.handwriting.digits import SignReader, line_text
from ocr.image import line_picture
from ocr.image.line_picture import Upright
from ocr.page import Line, Word
from ocr.recognition.lost_names import name_rows
from ocr.vietnamese.folding import letters

_SURE = 0.95
_MARGINS = (0.3, 0.6)  # above and below, left and right, in heights of the print
_BELOW = "\u0323"  # the mark of ``ạ``


def confirmed(
    lines: Sequence[Line], page: Upright, open_reader: Callable[[], SignReader]
) -> tuple[Line, ...]:
    """The lines, words of a doubtful name surer where both readers see the same letters."""
    height, width = page.pixels.shape
    rows = name_rows(lines, page.dpi, height, width)
    doubtful = (row for row in rows if min(word.confidence for word in row) < _SURE)
    surer = {word: twice for row in doubtful for word, twice in _seen_twice(row, page, open_reader())}
    return tuple(replace(line, words=tuple(surer.get(word, word) for word in line.words)) for line in lines)


def _seen_twice(row: Sequence[Word], page: Upright, reader: SignReader) -> Iterator[tuple[Word, Word]]:
    """Each word beside itself with the trust of both readers; none where they see other letters."""
    text, share = line_text(reader.signs(line_picture.cut(row, page, *_MARGINS).pixels))
    if re.fullmatch("".join(_sign(sign) for word in row for sign in word.text), letters(text)):
        yield from ((word, replace(word, confidence=1 - (1 - word.confidence) * (1 - share))) for word in row)


def _sign(sign: str) -> str:
    """The pattern of what the reader sees of it: nothing, maybe, where it bears the mark below."""
    seen = re.escape(letters(sign))
    return f"{seen}?" if _BELOW in unicodedata.normalize("NFD", sign) else seen
