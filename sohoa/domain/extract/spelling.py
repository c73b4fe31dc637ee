"""Sentence case and spelling of names that are printed in capitals.

The document's own running text is the best witness: it prints the same words in mixed case, in larger
type runs and more often than the head. Lists of words and places fill in where it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ocr.vietnamese.folding import fold, letters
from ocr.vietnamese.syllables import is_syllable
from sohoa.domain.extract.capital_rules import NameWord, capitalised, is_short_form, ruled
from sohoa.domain.extract.capitals import LOWER, OFFICES, PHRASES, PLACES, SCHOOLS, SHORT_FORMS
from sohoa.domain.extract.offices import WRITTEN_OUT
from sohoa.domain.extract.slips import Slip, nearest, toned
from sohoa.domain.vietnamese import is_upper, normalise

_LEAST_WITNESSED = 8  # letters of a whole name that the running text vouches for
_LEAST_LETTERS = 12  # of a name whose spaces were lost
_REMEMBERED = 8  # texts of documents: several names are sought in each
_BREAKS = re.compile(r"[.;:()/]")  # no name goes on beyond them
_LONGEST_PLACE = 5  # words, a dash among them
_GLUED = re.compile(r"\b((?:TP|TX|TT)\.(?=\w)|(?:UBND|HĐND)(?=TỈNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|TH|TP))")
_PROVINCIAL = frozenset({"tỉnh", "thành phố", "tp.", "tp"})
_NO_NAMES = frozenset({*LOWER, *OFFICES, *PLACES, *SCHOOLS})
_GLUED_FORMS = frozenset({*SHORT_FORMS, *WRITTEN_OUT, *(kind.upper() for kind in SCHOOLS), "TNHH", "MTV"})
_LISTED = frozenset({*LOWER, *OFFICES, *PLACES, "-"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in sentence case; ``vouched``: text, lists or rules say of every word how it is written.

    ``listed``: lists alone hold every word of it, and it was read as they write it.
    """

    text: str
    vouched: bool
    listed: bool = False


def unglued(name: str) -> str:
    """The name with the space behind a short form that was lost: ``UBNDTỈNH``, ``TP.SÔNG LAM``."""
    return _GLUED.sub(r"\1 ", name)


def expand(name: str) -> str:
    """Well-known short forms written out in capitals: ``UBND`` becomes ``ỦY BAN NHÂN DÂN``."""
    words = unglued(name).split()
    return " ".join(WRITTEN_OUT[word].upper() if word in WRITTEN_OUT else word for word in words)


def shortened(name: str, read: str) -> str:
    """The name with the short forms that ``read`` has of its words: ``UBND tỉnh Sông Lam``."""
    for short in (word for word in unglued(read).split() if word in WRITTEN_OUT):
        name = re.sub(rf"\b{WRITTEN_OUT[short]}\b", short, name, count=1, flags=re.IGNORECASE)
    return name


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
    name = _spaced(normalise(name))
    words = _with_places([*_by_lists(name)], places)
    ruled = replace(_by_rule(_with_names(words, texts)), listed=_are_listed(words, name))
    found = (
        (_printed(name, texts) or _printed_apart(name, texts)) if len(name) >= _LEAST_WITNESSED else Counter()
    )
    if not found or (ruled.vouched and ruled.text in found):
        return ruled
    ((printed, _),) = found.most_common(1)
    return Spelling(printed, vouched=not ruled.vouched)


def _spaced(name: str) -> str:
    """The name with spaces that were lost: about a dash between words, between two words of the language."""
    parted = " ".join(part for word in name.split() for part in _parted(word))
    return re.sub(r"\s[-–—]\s?|\s?[-–—]\s", " - ", parted).strip()


def _parted(word: str) -> tuple[str, ...]:
    """Two words that were read as one: where only one cut leaves words, and marks tell the language."""
    if word.isascii() or not word.isalpha() or is_syllable(word.lower()) or is_short_form(word):
        return (word,)
    cuts = [(word[:end], word[end:]) for end in range(1, len(word))]
    found = [cut for cut in cuts if all(is_syllable(part.lower()) or part in _GLUED_FORMS for part in cut)]
    return found[0] if len(found) == 1 else (word,)


def _are_listed(words: Sequence[NameWord], name: str) -> bool:
    """Whether lists hold every word, as it was read."""
    known = all(word.settled or word.text.lower() in _LISTED or is_short_form(word.text) for word in words)
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


