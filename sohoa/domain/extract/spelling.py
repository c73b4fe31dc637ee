"""Sentence case and spelling of names that are printed in capitals.

The document's own running text is the best witness: it prints the same words in mixed case, in larger
type runs and more often than the head. Lists of words and places fill in where it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ocr.vietnamese.folding import fold
from ocr.vietnamese.syllables import is_syllable
from sohoa.domain.extract.capitals import LOWER, OFFICES, PHRASES, PLACES, SCHOOLS, SHORT_FORMS
from sohoa.domain.extract.offices import WRITTEN_OUT
from sohoa.domain.extract.slips import Slip, nearest, toned
from sohoa.domain.vietnamese import is_upper, normalise

_LEAST_WITNESSED = 8  # letters of a whole name that the running text vouches for
_LONGEST_PLACE = 5  # words, a dash among them
_GLUED = re.compile(r"\b((?:TP|TX|TT)\.(?=\w)|(?:UBND|HĐND)(?=TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|TH|TP))")
_ROMAN = re.compile(r"^(?=[IVX]{2}|[IVX]$)X{0,3}(?:IX|IV|V?I{0,3})$")
_NUMBERED = frozenset({"số", "vực", "vùng", "khu", "khóa", "lần", "đợt"})
_PLAIN = re.compile(r"^[\W\d_]+$")
_PROVINCIAL = frozenset({"tỉnh", "thành phố", "tp.", "tp"})
_NO_NAMES = frozenset({*LOWER, *OFFICES, *PLACES, *SCHOOLS})
_LISTED = frozenset({*LOWER, *OFFICES, *PLACES, "-"})
_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in sentence case; ``vouched``: text, lists or rules say of every word how it is written.

    ``listed``: lists alone hold every word of it, and it was read as they write it.
    """

    text: str
    vouched: bool
    listed: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name; ``settled`` words are spelled by a list, the others are as they were read."""

    text: str
    settled: bool = False
    vouched: bool = False


def expand(name: str) -> str:
    """Well-known short forms written out in capitals: ``UBND`` becomes ``ỦY BAN NHÂN DÂN``."""
    name = _GLUED.sub(r"\1 ", name)
    return " ".join(WRITTEN_OUT[word].upper() if word in WRITTEN_OUT else word for word in name.split())


def witnesses(lines: Iterable[str]) -> tuple[str, ...]:
    """The mixed-case lines of a document, joined where a name may run over the line's end."""
    mixed = [normalise(line) for line in lines if line and not is_upper(line, 0.5)]
    return (" ".join(mixed),)


def sentence_case(name: str) -> str:
    """The name in sentence case by lists and rules."""
    return spell(name).text


def spell(name: str, texts: Sequence[str] = (), places: Collection[str] = ()) -> Spelling:
    """The name in sentence case, letter by letter as the running text spells it where it does.

    Where lists and rules settle every word and the text always prints it otherwise nothing vouches for it.
    """
    if not is_upper(name, 0.7):
        return Spelling(normalise(name), vouched=True)
    name = normalise(name)
    words = _with_places([*_by_lists(name)], places)
    ruled = replace(_by_rule(_with_names(words, texts)), listed=_are_listed(words, name))
    found = _printed(name, texts) if len(name) >= _LEAST_WITNESSED else Counter[str]()
    if not found or (ruled.vouched and ruled.text in found):
        return ruled
    ((printed, _),) = found.most_common(1)
    return Spelling(printed, vouched=not ruled.vouched)


def _are_listed(words: Sequence[_Word], name: str) -> bool:
    """Whether lists hold every word, as it was read."""
    known = all(word.settled or word.text.lower() in _LISTED or _is_short_form(word.text) for word in words)
    return known and toned(" ".join(word.text for word in words)) == toned(name)


