"""Capitals of a name's words by their place in it: short forms, kinds of bodies, places and schools."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.vietnamese.folding import fold
from ocr.vietnamese.syllables import is_syllable
from sohoa.domain.extract.capitals import LOWER, OFFICES, PLACES, SCHOOLS, SHORT_FORMS

_LONGEST_PLACE = 5  # words, a dash among them
_ROMAN = re.compile(r"^(?=[IVX]{2}|[IVX]$)X{0,3}(?:IX|IV|V?I{0,3})$")
_NUMBERED = frozenset({"số", "vực", "vùng", "khu", "khóa", "lần", "đợt", "gia"})
_PLAIN = re.compile(r"^[\W\d_]+$")
_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name; ``settled`` words are spelled by a list, the others are as they were read."""

    text: str
    settled: bool = False
    vouched: bool = False


def ruled(words: Sequence[NameWord], index: int) -> NameWord:
    """The word at that place by rule; ``vouched`` where the rule leaves no other spelling."""
    word = words[index]
    small = word.text.lower()
    if word.settled or _PLAIN.match(word.text):
        return NameWord(word.text, vouched=True)
    if is_short_form(word.text) or (index and _ROMAN.match(word.text) and _numbers(words[index - 1], small)):
        return NameWord(word.text, vouched=True)
    if small in ("tp.", "tp", "tx.", "tt."):
        return NameWord(small.upper(), vouched=True)
    sure = all(map(is_syllable, re.findall(r"[^\W\d_]+", small)))
    if index == 0 or _begins_office(words, index):
        return NameWord(capitalised(small), vouched=sure)
    if _is_small(words, index):
        return NameWord(small, vouched=True)
    if _in_name(words, index) or _names_a_school(words, index):
        return NameWord(capitalised(small), vouched=sure and words[index - 1].text.lower() != "đoàn")
    if len(words) > 2 and _ends_in_a_name(words, index):
        return NameWord(capitalised(small))
    return NameWord(capitalised(small) if _follows_office(words, index) else small)


def is_short_form(word: str) -> bool:
    """Whether it is an abbreviation: a listed one, or of parts without a vowel."""
    parts = re.split(r"[&.\-–/]", word)
    return word in SHORT_FORMS or all(part and not _VOWEL.search(fold(part)) for part in parts)


def _numbers(before: NameWord, small: str) -> bool:
    return before.text.lower() in _NUMBERED or len(small) > 1


def _is_small(words: Sequence[NameWord], index: int) -> bool:
    """Whether it is one of the words that stay small, alone or with the one beside it."""
    small = [word.text.lower() for word in words]
    pairs = (small[index - 1 : index + 1], small[index : index + 2])
    return small[index] in LOWER or any(" ".join(pair) in LOWER for pair in pairs)


def _in_name(words: Sequence[NameWord], index: int) -> bool:
    """Whether it belongs to the name of a place or school that is begun before."""
    small = [word.text.lower() for word in words]
    for start in range(index - 1, max(-1, index - 1 - _LONGEST_PLACE), -1):
        for size in (4, 3, 2, 1):
            before = " ".join(small[max(0, start + 1 - size) : start + 1])
            if before in PLACES or before in SCHOOLS:
                return True
        if words[start].settled and not words[start].text[0].isupper():
            return False
        if small[start] in OFFICES:
            return False
    return False


def _begins_office(words: Sequence[NameWord], index: int) -> bool:
    """Whether it is the first word of an office before a name that a list has: ``Giám đốc Sở Nội vụ``."""
    after = words[index + 1 : index + 2]
    return words[index].text.lower() in OFFICES and any(
        word.settled and word.text[0].isupper() for word in after
    )


def _names_a_school(words: Sequence[NameWord], index: int) -> bool:
    """Whether it is the word ``Trường`` before the kind of school."""
    after = [word.text.lower() for word in words[index + 1 : index + 3]]
    kinds = (" ".join(after), *after[:1])
    return words[index].text.lower() == "trường" and any(
        kind in SCHOOLS or kind == "đại học" for kind in kinds
    )


def _ends_in_a_name(words: Sequence[NameWord], index: int) -> bool:
    """Whether it is one of two words that are left after a field of a list: ``Sở Y tế Sông Lam``."""
    left = words[-2:]
    return (
        index >= len(words) - 2
        and (words[-3].settled or is_short_form(words[-3].text))
        and not any(word.settled for word in left)
    )


def _follows_office(words: Sequence[NameWord], index: int) -> bool:
    small = [word.text.lower() for word in words[:index]]
    return any(" ".join(small[-size:]) in OFFICES for size in (1, 2))


def capitalised(word: str) -> str:
    """The word with its first letter large."""
    return word[:1].upper() + word[1:].lower()
