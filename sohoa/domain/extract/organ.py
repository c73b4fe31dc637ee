"""The issuing agency and its parent from the lines above the number (Nghị định 30/2020, box 2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ocr.page import Box, Line
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.slips import toned
from sohoa.domain.extract.spelling import Spelling, expand, spell, unglued
from sohoa.domain.vietnamese import is_upper, nfc, normalise

_DASH_ENDS, _DASH_BEGINS = re.compile(r"\s[-–—]\s*$"), re.compile(r"^\s*[-–—]\s+(?=[^\W\d_])")
_NAMED_PLACE = re.compile(r"\b(?:tinh|huyen|quan|thi xa|xa|phuong|thi tran|thanh pho|tp)[ .]+\w+ \w+$")
_PEERS = re.compile(r"^(?:bo(?! tu lenh\b| chi huy\b)|so)\b")
_BRANCH, _OF_BRANCHES = re.compile(r"chi nhanh\b"), re.compile(r"(?:ngan hang|(?:tong )?cong ty|tap doan)\b")
_SUPREME = re.compile(r"^(?:toa an|vien kiem sat) nhan dan toi(?: cao)?$")
_ALSO_NAMES = frozenset({"dai", "hoi", "nha", "ban", "khu", "cang"})  # ``Đại Lộc`` is no ``Đài``
_NUMBER = re.compile(r"(?:S[ốỐôÔoO]\W*)?(?:\d+\w?\s*)?[A-ZĐ]{1,8}\s?/\s?[A-ZĐ -]+|\d+\w?\s*[A-ZĐ-]+")
_ROW, _ALIKE, _CLEAR = 2.0, 0.4, 0.8  # heights of the line above; of its height; confidence of the word
_OTHER_WORDS = frozenset({"ban", "hoi", "to", "nha", "khoa"})  # with other marks they are words of names, too


@dataclass(frozen=True, slots=True)
class Organ:
    """The issuing agency as printed, its parent ("" where none is printed), and where they stand.

    ``raw`` and ``raw_parent`` are the names as they were read where a reading error was mended. ``vouched``
    and ``parent_vouched``: the paper, a list or a rule says how every word of the name is written;
    ``listed``: lists hold every word, as it was read.
    """

    name: str
    parent: str
    box: Box
    confidence: float
    parent_confidence: float = 0.0
    raw: str = ""
    raw_parent: str = ""
    vouched: bool = True
    parent_vouched: bool = True
    listed: bool = False


def read_organ(
    head: Head, texts: Sequence[str], words: AgencyWords, places: Collection[str] = ()
) -> Organ | None:
    """The agency from the head's left column; the last name is the issuing one."""
    lines = [(line, _clean(line)) for line in head.organ]
    named = list[tuple[Line, str]]()
    for line, text in lines:
        if _plausible(text) or (named and _is_last_word(named[-1][0], line, text, words)):
            named.append((line, text))
    if not named:
        return None
    groups: list[list[tuple[Line, str]]] = []
    for index, (line, text) in enumerate(named):
        joint = groups and (_is_hyphened(groups[-1], line, words) or _is_peer(groups[-1][0][1], text))
        if joint or (groups and _is_branch(groups[-1][0][1], text)):  # agencies that issue a paper together
            groups[-1].append((line, f"- {text}"))
        elif groups and (
            (index == len(named) - 1 and _is_bare_kind(text, words))
            or not _starts_name(" ".join(item for _, item in groups[-1]), text, words)
        ):
            groups[-1].append((line, text))
        else:
            groups.append([(line, text)])
    names = [_named([text for _, text in group], texts, words, places) for group in groups]
    own = [line for line, _ in groups[-1]]
    confidence = min(line.confidence for line in own)
    box = Box.around(line.box for line in own)
    if len(names) == 1:
        return Organ(names[-1].text, "", box, confidence, vouched=names[-1].vouched, listed=names[-1].listed)
    above = min(line.confidence for line, _ in groups[-2])
    return Organ(
        names[-1].text,
        names[-2].text,
        box,
        confidence,
        above,
        vouched=names[-1].vouched,
        listed=names[-1].listed,
        parent_vouched=names[-2].vouched,
    )


def _named(
    lines: Sequence[str], texts: Sequence[str], words: AgencyWords, places: Collection[str]
) -> Spelling:
    """The name on these lines; what goes on below a whole place's name may be another agency."""
    spelled = _cased(" ".join(lines), texts, words, places)
    above = (" ".join(lines[:end]) for end in range(1, len(lines)))
    doubtful = any(_NAMED_PLACE.search(fold(text)) for text in above) and not _stands(spelled.text, texts)
    return replace(spelled, vouched=spelled.vouched and not doubtful)


