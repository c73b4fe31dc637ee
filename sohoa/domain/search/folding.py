"""Two length-preserving folds of NFC text, so that any search engine finds Vietnamese the same way.

``fold_norm`` lowers and puts the tone mark of every syllable where the present spelling has it
(``hòa`` and ``hoà``, ``thủy`` and ``thuỷ`` become equal); ``fold_plain`` also drops all marks and turns
``đ`` into ``d``. Both leave only letters, digits, combining marks that NFC could not compose, U+25A1 and
U+0020: engines with different tokenizers then split at spaces only. Every character becomes exactly one
character, so that an offset in a fold is the offset in the original. Where the input has no character
beyond the BMP (see ``indexable``) the lengths agree in UTF-16 units, too, which is what Elasticsearch counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

BEYOND_BMP = "□"
_NOT_BMP = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_LONGEST_KEPT, _MOST_KEPT = 24, 32_768
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLAIN_VOWELS = "aăâeêioôơuưy"
_SHAPED = frozenset("ăâêôơư")
_TO_SECOND = frozenset({"oa", "oe", "uy"})
_TONED = {
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone) for vowel in _PLAIN_VOWELS for tone in _TONES
}
_RUN = re.compile(rf"([qg]?)([{_PLAIN_VOWELS}{''.join(_TONED)}]{{2,}})(?=([^\W\d_])?)")
# Eth and African D are what some converters from legacy code pages leave in place of the Vietnamese letter.
_LOOKALIKES = {"ð": "đ", "ɖ": "đ"}


def _norm_char(char: str) -> str:
    if ord(char) > 0xFFFF:
        return BEYOND_BMP
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if char == BEYOND_BMP or category[0] == "M":
        return char
    if category[0] != "L":
        return " "
    # Only U+0130 grows when lowered; its first character is the letter itself.
    lowered = char.lower()[0]
    return _LOOKALIKES.get(lowered, lowered)


def _plain_char(char: str) -> str:
    char = _norm_char(char)
    if char == "đ":
        return "d"
    decomposed = unicodedata.normalize("NFD", char)
    base, rest = decomposed[0], decomposed[1:]
    if rest and unicodedata.category(base)[0] == "L" and all(unicodedata.combining(mark) for mark in rest):
        return base
    return char


class _Table(dict[int, str]):
    """A translation table that fills itself; at most one entry per character of Unicode."""

    def __init__(self, plain: bool) -> None:
        super().__init__()
        self._fold = _plain_char if plain else _norm_char

    def __missing__(self, code: int) -> str:
        self[code] = self._fold(chr(code))
        return self[code]


_NORM = _Table(plain=False)
_PLAIN = _Table(plain=True)


def _tone_position(vowels: str, onset: str, closed: bool) -> int:
    """Index of the vowel that bears the tone in the present spelling; ``vowels`` are without tones."""
    shaped = [index for index, vowel in enumerate(vowels) if vowel in _SHAPED]
    if shaped:
        return shaped[-1]
    start = int((onset, vowels[0]) in {("q", "u"), ("g", "i")})
    nucleus = vowels[start:]
    if len(nucleus) == 1:
        return start
    if len(nucleus) == 2:
        return start + int(closed or nucleus in _TO_SECOND)
    return start + len(nucleus) // 2


@lru_cache(maxsize=8192)
def _unify(onset: str, run: str, closed: bool) -> str:
    tones = [_TONED[char][1] for char in run if char in _TONED]
    if len(tones) != 1:
        return onset + run
    vowels = [_TONED[char][0] if char in _TONED else char for char in run]
    position = _tone_position("".join(vowels), onset, closed)
    vowels[position] = unicodedata.normalize("NFC", vowels[position] + tones[0])
    return onset + "".join(vowels)


def indexable(text: str) -> str:
    """NFC text of the BMP: what is indexed and displayed.

    Other characters, and halves of such that stand alone, become U+25A1.
    """
    return _NOT_BMP.sub(BEYOND_BMP, unicodedata.normalize("NFC", text))


class _Words(dict[str, str]):
    """Words already folded.

    Folding goes by characters and by runs of vowels, neither crosses a space: text folds word by word, and
    the words of Vietnamese are few.
    """

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, word: str) -> str:
        folded = self._fold(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = folded
        return folded


_NORM_WORDS = _Words(
    lambda word: _RUN.sub(lambda m: _unify(m[1], m[2], m[3] is not None), word.translate(_NORM))
)
_PLAIN_WORDS = _Words(lambda word: word.translate(_PLAIN))


def fold_norm(text: str) -> str:
    """Lower case, tone marks at their present place, everything but letters and digits a space."""
    return " ".join(map(_NORM_WORDS.__getitem__, text.split(" ")))


def fold_plain(text: str) -> str:
    """As ``fold_norm`` and without marks: ``Đường`` becomes ``duong``."""
    return " ".join(map(_PLAIN_WORDS.__getitem__, text.split(" ")))


def words(text: str) -> tuple[str, ...]:
    """The words of any text, composed and in ``fold_norm``."""
    return tuple(fold_norm(indexable(text)).split())
