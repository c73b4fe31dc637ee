"""Questions beside the one that was asked: a word in other tones or by one letter, a number by one digit.

They are only ever offered, never asked in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, product, zip_longest
from typing import TypeVar

from ocr.vietnamese.syllables import is_syllable, plain_spellings, split_tone
from sohoa.domain.search.folding import fold_norm, fold_plain
from sohoa.domain.search.query_tree import And, Filter, Node, Phrase, conjunction

T = TypeVar("T")
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_PLAIN_LETTERS = "abcdeghiklmnopqrstuvxy"
_DIGITS = "0123456789"
_VOWELS = frozenset("aeiouy")
_SHAPES = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LONGEST_WORD, _LONGEST_NUMBER = 7, 6
_OF_A_WORD, _MOST, _LONGEST = 100, 60, 8


def nearby(tree: Node | None) -> list[Node]:
    """At most 60 trees that differ from this one in one word or number, the likeliest slips first.

    None where the question has more than eight words, of which no single one decides.
    """
    operands = tree.operands if isinstance(tree, And) else () if tree is None else (tree,)
    if sum(len(each.words) if isinstance(each, Phrase) else 1 for each in operands) > _LONGEST:
        return []
    found = map(conjunction, _in_turn(tuple(operands), _changed))
    return list(islice((node for node in found if node is not None), _MOST))


def _in_turn(items: tuple[T, ...], changed: Callable[[T], Iterable[T]]) -> Iterator[tuple[T, ...]]:
    """The items with one of them changed: the first change of each, then the second of each, and so on."""

    def at(place: int) -> Iterator[tuple[T, ...]]:
        return ((*items[:place], other, *items[place + 1 :]) for other in changed(items[place]))

    each = chain.from_iterable(zip_longest(*map(at, range(len(items)))))
    return (one for one in each if one is not None)


def _changed(node: Node) -> Iterator[Node]:
    if isinstance(node, Filter) and node.name == "number":
        match = re.match(r"\d+", node.value, re.ASCII)
        for number in _numbers(match[0]) if match else ():
            yield replace(node, value=number + node.value[len(match[0] if match else "") :])
    elif isinstance(node, Phrase):
        yield from map(Phrase, _in_turn(node.words, _others))


@lru_cache(maxsize=1024)
def _others(word: str) -> tuple[str, ...]:
    """Words in ``fold_norm`` that may have been meant."""
    if word.isdecimal():
        return tuple(_numbers(word))
    if not 2 <= len(word) <= _LONGEST_WORD or not _VOWELS & set(fold_plain(word)):
        return ()
    found = _plain(word) if word == fold_plain(word) else (*_other_marks(word), *_other_letters(word))
    return tuple(islice((other for other in dict.fromkeys(found) if other != word), _OF_A_WORD))


def _numbers(digits: str) -> Iterator[str]:
    """Two digits in each other's place, then one digit another, one too few, one too many."""
    if len(digits) <= _LONGEST_NUMBER:
        found = [each for each in _edits(digits, _DIGITS) if not each.startswith("0")]
        yield from (each for each in dict.fromkeys(found) if each and each != digits)


def _other_marks(word: str) -> Iterator[str]:
    """The same letters in other tones, then with other hats, horns and strokes."""
    bare, _ = split_tone(word)
    plain = fold_plain(word)
    shapes = ("".join(shape) for shape in product(*(_SHAPES.get(letter, letter) for letter in plain)))
    for shape in (bare, *shapes):
        yield from _toned(shape)


def _other_letters(word: str) -> Iterator[str]:
    """One letter another, missing, too many, or two in each other's place; the tone stays."""
    bare, tone = split_tone(word)
    sign = next((each for each in _TONES if split_tone(f"a{each}")[1] == tone), "")
    for edited in _edits(bare, _LETTERS):
        yield from _toned(edited, (sign,))


def _plain(word: str) -> Iterator[str]:
    known = plain_spellings()
    return (edited for edited in _edits(word, _PLAIN_LETTERS) if edited in known)


def _edits(text: str, signs: str) -> Iterator[str]:
    cuts = range(len(text))
    yield from (text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in cuts[:-1])
    yield from (text[:n] + sign + text[n + 1 :] for n in cuts for sign in signs)
    yield from (text[:n] + text[n + 1 :] for n in cuts)
    yield from (text[:n] + sign + text[n:] for n in (*cuts, len(text)) for sign in signs)


def _toned(bare: str, tones: tuple[str, ...] = _TONES) -> Iterator[str]:
    """The syllables of these letters, as ``fold_norm`` spells them."""
    at = next((n for n, sign in enumerate(bare) if fold_plain(sign) in _VOWELS), None)
    for tone in tones if at is not None else ():
        spelled = unicodedata.normalize("NFC", f"{bare[: at + 1]}{tone}{bare[at + 1 :]}")  # type: ignore[operator]
        if is_syllable(placed := fold_norm(spelled)):
            yield placed