def _stands(name: str, texts: Sequence[str]) -> bool:
    wanted = fold(name)
    return any(wanted in fold(text) for text in texts)


def _cased(text: str, texts: Sequence[str], words: AgencyWords, places: Collection[str]) -> Spelling:
    """The name in sentence case; of agencies that a dash joins each begins with a capital."""
    spelled = spell(unglued(_with_kind(text, words)), texts, places)
    parts = re.split(r"(?<= [-–—] )", spelled.text)
    begun = (part[:1].upper() + part[1:] if words.start.match(fold(part)) else part for part in parts)
    return replace(spelled, text="".join(begun))


def _with_kind(text: str, words: AgencyWords) -> str:
    """The name with a wrong mark of its kind mended where it has more words: ``SƠ NỘI VỤ`` is a ``SỞ``."""
    match = words.start.match(fold(normalise(text)))
    kind = words.kinds.get(match[0]) if match else None
    if match is None or kind is None or len(letters(kind)) == len(letters(text)) or kind.isupper():
        return text
    if letters(kind) in _OTHER_WORDS:
        return text
    return kind.upper() + normalise(text)[match.end() :] if is_upper(text, 0.7) else text


def _clean(line: Line) -> str:
    text = nfc(line.text).replace("_", " ")
    text = re.sub(r"^[^\w]+|[^\w.)]+$", "", re.sub(r"\s+", " ", text))
    return re.sub(r"(?<=\w)\s*\.{2,}$|(?<![A-Za-z]{2})\.$", "", text).strip(" .*")


def _plausible(text: str) -> bool:
    read = letters(text)
    if _NUMBER.fullmatch(nfc(text)):
        return False
    return len(read) >= 4 and is_upper(text, 0.6) and not read.startswith(("duthao", "conghoaxa", "doclap"))


def _is_last_word(above: Line, line: Line, text: str, words: AgencyWords) -> bool:
    """Whether a short word alone goes on with the name above: ``… NHÂN DÂN TỐI`` over ``CAO``."""
    if not re.fullmatch(r"[^\W\d_]{2,3}", text) or not text.isupper() or words.start.match(fold(text)):
        return False
    close = 0 < line.box.y - above.box.y < _ROW * above.box.h and _ALIKE * above.box.h < line.box.h
    return close and line.confidence >= _CLEAR


def _is_hyphened(group: Sequence[tuple[Line, str]], line: Line, words: AgencyWords) -> bool:
    """Whether a dash joins another agency to the group: at its end or at the head of the line."""
    dash = _DASH_ENDS.search(nfc(group[-1][0].text)) or _DASH_BEGINS.match(nfc(line.text))
    above, below = _rank(group[0][0], words), _rank(line, words)
    return bool(dash) and (above is None or below is None or below >= above)


def _is_peer(above: str, text: str) -> bool:
    """Whether two ministries, departments or supreme bodies stand one below the other: none is a parent."""
    if all(_SUPREME.match(fold(each)) for each in (above, text)):
        return True
    kinds = [_PEERS.match(fold(each)) for each in (above, text)]
    return all(kinds) and len({match[0] for match in kinds if match}) == 1


def _is_branch(above: str, text: str) -> bool:
    """Whether it is a branch of the bank or company above: alone it is no name."""
    return bool(_OF_BRANCHES.match(fold(above)) and _BRANCH.match(fold(text)))


def _is_bare_kind(text: str, words: AgencyWords) -> bool:
    """Whether it is one word that names a kind: no name ends so, ``… VÀ MÔI`` goes on with ``TRƯỜNG``."""
    return len(text.split()) == 1 and fold(text) in words.kinds


def _rank(line: Line, words: AgencyWords) -> int | None:
    """The rank of the body that the line begins with; None where its kind says nothing."""
    match = words.start.match(fold(expand(_clean(line))))
    return words.ranks.get(match[0]) if match else None


def _starts_name(before: str, text: str, words: AgencyWords) -> bool:
    """Whether a line begins a new agency rather than going on with the one before."""
    if words.incomplete.search(fold(before)) or words.continues.match(fold(text)):
        return False
    return begins_like_an_agency(text, words) or letters(text).startswith(words.read_as_one)


def begins_like_an_agency(text: str, words: AgencyWords) -> bool:
    """Whether a kind of body begins the text, and no place that has its letters: ``Đại Lộc``."""
    kind = words.start.match(fold(text))
    named = kind and kind[0] in _ALSO_NAMES and toned(text.split()[0]) != toned(words.kinds[kind[0]])
    return bool(kind) and not named
