"""The text layer of a PDF page."""

from __future__ import annotations

import ctypes
import functools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.page import Box, Word
from ocr.source import hyphens
from ocr.source.legacy_encodings import Encoding, decoded, encoding_of
from ocr.source.pdf.opening import device_box

_LONGEST_NAME = 128
_LINE_ENDS = frozenset("\r\n")
_LAST_PLAIN = "\u02ff"  # no character up to it combines, and of those that show nothing only the soft hyphen
_PLAIN_HYPHENS = str.maketrans({"\u00ad": "-", hyphens.LINE_END: "-"})
_D_WITH_BAR = str.maketrans("ÐðƉɖ", "ĐđĐđ")  # Icelandic and African letters that look like it
# Letters that only Unicode has, and such as stand for them in the old encodings; some are in both.
_VIETNAMESE = frozenset("ăđĩũơưĂĐĨŨƠƯ") | frozenset(map(chr, range(0x1EA0, 0x1EFA)))
_LATIN_1 = frozenset(map(chr, range(0xA1, 0x100))) - frozenset("\u00adÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý")
_SAME_PLACE = 0.5
_Corners = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """The words of a layer in its order, line by line, and those of each of its fonts by the font's name.

    Boxes are in pixels of the upright page, words in NFC. A word's ``raw`` is what the layer has where that
    reads otherwise: in an old encoding, with a hyphen for ``ư``, with characters that show nothing.
    Confidence is 1: the layer says so itself; whether it is to be believed is for ``ocr.source.text_layer``.
    """

    lines: tuple[tuple[Word, ...], ...] = ()
    by_font: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def words(self) -> list[Word]:
        """All words, without their lines."""
        return [word for line in self.lines for word in line]


@dataclass(frozen=True, slots=True)
class _Written:
    """A word as the layer has it, as its font's encoding and the rest of it read, and its first font."""

    raw: str
    text: str
    font: str
    box: Box


def layer(page: pdfium.PdfPage, dpi: float) -> Layer:
    """The layer of the page's content; what annotations and form fields draw is not in it."""
    found = page.get_textpage()
    try:
        lines = [[_Letters(found, word) for word in line] for line in _lines(found)]
        mended = _already_unicode(word for line in lines for word in line)
        written = [[_written(page, word, mended, dpi) for word in line] for line in lines]
    finally:
        found.close()
    return _mended(written)


def _lines(layer: pdfium.PdfTextPage) -> Iterator[list[list[tuple[str, int]]]]:
    """Lines of words, each a list of characters with their places in the layer."""
    line: list[list[tuple[str, int]]] = []
    word: list[tuple[str, int]] = []
    for index in range(layer.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(layer, index))
        if (
            len(word) > 1
            and word[-1][0] == hyphens.LINE_END
            and (word[-2][0].islower() or character.islower())
        ):
            line.append(word)
            yield line
            line, word = [], []
        if not character.isspace() and character != "\0":
            word.append((character, index))
            continue
        if word:
            line.append(word)
            word = []
        if character in _LINE_ENDS and line:
            yield line
            line = []
    if word:
        line.append(word)
    if line:
        yield line


class _Letters:
    """A word's letters in an open layer."""

    def __init__(self, layer: pdfium.PdfTextPage, letters: Sequence[tuple[str, int]]) -> None:
        self._layer = layer
        self._places = [index for _, index in letters]
        self.text = "".join(letter for letter, _ in letters)
        self.font = _font(layer, self._places[0])

    @property
    def is_old(self) -> bool:
        """Whether its first font is one of before Unicode."""
        return encoding_of(self.font) is not Encoding.UNICODE

    def fonts(self) -> list[str]:
        """The name of each letter's font."""
        return [_font(self._layer, index) for index in self._places]

    def corners(self) -> _Corners:
        """Left, bottom, right and top of all of them, in the page's own space."""
        lefts, bottoms, rights, tops = zip(
            *(self._layer.get_charbox(index, loose=True) for index in self._places), strict=True
        )
        return min(lefts), min(bottoms), max(rights), max(tops)


def _already_unicode(words: Iterable[_Letters]) -> frozenset[str]:
    """Fonts of old encodings that tell their letters in Unicode nevertheless."""
    balance: Counter[str] = Counter()
    for word in words:
        if word.is_old:
            balance[word.font] += sum((c in _VIETNAMESE) - (c in _LATIN_1) for c in word.text)
    return frozenset(font for font, more in balance.items() if more > 0)


def _written(page: pdfium.PdfPage, word: _Letters, mended: frozenset[str], dpi: float) -> _Written:
    shown = word.text
    if not shown.isascii() or word.is_old:
        fonts = ["" if font in mended else font for font in word.fonts()]
        shown = "".join(filter(_is_shown, _whole(decoded(shown, fonts)))).translate(_D_WITH_BAR)
    return _Written(
        _whole(word.text),
        unicodedata.normalize("NFC", shown),
        word.font,
        device_box(page, word.corners(), dpi),
    )


def _whole(text: str) -> str:
    """The text with its pairs of surrogates as the characters that they are, lone ones as U+FFFD."""
    return (
        text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


@functools.cache
def _is_shown(character: str) -> bool:
    """Whether it is more than a sign to programs: no format character, no variation selector."""
    if character <= _LAST_PLAIN:
        return True
    return (
        unicodedata.category(character) != "Cf"
        and not "\ufe00" <= character <= "\ufe0f"
        and character != "\u034f"
    )


def _mended(written: Sequence[Sequence[_Written]]) -> Layer:
    every = [word for line in written for word in line]
    old = any(encoding_of(word.font) is Encoding.TCVN3 for word in every)
    texts = iter(hyphens.mended([word.text for word in every], old_font=old))
    by_font: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, list[Box]] = defaultdict(list)
    lines = []
    for line in written:
        kept = []
        for word, text in zip(line, islice(texts, len(line)), strict=True):
            if not text or _overlaps(word.box, seen[text]):
                continue
            seen[text].append(word.box)
            by_font[word.font].append(text)
            plain = unicodedata.normalize("NFC", word.raw).translate(_PLAIN_HYPHENS)
            kept.append(Word(text, word.box, 1.0, word.raw if plain != text else ""))
        if kept:
            lines.append(tuple(kept))
    return Layer(tuple(lines), dict(by_font))


def _overlaps(box: Box, others: Iterable[Box]) -> bool:
    """Whether a word was there before: what is drawn twice, or lies in two layers, is one word."""
    for other in others:
        wide = min(box.right, other.right) - max(box.x, other.x)
        high = min(box.bottom, other.bottom) - max(box.y, other.y)
        if wide > 0 and high > 0 and wide * high >= _SAME_PLACE * min(box.w * box.h, other.w * other.h):
            return True
    return False


def _font(layer: pdfium.PdfTextPage, index: int) -> str:
    """The name of a character's font, empty where it has none."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(layer, index, name, _LONGEST_NAME, flags)
    return name.value.decode("utf-8", "replace")
