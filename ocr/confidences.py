"""How far words are trusted that no engine read as they stand; never more than what they were made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordShares:
    """Probabilities of being right.

    ``mended`` is a word with slips of marks mended, ``merged`` a notation of letters by the one and marks by
    the other reader, ``alone`` a notation that only the reader of handwriting saw.
    """

    mended: float = 0.8
    merged: float = 0.85
    alone: float = 0.6