def _printed(name: str, texts: Sequence[str]) -> Counter[str]:
    """The mixed-case spellings of the same words in the texts."""
    wanted = fold(name)
    found: Counter[str] = Counter()
    for text in texts:
        folded = fold(text)
        if len(folded) != len(text):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded):
            spelled = text[match.start() : match.end()]
            if spelled[0].isupper() and not spelled.isupper():
                found[spelled] += 1
    return found


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all phrases, long ones first, and each by its letters.

    A lost space is forgiven where that makes no other word: ``Thú y`` is not ``thủy``.
    """
    spelled = {fold(phrase).replace(" ", ""): phrase for phrase in PHRASES}
    folded = sorted(map(fold, PHRASES), key=len, reverse=True)
    spaces = ((" " if is_syllable(phrase.replace(" ", "")) else " ?", phrase) for phrase in folded)
    patterns = (space.join(map(re.escape, phrase.split())) for space, phrase in spaces)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)"), spelled


def _by_lists(name: str) -> Iterator[_Word]:
    """The name's words, those of known phrases spelled as the list has them, whatever marks OCR lost."""
    folded, at = fold(name), 0
    pattern, spelled = _phrases()
    for match in pattern.finditer(folded) if len(folded) == len(name) else ():
        yield from map(_Word, name[at : match.start()].split())
        for word in spelled[match.group().replace(" ", "")].split():
            yield _Word(word, settled=True, vouched=True)
        at = match.end()
    yield from map(_Word, name[at:].split())


def phrases_in(text: str) -> Iterator[str]:
    """Phrases of the lists that the text holds with other marks than theirs: ``thành phó``."""
    folded = fold(text)
    pattern, spelled = _phrases()
    for match in pattern.finditer(folded) if len(folded) == len(text) else ():
        read = text[match.start() : match.end()]
        phrase = spelled[match.group().replace(" ", "")]
        if " " in phrase and toned(read) != toned(phrase):
            yield read


def _with_places(words: Sequence[_Word], places: Collection[str]) -> list[_Word]:
    """Places of the list vouched for: after the word that says what they are, or at the name's end."""
    made, at = list(words), 0
    while at < len(made):
        size = next((size for size in range(_LONGEST_PLACE, 0, -1) if _is_place(made, at, size, places)), 0)
        for index in range(at, at + size):
            made[index] = _Word(_capitalised(made[index].text), settled=True, vouched=True)
        at += size or 1
    return made


def _is_place(words: Sequence[_Word], at: int, size: int, places: Collection[str]) -> bool:
    """Whether these words are a listed place; of a province or city only a mark may be wrong."""
    run, kind = words[at : at + size], _kind_before(words, at)
    if not at or len(run) < size or any(word.settled for word in run) or (size == 1 and not kind):
        return False
    if not kind and at + size < len(words):
        return False
    most = Slip.MARKS if kind in _PROVINCIAL else Slip.NONE
    return nearest(" ".join(word.text for word in run), places, most) is not None


def _kind_before(words: Sequence[_Word], at: int) -> str:
    """The kind of place that is named just before: ``thành phố``; "" for none."""
    before = [word.text.lower() for word in words[max(0, at - 2) : at]]
    return next((kind for kind in (" ".join(before), *before[-1:]) if kind in PLACES), "")


def _with_names(words: Sequence[_Word], texts: Sequence[str]) -> list[_Word]:
    """Runs of words that the running text prints as a name, each word with a capital."""
    made, at = list(words), 0
    while at < len(made):
        sizes = range(len(made) - at, 1, -1)
        printed = next((found for size in sizes if (found := _printed_name(made[at : at + size], texts))), [])
        for index, word in enumerate(printed, at):
            made[index] = _Word(word, settled=True, vouched=True)
        at += len(printed) or 1
    return made


def _printed_name(run: Sequence[_Word], texts: Sequence[str]) -> list[str]:
    if any(word.settled or not word.text.isalpha() or word.text.lower() in _NO_NAMES for word in run):
        return []
    found = _printed(" ".join(word.text for word in run), texts)
    words = found.most_common(1)[0][0].split() if found else []
    return words if len(words) == len(run) and all(word[0].isupper() for word in words) else []


