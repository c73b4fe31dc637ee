"""Vietnamese spelling: one Unicode form, one tone placement, and how much of a text is capitals.

Normalised text is for extracted fields; the text layer keeps the spelling as printed
(Nghị định 30/2020 itself prints both ``HÒA`` and ``HOÀ``).
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ETH = str.maketrans("ÐðƉɖ", "ĐđĐđ")


def _toned(vowels: str) -> str:
    """Every vowel of ``vowels`` with each tone mark, both cases, for a character class."""
    return "".join(
        unicodedata.normalize("NFC", letter + tone) for letter in vowels + vowels.upper() for tone in _TONES
    )


_LETTER = r"[^\W\d_]"
_AFTER_QU = re.compile(rf"(?<=[qQ])([{_toned('u')}])([aăâeêiyoôơAĂÂEÊIYOÔƠ])")
_AFTER_GI = re.compile(rf"(?<=[gG])([{_toned('i')}])([aăâeêoôơuưAĂÂEÊOÔƠUƯ])")
_CLOSED = re.compile(rf"(?:([{_toned('o')}])([aeAE])|([{_toned('u')}])([yY]))(?={_LETTER})")
_OPEN = re.compile(
    rf"(?<![qQ])(?:([oO])([{_toned('ae')}])|([uU])([{_toned('y')}]))(?!{_LETTER})",
)


def nfc(text: str) -> str:
    """NFC, with Icelandic and African letters that look like ``Đ`` turned into ``Đ`` (U+0110)."""
    return unicodedata.normalize("NFC", text).translate(_ETH)


def _move(giver: str, taker: str) -> str:
    """Take the tone off the first vowel and put it on the second."""
    bare = unicodedata.normalize("NFD", giver)
    tone = "".join(mark for mark in bare if mark in _TONES)
    rest = "".join(mark for mark in bare if mark not in _TONES)
    return unicodedata.normalize("NFC", rest) + unicodedata.normalize("NFC", taker + tone)


def _forward(match: re.Match[str]) -> str:
    first, second = (group for group in match.groups() if group is not None)
    return _move(first, second)


def _backward(match: re.Match[str]) -> str:
    first, second = (group for group in match.groups() if group is not None)
    swapped = _move(second, first)
    return swapped[-1] + swapped[:-1]


def normalise(text: str) -> str:
    """NFC with the tone where most state texts put it: ``hòa``, ``thủy``, ``hoàn``, ``quý``, ``giá``.

    Idempotent; ``qu`` and ``gi`` count as consonants, so ``quý``, ``qua``, ``giá`` stay as they are.
    """
    text = nfc(text)
    for pattern, turn in ((_AFTER_QU, _forward), (_AFTER_GI, _forward), (_CLOSED, _forward)):
        text = pattern.sub(turn, text)
    return _OPEN.sub(_backward, text)


def is_upper(text: str, share: float = 0.8) -> bool:
    """Whether at least that share of the cased letters are capitals; False without letters."""
    cased = [sign for sign in text if sign.isalpha() and sign.lower() != sign.upper()]
    return bool(cased) and sum(sign.isupper() for sign in cased) >= share * len(cased)
