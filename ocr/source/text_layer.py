"""Whether a PDF's text layer says what the page shows, so that it may stand for reading the pixels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ocr.image.inks import outside
from ocr.image.raster import Mask
from ocr.page import Word
from ocr.source.pdf.text import Layer
from ocr.vietnamese import language_file, syllables
from ocr.vietnamese.language import key

_MIN_LETTERS = 20
_MAX_STRANGE = 0.02
_MAX_LEGACY = 0.04
_MIN_VALID = 0.9
_MIN_VALID_OVER_PICTURES = 0.96
_MIN_MARKED = 0.35
_MIN_INK_COVERED = 0.6
_MAX_ALONE = 0.06
_SURELY_VALID = 0.98
_FEW_BARE = 0.03
_LEAST_SEEN, _LEAST_SEEN_BARE = 5, 20
_MAX_RARE = 0.08
_MIN_VALID_IN_FONT = 0.6
_PLAIN_VOWELS = (0.25, 0.6)
# Letters that TCVN3 and VNI fonts use for Vietnamese ones, and that Vietnamese Unicode text never holds.
_LEGACY = frozenset("µ¶·¸¹¨»¾¼½¡¢£¤¥¦§Æ©ÇË®ÌÎÏÑªÖ×ØÜÞßäåæçëîïñö÷øûüþÿÐ«¬¯")
_RUN = re.compile(r"[^\W\d_]+")
_ALONE = re.compile(r"[bcdđghklmnpqrstvx]")


def is_good(layer: Layer, dark: Mask, *, over_pictures: bool) -> bool:
    """Whether the layer can be believed, which the page draws itself.

    ``dark`` is where the page has ink, ``over_pictures`` says that pictures make up the page, so that the
    layer may be but a part of what is printed and must cover it.
    """
    texts = [word.text for word in layer.words]
    letters = "".join(texts)
    if _is_strange(letters) or _is_legacy(letters):
        return False
    if sum(c.isalpha() for c in letters) < _MIN_LETTERS:
        return not over_pictures and letters.isascii() and ink_covered(layer.words, dark) >= _MIN_INK_COVERED
    if over_pictures:
        return is_vietnamese(texts) and ink_covered(layer.words, dark) >= _MIN_INK_COVERED
    return _reads(texts) and all(map(_font_reads, layer.by_font.values()))


def is_vietnamese(texts: Sequence[str]) -> bool:
    """Whether hardly any of the words cannot be Vietnamese."""
    valid, marked = syllables.valid_share(texts), syllables.marked_share(texts)
    return valid >= _MIN_VALID_OVER_PICTURES and marked >= _MIN_MARKED and _alone_share(texts) <= _MAX_ALONE


def _reads(texts: Sequence[str]) -> bool:
    """Whether the words, with all their letters, are Vietnamese or of another language in plain letters."""
    if _alone_share(texts) > _MAX_ALONE:
        return False
    valid = syllables.valid_share(texts)
    if syllables.marked_share(texts) < _MIN_MARKED:
        return valid >= _MIN_VALID or _is_plain_latin("".join(texts))
    runs = [run for run in _runs(texts) if not _is_abbreviation(run)]
    if valid >= _SURELY_VALID and sum(map(_is_bare, runs)) <= _FEW_BARE * len(runs):
        return True
    return valid >= _MIN_VALID and sum(map(_rarity, runs)) <= _MAX_RARE * len(runs)


def _font_reads(texts: Sequence[str]) -> bool:
    """Whether one font's words read: its map from signs to letters may be wrong where others are right."""
    runs = [run for run in _runs(texts) if len(run) > 1 and not _is_abbreviation(run)]
    if not runs or _is_plain_latin("".join(runs)):
        return True
    return sum(map(syllables.is_syllable, runs)) >= _MIN_VALID_IN_FONT * len(runs)


def _is_abbreviation(run: str) -> bool:
    """Whether it is capitals without marks (``UBND``, ``QĐ``, ``TTg``)."""
    return run[:2].isupper() and not syllables.has_marks(run.upper().replace("Đ", "D"))


def _is_bare(run: str) -> bool:
    """Whether it begins with a vowel, as a syllable does that lost its consonant."""
    return unicodedata.normalize("NFD", run[0])[0] in "aeiouyAEIOUY"


def _rarity(run: str) -> int:
    """1 for a syllable that the language model hardly knows, one more where it begins with a vowel."""
    seen = language_file.load().count(key(run))
    return (len(run) > 1 and seen < _LEAST_SEEN) + (_is_bare(run) and seen < _LEAST_SEEN_BARE)


def _runs(texts: Sequence[str]) -> list[str]:
    return [run for text in texts for run in _RUN.findall(text)]


def _alone_share(texts: Sequence[str]) -> float:
    """Share of runs of letters that are one consonant: what is left of words when letters are lost."""
    runs = _runs(texts)
    return sum(bool(_ALONE.fullmatch(run)) for run in runs) / max(1, len(runs))


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
