"""What a stamp says of secrecy: a wording, a level, or nothing that can be read in the shape of a mark."""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ocr.page import Mark, MarkKind
from ocr.vietnamese.folding import letters
from ocr.vietnamese.syllables import is_syllable
from sohoa.domain.marks import SECRECY, Marks
from sohoa.domain.protection import wordings
from sohoa.domain.vietnamese import is_upper, nfc

# Letters that an OCR engine reads into a framed `MẬT`.
_LOOKALIKE = str.maketrans({"n": "m", "4": "a", "1": "t", "i": "t", "l": "t", "7": "t", "y": "t", "r": "t"})
_SHORT = 8  # so few letters may be scraps of a seal: they count in capitals only
_LITTLE = 14  # letters: the longest level, and what was read into its frame
_LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_DOUBLED = re.compile(r"(.)\1+")
_DIGITS = re.compile(r"\d")
_LEAST_SPELLED = 3
_NEAR, _NEAR_LONG, _NEAR_MARKED = 70, 60, 50  # percent alike: of few letters, of more, with diacritics


def reason_of(mark: Mark, marks: Marks) -> str | None:
    """Why the job stops at this mark, None where it does not; in doubt it stops."""
    if reason := wording_of(mark.text, marks):
        return reason
    if mark.kind is MarkKind.STAMP and _says_level(mark.text, marks):
        return SECRECY
    if mark.kind is MarkKind.SECRECY and not _harmless(mark.text, marks):
        return SECRECY
    return None


def wording_of(text: str, marks: Marks) -> str | None:
    """The reason of the wording that the text, or a line of it, is, letters misread in a frame among it."""
    for part in (text, *text.splitlines()):
        reason = wordings.whole(part, marks)
        read = letters(part)
        if reason and (is_upper(part) or len(read) > _SHORT or read.startswith(wordings.LABEL)):
            return reason
    likely = _likely(text)
    readings = (likely, _DOUBLED.sub(r"\1", likely)) if is_upper(text) else ()
    return next((reason for part in readings if (reason := wordings.whole(part, marks))), None)


def _likely(text: str) -> str:
    return letters(text).translate(_LOOKALIKE)


def _says_level(text: str, marks: Marks) -> bool:
    """Whether a stamp says little but ``mật``, in no word of everyday, or the first half of a level alone."""
    if len(letters(text)) > _LITTLE:
        return False
    words = [word.strip(wordings.EDGES) for word in nfc(text).upper().split()]
    halves = is_upper(text) and any(words == level.split()[:-1] for level in _LEVELS)
    return halves or ("MẬT" in words and not any(word in letters(text) for word in marks.not_secrecy))


def _harmless(text: str, marks: Marks) -> bool:
    """Whether the text is clearly that of a stamp which is no secrecy mark.

    So is one of syllables alone that are far from every level: what was read badly is no syllable.
    """
    read = letters(_DIGITS.sub("", text))
    if any(Levenshtein.distance(read, word) <= len(word) // 4 for word in marks.harmless):
        return True
    words = _WORDS.findall(nfc(text))
    spelled = all(map(is_syllable, words)) and any(len(word) >= _LEAST_SPELLED for word in words)
    near = any(_is_near(part, level) for part in (" ".join(words), *words) for level in _LEVELS)
    return spelled and not near


def _is_near(text: str, level: str) -> bool:
    plain, read = letters(level), letters(text)
    alike = max(fuzz.ratio(read, plain), fuzz.ratio(_likely(text), plain))
    least = _NEAR if len(read) <= len(_LEVELS[0]) else _NEAR_LONG
    return alike >= least or fuzz.ratio(nfc(text).upper(), level) >= _NEAR_MARKED
