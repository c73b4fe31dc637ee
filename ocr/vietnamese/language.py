"""How likely Vietnamese syllables follow each other: counts of one, two and three, smoothed.

Syllables are keyed without regard to case and to where the tone mark stands (``hoà`` = ``hòa``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ocr.vietnamese.syllables import split_tone

GAP = "#"
"""Stands for what is no syllable: numbers, notations, the ends of a text."""

_LONGEST_ABBREVIATION = 8
_UNSEEN = 0.02
_TONE_CODES = {"": "", "huyền": "2", "sắc": "1", "hỏi": "3", "ngã": "4", "nặng": "5", "several": "9"}

Key = str
Run = tuple[Key, ...]


def key(word: str) -> Key:
    """The syllable's letters with hats and horns, then its tone as a digit."""
    bare, tone = split_tone(word)
    return bare + _TONE_CODES[tone]


def abbreviation(word: str) -> Key:
    """The key of an abbreviation in capitals (``UBND``), which tells much of what follows; else GAP."""
    return word if 2 <= len(word) <= _LONGEST_ABBREVIATION and word.isalpha() and word.isupper() else GAP


class Language:
    """Counts of runs of one to three syllables, turned into probabilities (Witten-Bell smoothing)."""

    def __init__(self, counts: Mapping[Run, int]) -> None:
        self._counts = counts
        self._total = sum(count for run, count in counts.items() if len(run) == 1)
        followers: dict[Run, int] = defaultdict(int)
        continued: dict[Run, int] = defaultdict(int)
        for run, count in counts.items():
            if len(run) > 1:
                followers[run[:-1]] += 1
                continued[run[:-1]] += count
        self._followers, self._continued = dict(followers), dict(continued)
        self.log_probability = lru_cache(maxsize=200_000)(self._log_probability)

    def count(self, *run: Key) -> int:
        """How often the run was seen."""
        return self._counts.get(run, 0)

    def vocabulary(self) -> Iterable[tuple[Key, int]]:
        """Every syllable seen, with its count; no abbreviations."""
        return ((run[0], n) for run, n in self._counts.items() if len(run) == 1 and run[0].islower())

    def _log_probability(self, first: Key, second: Key, third: Key) -> float:
        """Natural logarithm of the probability of ``third`` after ``first second``."""
        single = (self._counts.get((third,), 0) + _UNSEEN) / (self._total + 1)
        double = self._mixed((second,), third, single)
        return math.log(self._mixed((first, second), third, double))

    def _mixed(self, before: Run, last: Key, fallback: float) -> float:
        kinds = self._followers.get(before, 0)
        if not kinds:
            return fallback
        seen = self._counts.get((*before, last), 0)
        return (seen + kinds * fallback) / (self._continued[before] + kinds)
