"""Words that cannot stand as they were read: a value that holds one waits for a person.

Words that are no known syllable (``eäi``, ``địp``), ink among letters (``12024. |Quy``), letters among digits
(``khóa 1ó``), and phrases and provinces with another mark than theirs (``thành phó Cản Thơ``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ocr.vietnamese.folding import fold
from ocr.vietnamese.language import key
from ocr.vietnamese.syllables import is_syllable, split_tone
from sohoa.domain.archive.records import Field, Method
from sohoa.domain.extract.places import misread_places
from sohoa.domain.extract.slips import toned
from sohoa.domain.extract.spelling import phrases_in
from sohoa.domain.extract.vocabularies import Vocabularies
from sohoa.domain.vietnamese import is_upper, normalise

CHECKED = ("organ_name", "parent_organ_name", "subject", "signer_name", "signer_position")
"""Fields whose words are looked at."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_INK = re.compile(r"[|~#_©®<>{}\[\]\\=^$¬]")
_DIGITS_AND_LETTERS = re.compile(r"^\d+[^\W\d_]+\d?$")
_UNIT_OR_ITEM = re.compile(r"^\d+(?:[a-zđ]|bis|km|kg|cm|ha|kV|kW|k?c?m[23])$")
_ROUND = "“”\"'‘’()[],.;:!?…-–"
_MIXED_CASE = frozenset({"TTg", "ThS", "TNg", "VNeID", "QHQĐ"})
# A number follows these words; ``đợi`` is ``đợt`` with another end.
_COUNTED = {fold(word): word for word in ("đợt", "tháng", "năm", "lần", "quý", "khóa")}
_COUNTING = re.compile(r"\b[^\W\d_]+(?= (?:\d|[IVX]{1,4}\b))")
_SECOND = re.compile(r"\bquý II\b", re.IGNORECASE)  # on scans two of sixteen ``III`` lost a stroke
_REPEATED = 2


def with_doubts(
    fields: Mapping[str, Field], texts: Sequence[str], known: Vocabularies, most: float
) -> dict[str, Field]:
    """The fields, those with a word that cannot stand trusted ``most``; what else vouches for is left."""
    return {name: _doubted(name, field, texts, known, most) for name, field in fields.items()}


def _doubted(name: str, field: Field, texts: Sequence[str], known: Vocabularies, most: float) -> Field:
    vouched = any(seen.method is not Method.TEXT and seen.value == field.value for seen in field.evidence)
    if name not in CHECKED or field.confidence <= most or vouched:
        return field
    witnesses = () if name.startswith("signer") else texts  # a signer's own line is among them
    if next(misread(field.value, witnesses, known), None) is None:
        return field
    return replace(field, confidence=most)


def misread(text: str, texts: Sequence[str], known: Vocabularies) -> Iterator[str]:
    """Words and phrases of the text that cannot stand so; none where no syllables are known."""
    if not known.syllables:
        return
    text = normalise(text)
    yield from (chunk for chunk in text.split() if _INK.search(chunk) or _mixes(chunk.strip(_ROUND)))
    words = [word for chunk in text.split() if not chunk[0].isdigit() for word in _WORD.findall(chunk)]
    small = is_upper(text, 0.7)
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        named = not small and (before[:1].isupper() or after[:1].isupper())
        if not (
            _is_short_form(word, small=small) or _is_known(word, known) or _is_name(word, texts, named=named)
        ):
            yield word
    counting = [word for word in _COUNTING.findall(text) if word.lower() not in _COUNTED.values()]
    yield from (word for word in counting if fold(word) in _COUNTED or word.lower() == "đợi")
    if _SECOND.search(text) and sum(len(_SECOND.findall(line)) for line in texts) < _REPEATED:
        yield "II"
    yield from phrases_in(text)
    yield from _outvoted(text, texts)
    yield from misread_places(text, known.places)


def _mixes(core: str) -> bool:
    """Whether letters follow digits that are no unit, item or notation: ``12km``, ``khoản 2a``, ``5G``."""
    return bool(_DIGITS_AND_LETTERS.match(core) and not core.isupper() and not _UNIT_OR_ITEM.match(core))


def _is_short_form(word: str, *, small: bool) -> bool:
    """Whether it is an abbreviation, which bears no tone, a letter or a part of a notation."""
    if len(word) == 1 or word in _MIXED_CASE:
        return True
    return word.isupper() and not (is_syllable(word) if small else False) and not split_tone(word)[1]


def _is_known(word: str, known: Vocabularies) -> bool:
    return key(word) in known.syllables


def _is_name(word: str, texts: Sequence[str], *, named: bool) -> bool:
    """Whether a possible syllable is part of a name: beside another capital, or repeated by the paper."""
    return is_syllable(word) and word[0].isupper() and (named or _times(word, texts) >= _REPEATED)


def _outvoted(text: str, texts: Sequence[str]) -> Iterator[str]:
    """Words in a row that the running text has more often with other marks: ``Son Thạch``.

    Of two words of a name one other spelling is enough where the text does not have this one more often.
    """
    wanted = [*pairwise(_LETTERS.findall(normalise(text)))]
    alike = {_folded(pair) for pair in wanted}
    found: Counter[tuple[str, str]] = Counter()
    for line in texts:
        found.update(pair for pair in pairwise(_LETTERS.findall(toned(line))) if _folded(pair) in alike)
    for one, other in wanted:
        pair = one.lower(), other.lower()
        named = one.istitle() and other.istitle()
        rivals = (
            times for rival, times in found.items() if rival != pair and _folded(rival) == _folded(pair)
        )
        if max(rivals, default=0) >= max(found[pair] + (not named), 1 if named else _REPEATED):
            yield f"{one} {other}"


def _folded(pair: tuple[str, str]) -> tuple[str, str]:
    return fold(pair[0]), fold(pair[1])


def _times(word: str, texts: Sequence[str]) -> int:
    wanted = re.compile(rf"(?<!\w){re.escape(toned(word))}(?!\w)")
    return sum(len(wanted.findall(toned(text))) for text in texts)