def _printed_apart(name: str, texts: Sequence[str]) -> Counter[str]:
    """The mixed-case spellings of the same letters in the texts, whatever spaces and dashes are between."""
    wanted = letters(name)
    found: Counter[str] = Counter()
    for text in texts if len(wanted) >= _LEAST_LETTERS else ():
        squeezed, places = _squeezed(text)
        at = squeezed.find(wanted)
        while at >= 0:
            start, end = places[at], places[at + len(wanted) - 1] + 1
            spelled = " ".join(text[start:end].split())
            whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
            if whole and spelled[0].isupper() and not spelled.isupper() and not _BREAKS.search(spelled):
                found[spelled] += 1
            at = squeezed.find(wanted, at + 1)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    """The text's folded letters and digits, and where each stands."""
    folded = fold(text)
    places = tuple(i for i, sign in enumerate(folded) if sign.isalnum()) if len(folded) == len(text) else ()
    return "".join(folded[i] for i in places), places


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


def _by_lists(name: str) -> Iterator[NameWord]:
    """The name's words, those of known phrases spelled as the list has them, whatever marks OCR lost."""
    folded, at = fold(name), 0
    pattern, spelled = _phrases()
    for match in pattern.finditer(folded) if len(folded) == len(name) else ():
        yield from map(NameWord, name[at : match.start()].split())
        at = match.end() + name.startswith(",", match.end())
        for word in f"{spelled[match.group().replace(' ', '')]}{name[match.end() : at]}".split():
            yield NameWord(word, settled=True, vouched=True)
    yield from map(NameWord, name[at:].split())


def phrases_in(text: str) -> Iterator[str]:
    """Phrases of the lists that the text holds with other marks than theirs: ``thành phó``."""
    folded = fold(text)
    pattern, spelled = _phrases()
    for match in pattern.finditer(folded) if len(folded) == len(text) else ():
        read = text[match.start() : match.end()]
        phrase = spelled[match.group().replace(" ", "")]
        if " " in phrase and toned(read) != toned(phrase):
            yield read


def _with_places(words: Sequence[NameWord], places: Collection[str]) -> list[NameWord]:
    """Places of the list vouched for: after the word that says what they are, or at the name's end."""
    made, at = list(words), 0
    while at < len(made):
        size = next((size for size in range(_LONGEST_PLACE, 0, -1) if _is_place(made, at, size, places)), 0)
        for index in range(at, at + size):
            made[index] = NameWord(capitalised(made[index].text), settled=True, vouched=True)
        at += size or 1
    return made


def _is_place(words: Sequence[NameWord], at: int, size: int, places: Collection[str]) -> bool:
    """Whether these words are a listed place; of a province or city only a mark may be wrong."""
    run, kind = words[at : at + size], _kind_before(words, at)
    if not at or len(run) < size or any(word.settled for word in run) or (size == 1 and not kind):
        return False
    if not kind and at + size < len(words):
        return False
    most = Slip.MARKS if kind in _PROVINCIAL else Slip.NONE
    return nearest(" ".join(word.text for word in run), places, most) is not None


def _kind_before(words: Sequence[NameWord], at: int) -> str:
    """The kind of place that is named just before: ``thành phố``; "" for none."""
    before = [word.text.lower() for word in words[max(0, at - 2) : at]]
    return next((kind for kind in (" ".join(before), *before[-1:]) if kind in PLACES), "")


def _with_names(words: Sequence[NameWord], texts: Sequence[str]) -> list[NameWord]:
    """Runs of words that the running text prints as a name, each word with a capital."""
    made, at = list(words), 0
    while at < len(made):
        sizes = range(len(made) - at, 1, -1)
        printed = next((found for size in sizes if (found := _printed_name(made[at : at + size], texts))), [])
        for index, word in enumerate(printed, at):
            made[index] = NameWord(word, settled=True, vouched=True)
        at += len(printed) or 1
    return made


def _printed_name(run: Sequence[NameWord], texts: Sequence[str]) -> list[str]:
    if any(word.settled or not word.text.isalpha() or word.text.lower() in _NO_NAMES for word in run):
        return []
    found = _printed(" ".join(word.text for word in run), texts)
    words = found.most_common(1)[0][0].split() if found else []
    return words if len(words) == len(run) and all(word[0].isupper() for word in words) else []


def _by_rule(words: Sequence[NameWord]) -> Spelling:
    """What no list settles: short forms, names of places and schools, the first word after an office."""
    made = [ruled(words, index) for index in range(len(words))]
    text = " ".join(word.text for word in made)
    return Spelling(text[:1].upper() + text[1:], all(word.vouched for word in made))
