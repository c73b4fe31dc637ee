"""Mends the slips that recognition makes with Vietnamese marks: a tone lost on a vowel with a hat or horn.

A reading is changed only to a syllable of the same letters that fits its neighbours much better; the
cost of a change follows how engines err (``tổ`` read as ``tô`` is common, ``ta`` as ``tạ`` is not).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.page import Word
from ocr.vietnamese.folding import without_marks
from ocr.vietnamese.language import GAP, Key, Language, abbreviation, key
from ocr.vietnamese.personal_names import FAMILY_NAMES
from ocr.vietnamese.syllables import has_marks, is_syllable, marked_share

_CORE = re.compile(r"^([^\w]*)([^\W\d_]+)([^\w]*)$")
_HATS = frozenset("ăâêôơư")
_TONE_MARKS = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VOWELS = frozenset("aăâeêioôơuưy")
_OTHER_VOWELS = frozenset("aeouyăâêôơư")
_CERTAIN = 0.95
_BEAM = 5
_MAX_CANDIDATES = 10
_MIN_COUNT = 3
_KNOWN = 2
_LEAST_MARKED = 0.3


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs of changes in nats, chosen on transcribed scans, where the result hardly depends on them.

    ``stay`` is the trust in any reading, ``sure`` what full confidence adds to it, ``name`` what a
    capital inside a text adds. A tone ``tone_lost`` from a vowel with a hat is the commonest slip.
    """

    stay: float = 3.0
    sure: float = 1.0
    name: float = 3.0
    tone_lost: float = 0.5
    tone_on_hat: float = 2.0
    tone: float = 3.0
    tone_on_i: float = 2.0
    hat: float = 1.5
    bar: float = 2.5


_COSTS = Costs()


@dataclass(frozen=True, slots=True)
class _Token:
    key: Key
    candidates: tuple[tuple[Key, float], ...]


class Speller:
    """Mends words with a language model; keep one, it caches."""

    def __init__(self, language: Language, costs: Costs = _COSTS) -> None:
        self._language = language
        self._costs = costs
        self._alike: dict[str, list[Key]] = defaultdict(list)
        for syllable, count in language.vocabulary():
            if count >= _MIN_COUNT:
                self._alike[_skeleton(syllable)].append(syllable)
        # Family names that no text of the model has: to it ``Đặng`` would always be another word misread.
        self._names = {key(name) for name in FAMILY_NAMES if not language.count(key(name))}

    def mend(self, words: Sequence[Word], most: float) -> tuple[Word, ...]:
        """The words of a text in reading order, with slips of marks mended; as many as were given.

        A text that is not Vietnamese is left alone. ``most`` is how sure a mended word is at most.
        """
        plain = [Word(_tidy(word.text), word.box, word.confidence) for word in words]
        if marked_share(word.text for word in plain) < _LEAST_MARKED:
            return tuple(words)
        cores = [_CORE.match(word.text) for word in plain]
        keys = [self._key(core[2]) if core else GAP for core in cores]
        tokens = [self._token(keys, index, word) for index, word in enumerate(plain)]
        chosen = self._best(tokens)
        return tuple(
            word if new == old or core is None else _replaced(word, core, new, most)
            for word, core, old, new in zip(plain, cores, keys, chosen, strict=True)
        )

    def _key(self, letters: str) -> Key:
        """The key of a syllable, or of a marked word that is none but looks like some; else GAP."""
        if is_syllable(letters):
            return key(letters)
        slip = has_marks(letters) and _skeleton(key(letters)) in self._alike
        return key(letters) if slip else abbreviation(letters)

    def _token(self, keys: Sequence[Key], index: int, word: Word) -> _Token:
        """A reading with what it may stand for; only itself where its neighbours confirm it."""
        own = keys[index]
        before = keys[index - 1] if index else GAP
        after = keys[index + 1] if index + 1 < len(keys) else GAP
        count = self._language.count
        named = own in self._names and word.text[:1].isupper()
        if own == GAP or named or (GAP not in (before, after) and count(before, own, after) >= _KNOWN):
            return _Token(own, ((own, 0.0),))
        name = word.text[:1].isupper() and not word.text.isupper() and index > 0
        costs = sorted((self._cost(own, other, word, name), other) for other in self._alike[_skeleton(own)])
        others = [(other, cost) for cost, other in costs if other != own][:_MAX_CANDIDATES]
        return _Token(own, ((own, 0.0), *others))

    def _cost(self, read: Key, meant: Key, word: Word, name: bool) -> float:
        costs = self._costs
        (letters, tone), (other_letters, other_tone) = _parts(read), _parts(meant)
        cost = costs.stay + costs.sure * max(0.0, word.confidence - 0.8) * 5 + costs.name * name
        if tone != other_tone:
            cost += self._tone_cost(letters + other_letters, tone, word.confidence)
        changed = [(a, b) for a, b in zip(letters, other_letters, strict=True) if a != b]
        return cost + sum(costs.bar if "đ" in pair else costs.hat for pair in changed)

    def _tone_cost(self, letters: str, read: str, confidence: float) -> float:
        """Tones are lost beside a hat or horn and beside the dot of an i; others only where doubtful."""
        costs = self._costs
        if _HATS & set(letters):
            return costs.tone_on_hat if read else costs.tone_lost
        if "i" in letters and not _OTHER_VOWELS & set(letters):
            return costs.tone_on_i
        return costs.tone * (2 if confidence > _CERTAIN else 1)

    def _best(self, tokens: Sequence[_Token]) -> list[Key]:
        """The likeliest sequence of candidates (beam search over pairs of neighbours)."""
        probability = self._language.log_probability
        paths: list[tuple[float, tuple[Key, Key], list[Key]]] = [(0.0, (GAP, GAP), [])]
        for token in tokens:
            grown: dict[tuple[Key, Key], tuple[float, tuple[Key, Key], list[Key]]] = {}
            for score, last, path in paths:
                for candidate, cost in token.candidates:
                    likely = 0.0 if candidate == GAP else probability(*last, candidate)
                    total, state = score + likely - cost, (last[1], candidate)
                    if state not in grown or grown[state][0] < total:
                        grown[state] = total, state, [*path, candidate]
            paths = sorted(grown.values(), key=lambda path: -path[0])[:_BEAM]
        return paths[0][2]


