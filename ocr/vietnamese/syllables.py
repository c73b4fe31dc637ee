"""Whether a word can be Vietnamese: onset, rime and tone by rule, no word list.

Source of the rules: the orthography taught in schools (22 initials, the closed set of rimes, six tones,
only sắc and nặng before p, t, c, ch). Both tone placements (``hòa``, ``hoà``) are valid.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

_ONSETS = (
    *("", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x"),
    *("ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"),
)
_RIME_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăp oăt oe oem oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt
    uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
_RIMES = frozenset(_RIME_TABLE.split())
_FRONT = frozenset("eêiy")
_STOPPED = re.compile(r"(?:[ptc]|ch)$")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
_CLOSED_TONES = frozenset({"sắc", "nặng"})
_LETTERS = re.compile(r"[^\W\d_]+")


def split_tone(syllable: str) -> tuple[str, str]:
    """The syllable in lower case without its tone mark (hats and horns stay), and the tone's name or ""."""
    bare: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFD", syllable.lower()):
        if character in _TONES:
            tones.append(_TONES[character])
        else:
            bare.append(character)
    if len(tones) > 1:
        return syllable.lower(), "several"
    return unicodedata.normalize("NFC", "".join(bare)), tones[0] if tones else ""


@functools.cache
def plain_spellings() -> frozenset[str]:
    """All syllables without their marks: what remains of them where people type none."""
    spelled = (onset + rime for onset in _ONSETS for rime in _RIMES if _fits(onset, rime, "sắc"))
    return frozenset(_plain(syllable) for syllable in spelled)


def _plain(text: str) -> str:
    signs = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def is_syllable(word: str) -> bool:
    """Whether the word can be written in Vietnamese: a possible onset, rime and tone."""
    bare, tone = split_tone(word)
    if tone == "several":
        return False
    return any(_fits(onset, bare[len(onset) :], tone) for onset in _ONSETS if bare.startswith(onset))


def _fits(onset: str, rime: str, tone: str) -> bool:
    if rime not in _RIMES and not (onset in {"qu", "gi"} and f"i{rime}" in _RIMES):
        return False
    if _STOPPED.search(rime) and tone not in _CLOSED_TONES:
        return False
    front = rime[0] in _FRONT
    if onset in {"k", "gh", "ngh"}:
        return front
    if onset in {"c", "g", "ng"}:
        return not front or (onset == "g" and rime[0] == "i")
    return not (onset == "q" and not rime.startswith(("u", "o")))


def has_marks(word: str) -> bool:
    """Whether the word bears a tone, hat, horn or bar: what plain Latin text never has."""
    return "đ" in word.lower() or any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", word))


def valid_share(words: Iterable[str]) -> float:
    """Share of runs of two or more letters that can be Vietnamese, weighted by length; 1 without any.

    Numbers, punctuation and upper-case notations without vowels (``QĐ``, ``UBND``) count neither way.
    """
    valid = total = 0
    for word in words:
        for run in _LETTERS.findall(word):
            if len(run) < 2 or (run.isupper() and not is_syllable(run)):
                continue
            total += len(run)
            valid += len(run) * is_syllable(run)
    return valid / total if total else 1.0


def marked_share(words: Iterable[str]) -> float:
    """Share of runs of letters with any Vietnamese mark; about 0.7 in Vietnamese prose, 0 in English."""
    runs = [run for word in words for run in _LETTERS.findall(word) if len(run) > 1]
    return sum(map(has_marks, runs)) / len(runs) if runs else 0.0
