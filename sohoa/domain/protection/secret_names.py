"""Secrecy marks in the names of files and folders: `12-BC-TOI-MAT.pdf`, `Công văn Mật số 3.pdf`.

Names mostly lack tone marks, and `mat` is `mặt`, `mất` or `mắt` far more often than `mật`: without marks it
counts only where it stands as a mark does. `mật` inside a common word (`bảo mật`, `mật độ`) is none.
"""

from __future__ import annotations

import re

from ocr.vietnamese.folding import fold
from sohoa.domain.vietnamese import nfc

_WORD = re.compile(r"[^\W_]+")
_SUFFIX = re.compile(r"\.\w{2,5}$")
_MARK, _MARKED = "mat", "mật"
_LEVELS = frozenset({"toi", "tuyet"})
_RUN_TOGETHER = frozenset({"toimat", "tuyetmat", "tailieumat", "congvanmat", "vanbanmat", "hosomat"})
_WORDS_WITH_MAT = re.compile(r"(bi|bao|do|giai|can|hoa) mat|mat (do|khau|ong|ma|thiet|hoa|mia)")
_OTHER_WORDS = re.compile(  # `mặt`, `mất`, `mắt`
    r"(co|ra|nha|be|bo|gap|gan|kham|vien|tien|vang|thay|lam|da|doi|truoc|lop|re|mo|tranh|bon|hai|dau) mat"
    r"|mat (bang|tran|duong|dat|hang|truoc|sau|cat|tien|nuoc|the|giay|xe|tich|nang|mua|can|on|an|trat|pho"
    r"|nguoi|san|kha|chung|con|tai|cho|ket|cau|be|doi)"
)
_PAPERS = frozenset(
    {"van", "lieu", "so", "ban", "thu", "dien", "cao", "hoach", "dinh", "trinh", "cv", "qd", "bc", "kh", "tb"}
    | {"ttr", "vb", "tl", "hs", "cd", "nq", "ct"}
)


def says_secret(key: str) -> bool:
    """Whether a part of the key or file name says that the paper is secret."""
    return any(map(_part_says, key.split("/")))


def _part_says(part: str) -> bool:
    words = _WORD.findall(_SUFFIX.sub("", nfc(part)))
    return any(_is_mark(words, at) for at in range(len(words)))


def _is_mark(words: list[str], at: int) -> bool:
    word, bare = words[at], fold(words[at])
    if bare in _RUN_TOGETHER:
        return True
    marked = word.lower() == _MARKED
    if bare != _MARK or not (marked or word.lower() == _MARK):
        return False
    before, after = (fold(words[near]) if 0 <= near < len(words) else "" for near in (at - 1, at + 1))
    pairs = f"{before} {bare}", f"{bare} {after}"
    if before in _LEVELS:
        return True
    if any(map(_WORDS_WITH_MAT.fullmatch, pairs)):
        return False
    if marked:
        return True
    stands_so = _stands_out(words, at) or not before or before.isdigit() or before in _PAPERS
    return stands_so and not any(map(_OTHER_WORDS.fullmatch, pairs))


def _stands_out(words: list[str], at: int) -> bool:
    """Whether the word is in capitals where the others are not, or the last before numbers."""
    others = "".join(words[:at] + words[at + 1 :])
    last = all(word.isdigit() for word in words[at + 1 :])
    return words[at].isupper() and (last or not others.isupper())