def _by_rule(words: Sequence[_Word]) -> Spelling:
    """What no list settles: short forms, names of places and schools, the first word after an office."""
    made = [_ruled(words, index) for index in range(len(words))]
    text = " ".join(word.text for word in made)
    return Spelling(text[:1].upper() + text[1:], all(word.vouched for word in made))


def _ruled(words: Sequence[_Word], index: int) -> _Word:
    word = words[index]
    small = word.text.lower()
    if word.settled or _PLAIN.match(word.text):
        return _Word(word.text, vouched=True)
    if _is_short_form(word.text) or (index and _ROMAN.match(word.text) and _numbers(words[index - 1], small)):
        return _Word(word.text, vouched=True)
    if small in ("tp.", "tp", "tx.", "tt."):
        return _Word(small.upper(), vouched=True)
    sure = all(map(is_syllable, re.findall(r"[^\W\d_]+", small)))
    if index == 0 or _begins_office(words, index):
        return _Word(_capitalised(small), vouched=sure)
    if _is_small(words, index):
        return _Word(small, vouched=True)
    if _in_name(words, index) or _names_a_school(words, index):
        return _Word(_capitalised(small), vouched=sure and words[index - 1].text.lower() != "đoàn")
    if len(words) > 2 and _ends_in_a_name(words, index):
        return _Word(_capitalised(small))
    return _Word(_capitalised(small) if _follows_office(words, index) else small)


def _is_short_form(word: str) -> bool:
    """Whether it is an abbreviation: a listed one, or of parts without a vowel."""
    parts = re.split(r"[&.\-–/]", word)
    return word in SHORT_FORMS or all(part and not _VOWEL.search(fold(part)) for part in parts)


def _numbers(before: _Word, small: str) -> bool:
    return before.text.lower() in _NUMBERED or len(small) > 1


def _is_small(words: Sequence[_Word], index: int) -> bool:
    """Whether it is one of the words that stay small, alone or with the one beside it."""
    small = [word.text.lower() for word in words]
    pairs = (small[index - 1 : index + 1], small[index : index + 2])
    return small[index] in LOWER or any(" ".join(pair) in LOWER for pair in pairs)


def _in_name(words: Sequence[_Word], index: int) -> bool:
    """Whether it belongs to the name of a place or school that is begun before."""
    small = [word.text.lower() for word in words]
    for start in range(index - 1, max(-1, index - 1 - _LONGEST_PLACE), -1):
        for size in (4, 3, 2, 1):
            before = " ".join(small[max(0, start + 1 - size) : start + 1])
            if before in PLACES or before in SCHOOLS:
                return True
        if words[start].settled and not words[start].text[0].isupper():
            return False
        if small[start] in OFFICES:
            return False
    return False


def _begins_office(words: Sequence[_Word], index: int) -> bool:
    """Whether it is the first word of an office before a name that a list has: ``Giám đốc Sở Nội vụ``."""
    after = words[index + 1 : index + 2]
    return words[index].text.lower() in OFFICES and any(
        word.settled and word.text[0].isupper() for word in after
    )


def _names_a_school(words: Sequence[_Word], index: int) -> bool:
    """Whether it is the word ``Trường`` before the kind of school."""
    after = [word.text.lower() for word in words[index + 1 : index + 3]]
    kinds = (" ".join(after), *after[:1])
    return words[index].text.lower() == "trường" and any(
        kind in SCHOOLS or kind == "đại học" for kind in kinds
    )


def _ends_in_a_name(words: Sequence[_Word], index: int) -> bool:
    """Whether it is one of two words that are left after a field of a list: ``Sở Y tế Sông Lam``."""
    left = words[-2:]
    return (
        index >= len(words) - 2
        and (words[-3].settled or _is_short_form(words[-3].text))
        and not any(word.settled for word in left)
    )


def _follows_office(words: Sequence[_Word], index: int) -> bool:
    small = [word.text.lower() for word in words[:index]]
    return any(" ".join(small[-size:]) in OFFICES for size in (1, 2))


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:].lower()
