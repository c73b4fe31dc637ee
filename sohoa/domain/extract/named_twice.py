"""A signer's name that the paper shows twice: in its text as well, or read alike by both readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocr.page import Box, MarkKind, Page
from ocr.vietnamese.folding import fold, folded_words, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import SignerShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.names import looks_personal
from sohoa.domain.vietnamese import normalise

_LEAST_WORDS = 3  # names of two words are other people's, too


def seen_twice(named: Field, pages: Sequence[Page], shares: SignerShares) -> Field:
    """The name, surer where another line has it or the reader of handwriting read it, too.

    That reader drops marks: those of a name which it alone read are the other line's.
    """
    own, wanted = named.evidence[0], folded_words(named.value).split()
    if len(wanted) < _LEAST_WORDS or own.method is not Method.TEXT:
        return named
    spellings = list(_spellings(wanted, own, pages))
    stamped = [mark.text for page in pages for mark in page.marks if mark.kind is MarkKind.STAMP]
    is_stamp = named.raw in stamped
    if spellings and (is_stamp or named.value in spellings):
        value = max(spellings, key=spellings.count) if is_stamp else named.value
        return _surer(replace(named, value=value), shares.repeated, own)
    if not is_stamp and any(letters(text) == letters(named.value) for text in stamped):
        return _surer(named, shares.read_twice, own)
    return named


def _surer(named: Field, share: float, own: Evidence) -> Field:
    seen = Evidence(Method.TEXT, named.value, share, own.page)
    return replace(named, confidence=clip(max(named.confidence, share)), evidence=(*named.evidence, seen))


def _spellings(wanted: Sequence[str], own: Evidence, pages: Sequence[Page]) -> Iterator[str]:
    """The name as lines other than its own spell it, each word with a capital."""
    for page in pages:
        for line in page.lines:
            if page.number == own.page and own.box and _overlap(own.box, line.box):
                continue
            words = [word.strip(" .,;:()") for word in line.text.split()]
            for start in range(len(words) - len(wanted) + 1):
                run = words[start : start + len(wanted)]
                if [*map(fold, run)] == list(wanted) and all(map(looks_personal, run)):
                    yield normalise(" ".join(run))


def _overlap(one: Box, other: Box) -> bool:
    across = max(one.x, other.x) < min(one.right, other.right)
    return across and max(one.y, other.y) < min(one.bottom, other.bottom)
