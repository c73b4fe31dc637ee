"""Printed words that fix the layout of a Vietnamese administrative paper, found despite reading errors.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; Party papers after Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from ocr.vietnamese.folding import folded_words, letters
from ocr.vietnamese.posts import OPENS_SIGNATURE

_SURE = 82
_MOTTOS = ("cong hoa xa hoi", "dang cong san viet nam", "doc lap tu do")
_RECIPIENTS = "noi nhan"
_SALUTATIONS = ("kinh gui", "kinh trinh")
_AUTHORITY = re.compile(r"^(tm|kt|tl|tuq|q)( |$)")


def motto_at(words: Sequence[str]) -> int | None:
    """Index of the word where Quốc hiệu, Tiêu ngữ or the Party's name starts, or None.

    In small letters they do so at the line's beginning only: sentences name the state and the Party, too.
    In a title ``NƯỚC`` stands before them.
    """
    plain = [folded_words(word) for word in words]
    for index, word in enumerate(plain):
        for motto in _MOTTOS:
            length = len(motto.split())
            run = " ".join(filter(None, plain[index : index + length + 1]))
            printed = "".join(words[index : index + length])
            if (
                word[:1] == motto[0]
                and (index == 0 or _in_capitals(printed))
                and not (index == 1 and plain[0] == "nuoc")
                and fuzz.ratio(run[: len(motto) + 1], motto) >= _SURE
            ):
                return index
    return None


def _in_capitals(text: str) -> bool:
    return 2 * sum(sign.isupper() for sign in text) > sum(sign.isalpha() for sign in text)


def is_recipients(text: str) -> bool:
    """Whether the line is nothing but ``Nơi nhận:``, as it is misread: the list of recipients opens."""
    plain = folded_words(text)
    return len(plain) <= len(_RECIPIENTS) + 3 and fuzz.ratio(plain, _RECIPIENTS) >= _SURE


def begins_recipients(text: str) -> bool:
    """Whether the line begins with ``Nơi nhận`` read without fault, whatever follows it on the line."""
    return letters(text).startswith(letters(_RECIPIENTS))


def is_salutation(text: str) -> bool:
    """Whether the line opens with ``Kính gửi``."""
    plain = folded_words(text)
    return any(fuzz.ratio(plain[: len(start)], start) >= _SURE for start in _SALUTATIONS)


def is_authority(text: str) -> bool:
    """Whether the line opens the signature block: ``TM.``, ``KT.`` …, or a post in capitals."""
    if not text[:1].isupper() or sum(c.islower() for c in text) > 3:
        return False
    plain = folded_words(text)
    return bool(_AUTHORITY.match(plain) or OPENS_SIGNATURE.match(plain))
