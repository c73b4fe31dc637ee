"""Probabilities: how far one reading is trusted, and what agreement of several sources is worth.

The constants are shares measured on real scans; they are probabilities of being right, so that
0.9 and above may be taken without a person.
"""

from __future__ import annotations

from collections.abc import Iterable

from ocr.page import Line, Page, Source

CERTAIN, AUTOMATIC = 0.99, 0.9


def clip(value: float) -> float:
    """A probability that never claims certainty, rounded to three places."""
    return round(min(max(value, 0.01), CERTAIN), 3)


def agreement(shares: Iterable[float], alternatives: int) -> float:
    """P(right) when independent sources name the same one of so many values.

    They are wrong together only if all are wrong *and* hit the same wrong value.
    """
    right, wrong, many = 1.0, 1.0, 0
    for share in shares:
        right, wrong, many = right * share, wrong * (1 - share), many + 1
    chance = wrong / max(alternatives, 1) ** max(many - 1, 0)
    return right / (right + chance) if right + chance else 0.0


def digit_trust(page: Page, confidence: float) -> float:
    """How far digits of a head line are trusted alone: printed ones of a text layer nearly always.

    On scans they are mostly written by hand; an OCR confidence near 1 then means printed digits.
    """
    if page.source is Source.TEXT_LAYER:
        return 0.98
    return 0.25 + 0.6 * max(0.0, min(confidence, 1.0)) ** 2


def word_confidence(line: Line, start: int, end: int) -> float:
    """The lowest confidence of the words of ``line.text[start:end]``; the line's own where none is."""
    position, found = 0, []
    for word in line.words:
        if position < end and position + len(word.text) > start:
            found.append(word.confidence)
        position += len(word.text) + 1
    return min(found, default=line.confidence)
