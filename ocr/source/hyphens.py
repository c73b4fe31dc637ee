"""Hyphens of a text layer: those that stand for ``ư``, those that show nothing, and the others.

TCVN3 has ``ư`` at 0xAD, where Latin-1 has the soft hyphen: extractors and converters make of it a hyphen
(``n-ớc``, ``đ-ợc``, ``th-``) or a soft one. In other layers a soft hyphen inside a syllable shows nothing,
and elsewhere it is how some fonts name their hyphen (``QĐ-UBND``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ocr.vietnamese import language_file
from ocr.vietnamese.language import key
from ocr.vietnamese.syllables import is_syllable

LINE_END = "\x02"
"""What PDFium gives for a hyphen or a soft one at the end of a line."""

_SOFT = "\u00ad"
_SIGNS = f"-{_SOFT}{LINE_END}\u2010\u2011"
_NOTHING = str.maketrans(dict.fromkeys(f"{_SOFT}{LINE_END}"))
_RUN = re.compile(rf"(?<![^\W_])[^\W\d_]*[{_SIGNS}](?:[^\W\d_]|[{_SIGNS}])*(?![^\W_])")
_SIGN = re.compile(rf"([{_SIGNS}])")
_ELSEWHERE = str.maketrans({_SOFT: "-", LINE_END: "-"})
_ONSET = re.compile(r"^(?:gi|[bcdđghklmnpqrstvx]*)$")
_WITH_HORN = frozenset("ơờớởỡợ")
_INSIDE = re.compile(
    rf"(?<=[bcdđghklmnpqrstvx])[{_SIGNS}](?=[{''.join(sorted(_WITH_HORN))}](?:[cimntpu]))", re.IGNORECASE
)
_LEAST_SEEN, _COMMON = 3, 50


def mended(words: Sequence[str], *, old_font: bool = False) -> list[str]:
    """The words of a page with every ``ư`` in its place, without soft hyphens that show nothing.

    A syllable of ``ươ`` that lacks its ``ư`` is plain. On a page that has such, or that has a font of TCVN3
    (``old_font``) and no ``ư``, a hyphen stands for it wherever that makes a syllable that is known; on
    other pages without any ``ư``, where that is common.
    """
    hyphened = [index for index, word in enumerate(words) if _SIGN.search(word)]
    if not hyphened:
        return list(words)
    runs = [run for index in hyphened for run in _RUN.findall(words[index])]
    least = _least(words, runs, old_font)
    unseen = not least and any(map(_shows_nothing, runs))
    found = list(words)
    for index in hyphened:
        near = (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
        capitals = any(word.isupper() and sum(map(str.isalpha, word)) > 1 for word in near)
        found[index] = _mended(words[index].translate(_NOTHING) if unseen else words[index], least, capitals)
    return found


def _least(words: Sequence[str], runs: Sequence[str], old_font: bool) -> int:
    """How often a syllable must have been seen for a hyphen in it to stand for ``ư``; 0 if none does."""
    if any(_is_plain(*parts) for run in runs for parts in _parts(run)):
        return _LEAST_SEEN
    if any("ư" in word.lower() for word in words):
        return 0
    if old_font:
        return _LEAST_SEEN
    common = any(_is_known(left, right, False, _COMMON) for run in runs for left, _, right in _parts(run))
    return _COMMON if common else 0


def _mended(word: str, least: int, capitals: bool) -> str:
    joined = _RUN.sub(lambda run: _joined(run[0], least, capitals), word)
    if least == _LEAST_SEEN:
        joined = _INSIDE.sub(lambda sign: "Ư" if sign.string[sign.end()].isupper() else "ư", joined)
    return joined.translate(_ELSEWHERE)


def _shows_nothing(run: str) -> bool:
    """Whether a syllable is in pieces that are none."""
    bare = run.translate(_NOTHING)
    return is_syllable(bare) and not all(map(is_syllable, filter(None, _SIGN.split(run)[::2])))


def _parts(run: str) -> Iterator[tuple[str, str, str]]:
    """Each hyphen of the run between what stands before and after it."""
    pieces = _SIGN.split(run)
    return zip(pieces[:-2:2], pieces[1::2], pieces[2::2], strict=True)


def _joined(run: str, least: int, capitals: bool) -> str:
    pieces = _SIGN.split(run)
    done, left = "", pieces[0]
    for sign, right in zip(pieces[1::2], pieces[2::2], strict=True):
        if _is_plain(left, sign, right) or (least and _is_known(left, right, capitals, least)):
            left += ("Ư" if _is_capital(left, right, capitals) else "ư") + right
        else:
            done, left = done + left + sign, right
    return done + left


def _is_plain(left: str, sign: str, right: str) -> bool:
    """Whether nothing but ``ư`` can stand there: it alone makes a syllable of both parts."""
    if (
        right[:1].lower() not in _WITH_HORN
        or not _ONSET.match(left.lower())
        or not is_syllable(f"{left}ư{right}")
    ):
        return False
    if sign == _SOFT:
        return _seen(f"{left}ư{right}") > _seen(left + right)
    return bool(left) or not is_syllable(right)


def _is_known(left: str, right: str, capitals: bool, least: int) -> bool:
    """Whether ``ư`` makes a known syllable of both parts; a hyphen before a capital begins an item."""
    if (
        not _ONSET.match(left.lower())
        or not left + right
        or (not left and right[0].isupper() and not capitals)
    ):
        return False
    if least == _COMMON and not (left and right.islower()):
        return False
    whole = f"{left}ư{right}"
    return is_syllable(whole) and _seen(whole) >= least


def _seen(syllable: str) -> int:
    """How often the language model saw it."""
    return language_file.load().count(key(syllable))


def _is_capital(left: str, right: str, capitals: bool) -> bool:
    if right:
        return right[0].isupper()
    return left.isupper() and (capitals or len(left) > 1)
