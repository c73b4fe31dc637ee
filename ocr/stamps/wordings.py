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
_LIKELY, _FARTHER = 70, 18
_LEAST_LETTERS = 3
_LEAST_OTHER, _FAR = 5, 60
_SURE_TEXT = 0.55
_SURE_IN_TWO_FRAMES = 0.75  # which are the form of secrecy marks
_SECRECY_HEIGHT_MM = (5.5, 16.0)
_SECRECY_WIDTH_MM = (14.0, 50.0)
_LEAST_IN_TWO_FRAMES_MM = 11.0
_SECRECY_ASPECT = 1.4  # 20 x 8 mm, and margins for wear: a square is a picture or a large letter
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
    unread = not is_sure(read, confidence) or (frame_lines > 1 and confidence < _SURE_IN_TWO_FRAMES)
    if frame_lines and _sized_like_secrecy(size_mm, frame_lines) and unread:
        return _likely_urgent(read, box) or Mark(MarkKind.SECRECY, read, box)
    if confidence < _SURE_TEXT:
        return Mark(MarkKind.STAMP, "", box) if frame_lines else None
    return Mark(MarkKind.STAMP, read, box) if frame_lines or is_readable(read) else None


def is_sure(text: str, confidence: float) -> bool:
    """Whether the text was read so well that it says what the stamp is."""
    return is_readable(text) and confidence >= _SURE_TEXT


def is_far_from_secrecy(text: str) -> bool:
    """Whether the text can be no wording of secrecy, however badly that was read."""
    read = _letters(text)
    secret = (_letters(wording) for kind, wording in known_wordings() if kind is MarkKind.SECRECY)
    return len(read) >= _LEAST_OTHER and max(fuzz.ratio(read, wording) for wording in secret) < _FAR


def is_upper(text: str) -> bool:
    """Whether most letters are capitals, as stamps have them."""
    cased = [sign for sign in text if sign.isalpha()]
    return 2 * sum(map(str.isupper, cased)) > len(cased)


def _likely_urgent(text: str, box: Box) -> Mark | None:
    """The urgency mark of a text too badly read to be known, but far more like one than like secrecy."""
    alike = dict.fromkeys((MarkKind.URGENCY, MarkKind.SECRECY), (0.0, ""))
    for kind, wording in known_wordings():
        alike[kind] = max(alike[kind], (fuzz.ratio(_letters(text), _letters(wording)), wording))
    (urgent, wording), (secret, _) = alike[MarkKind.URGENCY], alike[MarkKind.SECRECY]
    return Mark(MarkKind.URGENCY, wording, box) if urgent >= max(_LIKELY, secret + _FARTHER) else None


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
    lines = {" ".join(text.split()), *text.splitlines()}
    for line in (line for line in lines if len(_letters(line)) >= _LEAST_LETTERS):
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


def _sized_like_secrecy(size_mm: tuple[float, float], frame_lines: int) -> bool:
    wide, high = size_mm
    least = _SECRECY_WIDTH_MM[0] if frame_lines == 1 else _LEAST_IN_TWO_FRAMES_MM
    return (
        least <= wide <= _SECRECY_WIDTH_MM[1]
        and _SECRECY_HEIGHT_MM[0] <= high <= _SECRECY_HEIGHT_MM[1]
        and wide >= _SECRECY_ASPECT * high
    )