def _tidy(text: str) -> str:
    """The reading without artefacts of the engine: a doubled Đ, the letter eth for it, a fraction slash."""
    text = text.replace("Ð", "Đ").replace("\u2044", "/")
    return re.sub("ĐĐ+", "Đ", text)


def _skeleton(syllable: Key) -> str:
    """The letters without hats, horns, bars and tone."""
    return without_marks(_parts(syllable)[0])


def _parts(syllable: Key) -> tuple[str, str]:
    """Letters and tone code of a key."""
    return (syllable[:-1], syllable[-1]) if syllable[-1:].isdigit() else (syllable, "")


def _replaced(word: Word, core: re.Match[str], new: Key, most: float) -> Word:
    text = core[1] + _cased(_spelled(new), core[2]) + core[3]
    return Word(text, word.box, min(word.confidence, most), word.raw or word.text)


def _spelled(syllable: Key) -> str:
    """The syllable as written: its tone on the last hatted vowel, else where ``hòa`` and ``khỏe`` have it."""
    letters, tone = _parts(syllable)
    if not tone:
        return letters
    places = list(_tone_places(letters))
    at = places[-1] if places else len(letters) - 1
    return unicodedata.normalize("NFC", letters[: at + 1] + _TONE_MARKS[tone] + letters[at + 1 :])


def _tone_places(letters: str) -> Iterator[int]:
    hatted = [index for index, letter in enumerate(letters) if letter in _HATS]
    if hatted:
        yield hatted[-1]
        return
    start = 2 if letters.startswith(("qu", "gi")) and len(letters) > 2 and letters[2] in _VOWELS else 0
    vowels = [index for index, letter in enumerate(letters) if letter in _VOWELS and index >= start]
    if not vowels:
        return
    closed = vowels[-1] + 1 < len(letters)
    yield vowels[0] if len(vowels) == 1 or (not closed and len(vowels) == 2) else vowels[1]


def _cased(syllable: str, like: str) -> str:
    if like.isupper():
        return syllable.upper()
    return syllable.capitalize() if like[:1].isupper() else syllable
