"""Lines of a bilingual head that say in English what stands beside them in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ocr.page import Line
from ocr.vietnamese.folding import folded_words
from ocr.vietnamese.syllables import is_syllable

_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    the of and for by with on day viet vietnam socialist republic independence freedom happiness people's
    peoples committee council province city district commune ward government ministry department office
    bureau agency authority company corporation joint stock limited liability union association federation
    university college school institute academy hospital centre decision resolution notice announcement
    report plan minutes contract agreement charter regulation rules certificate license licence permit
    invitation letter proposal memorandum understanding subject approval appointment establishment issuance
    general director rector chairman board management shareholders annual meeting international national
    technology education training science finance foreign affairs health justice agriculture industry trade
    commerce bank january february march april june july august september october november december
    """,
    )
)
_COMPANY = re.compile(r"\b(?:co\W{1,3}ltd|ltd|jsc|corp|inc|plc)\b\W*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*(?:No|Ref)\W*[.:]")
_LEAST = 0.34  # of the words
_LONG = 7  # letters: no Vietnamese syllable has so many
_SIGNS = str.maketrans("‘’“”–—", "''\"\"--")


def without_english(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines that are not English; what goes on without marks under an English line is English, too."""
    before, above = False, ""
    for line in lines:
        text = line.text.translate(_SIGNS)
        words = re.findall(r"[a-z][a-z']*", text.lower())
        known = sum(word in _WORDS for word in words)
        goes_on = before and (len(words) > 1 or not all(map(is_syllable, words)))
        told = (
            known >= _LEAST * len(words)
            or goes_on
            or bool(_NUMBER.match(text))
            or _names_body(text, words)
            or _names_company(text)
            or _repeats(text, above)
        )
        is_english = bool(words) and told
        before = text.isascii() and is_english
        if not before:
            above = f"{above} {text}"
            yield line


def _names_company(text: str) -> bool:
    """Whether a line without any mark ends as an English firm does: ``… GARMENT CO., LTD``."""
    return text.isascii() and bool(_COMPANY.search(text))


def _repeats(text: str, above: str) -> bool:
    """Whether a line without any mark begins with two words that stand above with theirs."""
    begin = " ".join(re.findall(r"\w+", text)[:2]).lower()
    return " " in begin and text.isascii() and begin in folded_words(above) and begin not in above.lower()


def _names_body(text: str, words: Sequence[str]) -> bool:
    """Whether a line without any mark has a long English word: ``HAI TUONG INTERNATIONAL``."""
    return text.isascii() and any(word in _WORDS and len(word) >= _LONG for word in words)
