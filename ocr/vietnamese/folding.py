"""Text without marks, for comparing, never for storing. ``Số: 05`` becomes

fold           ``so: 05``   lower case, ``đ`` as ``d``, every other sign as it is
letters        ``so05``     of that only letters and digits, squeezed together
folded_words   ``so 05``    of that only letters and digits, words parted by one space
fold_in_place  ``so: 05``   as long as the text, so that places agree; blanks and digits of any script plain
fold_sign                   one sign for one sign
without_marks  ``So: 05``   capitals stay, ``Đ`` among them: keys of abbreviations are told by theirs

The two folds of ``sohoa.domain.search.folding`` are what indexes are made with; they never change.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_REMEMBERED = 4096  # lines and words of a few pages: rules ask for the same ones again and again
_MODIFIERS = frozenset(map(chr, range(0x2B0, 0x300)))  # specks that engines read as free accents
_STROKE = str.maketrans("đĐðÐ", "dDdD")


@lru_cache(maxsize=_REMEMBERED)
def fold(text: str) -> str:
    """Lower case without marks, ``đ`` (and the letter eth, which fonts use for it) as ``d``. Idempotent."""
    bare = unicodedata.normalize("NFD", text.lower().translate(_STROKE))
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


@lru_cache(maxsize=_REMEMBERED)
def letters(text: str) -> str:
    """Only the folded letters and digits, squeezed together: ``QUYẾT ĐỊNH:`` becomes ``quyetdinh``."""
    return "".join(sign for sign in fold(text) if sign.isalnum() and sign not in _MODIFIERS)


def folded_words(text: str) -> str:
    """Only the folded letters and digits, words parted by one space: ``Kính gửi:`` becomes ``kinh gui``."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


def without_marks(text: str) -> str:
    """Without marks, small ``đ`` as ``d``; capitals stay capitals and ``Đ`` stays ``Đ``."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


def fold_sign(sign: str) -> str:
    """The sign in lower case without its marks, still one character; ``?`` for none."""
    return unicodedata.normalize("NFD", sign.lower())[:1].replace("đ", "d") or "?"


class _InPlace(dict[int, str]):
    """A translation table that fills itself; at most one entry per character of Unicode."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\n|":
            made = char
        elif char.isspace():
            made = " "
        elif unicodedata.category(char) == "Nd":
            made = str(unicodedata.decimal(char))
        else:
            base = unicodedata.normalize("NFD", char)[0].lower()[0]
            made = "d" if base in "đð" else base
        self[code] = made
        return made


_IN_PLACE = _InPlace()


def fold_in_place(text: str) -> str:
    """Lower case without marks, ``đ`` as ``d``, any blank a space; as long as the text (composed, NFC)."""
    return text.translate(_IN_PLACE)
