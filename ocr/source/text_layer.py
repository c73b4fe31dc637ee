"""Whether a PDF's text layer says what the page shows, so that it may stand for reading the pixels."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ocr.image.inks import outside
from ocr.image.raster import Mask
from ocr.page import Word
from ocr.vietnamese import syllables

_MIN_LETTERS = 20
_MAX_STRANGE = 0.02
_MAX_LEGACY = 0.04
_MIN_VALID = 0.9
_MIN_VALID_OVER_SCAN = 0.96
_MIN_MARKED = 0.35
_MIN_INK_COVERED = 0.6
_PLAIN_VOWELS = (0.25, 0.6)
# Letters that TCVN3 and VNI fonts use for Vietnamese ones, and that Vietnamese Unicode text never holds.
_LEGACY = frozenset("µ¶·¸¹¨»¾¼½¡¢£¤¥¦§Æ©ÇË®ÌÎÏÑªÖ×ØÜÞßäåæçëîïñö÷øûüþÿÐ«¬¯")


def is_good(words: Sequence[Word], dark: Mask, *, over_scan: bool) -> bool:
    """Whether the layer can be believed.

    ``dark`` is where the page has ink, ``over_scan`` says that pictures make up the page, so that the
    layer is somebody's recognition or an overlay and must both be good Vietnamese and cover the print.
    """
    texts = [word.text for word in words]
    letters = "".join(texts)
    if _is_strange(letters) or _is_legacy(letters):
        return False
    if sum(c.isalpha() for c in letters) < _MIN_LETTERS:
        return not over_scan and letters.isascii() and ink_covered(words, dark) >= _MIN_INK_COVERED
    valid, marked = syllables.valid_share(texts), syllables.marked_share(texts)
    if over_scan:
        vietnamese = valid >= _MIN_VALID_OVER_SCAN and marked >= _MIN_MARKED
        return vietnamese and ink_covered(words, dark) >= _MIN_INK_COVERED
    if marked >= _MIN_MARKED:
        return valid >= _MIN_VALID
    return valid >= _MIN_VALID or _is_plain_latin(letters)


def ink_covered(words: Sequence[Word], dark: Mask) -> float:
    """Share of the dark pixels that lie under words; 1 where there are none."""
    total = int(dark.sum())
    if not total:
        return 1.0
    return 1 - int(outside(dark, (word.box for word in words)).sum()) / total


def _is_strange(letters: str) -> bool:
    """Whether characters without a meaning of their own are more than a slip."""
    strange = sum(unicodedata.category(c) in {"Co", "Cn", "Cc", "Cs"} or c == "\ufffd" for c in letters)
    return strange > _MAX_STRANGE * len(letters)


def _is_legacy(letters: str) -> bool:
    return sum(c in _LEGACY for c in letters) > _MAX_LEGACY * len(letters)


def _is_plain_latin(letters: str) -> bool:
    """Whether it reads like a language in plain Latin letters: vowels as often as languages have them."""
    plain = [c for c in letters.lower() if c.isalpha()]
    ascii_only = [c for c in plain if c.isascii()]
    vowels = sum(c in "aeiouy" for c in ascii_only) / max(1, len(ascii_only))
    return len(ascii_only) > 0.9 * len(plain) and _PLAIN_VOWELS[0] <= vowels <= _PLAIN_VOWELS[1]
