"""What a word may stand for that was typed with ``đ``, hats or horns but no tone: ``đinh``, ``quyêt``."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product

from ocr.vietnamese.syllables import is_syllable, split_tone
from sohoa.domain.search.folding import fold_norm, fold_plain

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHAPES = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư"}
_VOWELS = frozenset("aeiouy")
_MOST_LETTERS = 7


def bears_tone(word: str) -> bool:
    """Whether a word in ``fold_norm`` has the mark of a tone."""
    return bool(split_tone(word)[1])


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[str, ...]:
    """The word (in ``fold_norm``), then the syllables that it may stand for, in the order of their letters.

    They differ from it in their tone; where it has ``đ`` and neither hat nor horn, in these as well. A word
    that bears a tone, or no mark at all, stands for itself, and so does what is no syllable.
    """
    plain = fold_plain(word)
    if word == plain or bears_tone(word) or len(word) > _MOST_LETTERS:
        return (word,)
    shaped = word.replace("đ", "d") != plain
    letters = [sign if shaped else _SHAPES.get(sign, sign) for sign in word]
    bare = map("".join, product(*letters))
    found = {toned for shape in bare for toned in _toned(shape)}
    return (word, *sorted(found - {word}))


def _toned(syllable: str) -> set[str]:
    """The syllable as it is and with each tone, as ``fold_norm`` places it."""
    at = next((n for n, sign in enumerate(syllable) if fold_plain(sign) in _VOWELS), None)
    if at is None:
        return set()
    spelled = (syllable[: at + 1] + tone + syllable[at + 1 :] for tone in ("", *_TONES))
    placed = (fold_norm(unicodedata.normalize("NFC", each)) for each in spelled)
    return {each for each in placed if is_syllable(each)}
