"""Readings that are no print: rules, specks, edges of seals, strokes of a pen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from ocr.page import Word
from ocr.vietnamese.syllables import is_syllable

_RULE = re.compile(r"^[_—–=~|¦\-.]{3,}$|^[_—|¦]+$")
_PUNCTUATION = frozenset("-–+*•.,:;/()\"'“”…%&")
_DOUBTFUL = 0.35
_HOPELESS = 0.12
_LINE_SURE = 0.45


def printed(line: Sequence[Word]) -> tuple[Word, ...]:
    """The line without the readings that are no print; empty where nothing of it is."""
    words = [word for word in line if not _is_rule(word)]
    if not words:
        return ()
    height = median(word.box.h for word in words)
    words = [word for word in words if not _is_speck(word, height)]
    if not any(_is_text(word) for word in words):
        return ()
    return tuple(words)


def _is_rule(word: Word) -> bool:
    flat = word.box.w > 12 * max(1, word.box.h) and len(word.text) <= 2
    return bool(_RULE.match(word.text)) or flat


def _is_speck(word: Word, line_height: float) -> bool:
    """A doubtful reading without letters or digits, or of a size that no print on this line has."""
    has_letters = any(c.isalnum() for c in word.text)
    odd = not has_letters and not set(word.text) <= _PUNCTUATION
    if odd or word.confidence < _HOPELESS:
        return not has_letters or len(word.text) == 1
    oversized = word.box.h > 2.5 * line_height
    return word.confidence < _DOUBTFUL and (not has_letters or oversized)


def _is_text(word: Word) -> bool:
    """Whether the word alone justifies its line."""
    letters = [c for c in word.text if c.isalnum()]
    if not letters:
        return False
    if word.confidence >= 0.8:
        return len(letters) > 1 or word.text[0].isdecimal() or word.confidence >= 0.9
    return word.confidence >= _LINE_SURE and len(letters) > 1 and is_syllable("".join(letters))
