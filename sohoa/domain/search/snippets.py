"""Where a text matches, and the passages to show: found words in ``<mark>``, all else HTML-escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sohoa.domain.search.folding import fold_norm, fold_plain
from sohoa.domain.search.projection import header_values
from sohoa.domain.search.query_tree import Phrase

_WINDOW = 16_384
_SCANNED = 400_000
_BEFORE, _LENGTH = 60, 180
_HEADS = 2


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` of a text match the phrase of that number."""

    start: int
    end: int
    phrase: int


def spans(text: str, phrases: Sequence[Phrase]) -> list[Span]:
    """Places of the phrases in a text, in order; long texts are read until each phrase was seen."""
    found: set[Span] = set()
    patterns = [_pattern(phrase) for phrase in phrases]
    folds = {fold for fold, _ in patterns}
    for start, window in _windows(text[:_SCANNED]):
        folded = {fold: fold(window) for fold in folds}
        for number, (fold, pattern) in enumerate(patterns):
            for match in pattern.finditer(folded[fold]):
                if _fits(window[match.start() : match.end()], phrases[number]):
                    found.add(Span(start + match.start(), start + match.end(), number))
        if len({span.phrase for span in found}) == len(phrases):
            break
    return sorted(found)


@lru_cache(maxsize=256)
def _pattern(phrase: Phrase) -> tuple[Callable[[str], str], re.Pattern[str]]:
    """The fold in which the phrase is looked for, and how."""
    exact = phrase.marked and not phrase.open_words
    fold, words = (fold_norm, phrase.words) if exact else (fold_plain, phrase.plain)
    return fold, re.compile(rf"(?<![^ ]){' +'.join(map(re.escape, words))}(?![^ ])")


def _fits(text: str, phrase: Phrase) -> bool:
    """Whether a passage that has the phrase's letters has its words in one of their readings."""
    if not phrase.open_words:
        return True
    seen = zip(fold_norm(text).split(), phrase.words, phrase.plain, strict=True)
    marked = (found for found, word, plain in seen if word != plain)
    return all(found in allowed for found, allowed in zip(marked, phrase.open_words, strict=True))


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Pieces that end between words and overlap, so that a phrase at a seam is whole in one of them."""
    start = 0
    while start < len(text):
        end = start + _WINDOW
        while end < len(text) and not text[end].isspace() and end < start + 2 * _WINDOW:
            end += 1
        yield start, text[start:end]
        if end >= len(text):
            return
        overlap = text.rfind(" ", end - 400, end - 200)
        start = overlap if overlap > start else end


def passages(text: str, phrases: Sequence[Phrase], limit: int = 3) -> tuple[str, ...]:
    """At most ``limit`` passages of the original text, those with most different phrases first."""
    groups: list[list[Span]] = []
    for span in spans(text, phrases):
        if groups and span.end <= groups[-1][0].start + _LENGTH - _BEFORE:
            groups[-1].append(span)
        else:
            groups.append([span])
    groups.sort(key=lambda group: (-len({span.phrase for span in group}), group[0].start))
    return tuple(_passage(text, group) for group in groups[:limit])


def highlights(fields: Mapping[str, str], body: str, phrases: Sequence[Phrase]) -> tuple[str, ...]:
    """What a hit shows: passages of at most two header values first, then of the text."""
    if not phrases:
        return ()
    heads = [shown for value in header_values(fields) for shown in passages(value, phrases, limit=1)]
    return tuple(dict.fromkeys((*heads[:_HEADS], *passages(body, phrases))))


def _passage(text: str, group: Sequence[Span]) -> str:
    start = _word_border(text, group[0].start - _BEFORE, group[0].start)
    end = max(group[-1].end, min(len(text), start + _LENGTH))
    end = text.rfind(" ", group[-1].end, end) if end < len(text) and " " in text[group[-1].end : end] else end
    parts, position = [], start
    for span in group:
        if span.start >= position:
            parts += [
                _shown(text[position : span.start]),
                f"<mark>{_shown(text[span.start : span.end])}</mark>",
            ]
            position = span.end
    parts.append(_shown(text[position:end]))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{''.join(parts).strip()}{after}"


def _word_border(text: str, start: int, limit: int) -> int:
    if start <= 0:
        return 0
    border = re.compile(r"\s").search(text, start, limit)
    return border.end() if border else start


def _shown(text: str) -> str:
    return html.escape(re.sub(r"\s+", " ", text))
