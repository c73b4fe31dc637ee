"""What a stamp says: its wording decides its kind, frames and size only where it cannot be read.

Wordings, their sources and what others take from the same list: ``ocr/data/marks.yaml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz

from ocr.page import Box, Mark, MarkKind
from ocr.vietnamese.folding import folded_words

_SURE = 80
_SURE_TEXT = 0.55
_SECRECY_HEIGHT_MM = (5.5, 16.0)
_SECRECY_WIDTH_MM = (14.0, 50.0)
_LEVELS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
"""The levels of secrecy (TT 24/2020/TT-BCA): a list without one of them reads no page."""


def stamp(
    text: str, confidence: float, frame_lines: int, size_mm: tuple[float, float], box: Box
) -> Mark | None:
    """The mark that a stamp's text and shape make; None for ink that is no stamp.

    ``confidence`` is that of the text, 0 to 1: a doubtful text counts only where it is a known wording.
    ``size_mm`` is its width and height when level. A small framed stamp whose text cannot be
    read counts as a secrecy mark: better a person looks once too often.
    """
    read = "\n".join(filter(None, map(_trimmed, text.splitlines())))
    known = worded(read, box)
    if known is not None:
        return known
    readable = is_readable(read)
    unread = not readable or confidence < _SURE_TEXT
    if frame_lines and _sized_like_secrecy(size_mm) and unread:
        return Mark(MarkKind.SECRECY, read, box)
    if confidence < _SURE_TEXT:
        return Mark(MarkKind.STAMP, "", box) if frame_lines else None
    return Mark(MarkKind.STAMP, read, box) if frame_lines or readable else None


def _trimmed(line: str) -> str:
    """The line without what was read into a frame at its ends."""
    return line.strip(" \t_-—|¦[](){}'\"`‘’“”„.,:;!¡~«»")


def worded(text: str, box: Box) -> Mark | None:
    """The secrecy or urgency mark that says this; None where it is no known wording."""
    kind, wording = _wording(text)
    return Mark(kind, wording, box) if kind is not None else None


def _wording(text: str) -> tuple[MarkKind | None, str]:
    """Kind and official spelling of the wording that the text is; one letter in five may be wrong."""
    best: tuple[float, float, MarkKind | None, str] = (_SURE, 0.0, None, "")
    for line in {" ".join(text.split()), *text.splitlines()}:
        for kind, wording in known_wordings():
            alike = fuzz.ratio(_letters(line), _letters(wording))
            candidate = alike, fuzz.ratio(line.upper(), wording), kind, wording
            best = max(best, candidate, key=lambda found: found[:2])
    return best[2], best[3]


@cache
def known_wordings() -> Sequence[tuple[MarkKind, str]]:
    """Kind and wording of every stamp that is told by what it says.

    Raises ``ValueError`` where the list is damaged: nothing is read without it.
    """
    listed = yaml.safe_load((files("ocr") / "data" / "marks.yaml").read_text(encoding="utf-8"))
    kinds = (MarkKind.SECRECY, MarkKind.URGENCY)
    stamps = {kind: [e for e in listed.get(kind) or () if e.get("stamp") is True] for kind in kinds}
    found = {kind: [entry["wording"] for entry in entries] for kind, entries in stamps.items()}
    if not all(found.values()) or not set(_LEVELS) <= set(found[MarkKind.SECRECY]):
        raise ValueError("ocr/data/marks.yaml lacks stamps of secrecy or of urgency")
    return [(kind, wording) for kind, wordings in found.items() for wording in wordings]


def _letters(text: str) -> str:
    return folded_words(text).replace(" ", "")


def is_readable(text: str) -> bool:
    """Whether there are letters enough for a word."""
    return sum(c.isalpha() for c in text) >= 3


def _sized_like_secrecy(size_mm: tuple[float, float]) -> bool:
    wide, high = size_mm
    return (
        _SECRECY_WIDTH_MM[0] <= wide <= _SECRECY_WIDTH_MM[1]
        and _SECRECY_HEIGHT_MM[0] <= high <= _SECRECY_HEIGHT_MM[1]
    )
