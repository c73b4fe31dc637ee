"""The issuing agency and its parent from the lines above the number (Nghị định 30/2020, box 2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from ocr.page import Box, Line
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method, OriginalSignature
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.calibration import OrganShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.notation import initials
from sohoa.domain.extract.spelling import Spelling, expand, spell
from sohoa.domain.vietnamese import is_upper, nfc, normalise

_DASH_ENDS, _DASH_BEGINS = re.compile(r"\s[-–—]\s*$"), re.compile(r"^\s*[-–—]\s+(?=[^\W\d_])")
_NAMED_PLACE = re.compile(r"\b(?:tinh|huyen|quan|thi xa|xa|phuong|thi tran|thanh pho|tp)[ .]+\w+ \w+$")
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
    named = [(line, text) for line, text in lines if _plausible(text)]
    if not named:
        return None
    groups: list[list[tuple[Line, str]]] = []
    for line, text in named:
        if groups and _is_hyphened(groups[-1], line, words):  # agencies that issue a paper together
            groups[-1].append((line, f"- {text}"))
        elif groups and not _starts_name(" ".join(item for _, item in groups[-1]), text, words):
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
    spelled = spell(expand(_with_kind(text, words)), texts, places)
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
    return len(read) >= 4 and is_upper(text, 0.6) and not read.startswith(("duthao", "conghoaxa", "doclap"))


def _is_hyphened(group: Sequence[tuple[Line, str]], line: Line, words: AgencyWords) -> bool:
    """Whether a dash joins another agency to the group: at its end or at the head of the line."""
    dash = _DASH_ENDS.search(nfc(group[-1][0].text)) or _DASH_BEGINS.match(nfc(line.text))
    above, below = _rank(group[0][0], words), _rank(line, words)
    return bool(dash) and (above is None or below is None or below >= above)


def _rank(line: Line, words: AgencyWords) -> int | None:
    """The rank of the body that the line begins with; None where its kind says nothing."""
    match = words.start.match(fold(expand(_clean(line))))
    return words.ranks.get(match[0]) if match else None


def _starts_name(before: str, text: str, words: AgencyWords) -> bool:
    """Whether a line begins a new agency rather than going on with the one before."""
    if words.incomplete.search(fold(before)) or words.continues.match(fold(text)):
        return False
    return bool(words.start.match(fold(text))) or letters(text).startswith(words.read_as_one)


def organ_fields(
    organ: Organ | None,
    head: Head,
    note: str,
    registered: str,
    signatures: Sequence[OriginalSignature],
    texts: Sequence[str],
    words: AgencyWords,
    shares: OrganShares,
) -> dict[str, Field]:
    """organ_name and parent_organ_name with what register, signatures, body and notation say of them.

    ``registered`` is the agency's name in the register, "" where that is not known.
    """
    if organ is None:
        return {}
    page, read = head.page.number, organ.raw or organ.name
    share = _reading_share(read, organ.confidence, words, shares)
    evidence = [Evidence(Method.TEXT, read, clip(share), page, organ.box)]
    doubt, known = 1 - share, _known_as(organ, registered, signatures)
    if known is not None:
        method, name = known
        place = (page, organ.box) if method is Method.REGISTER else (None, None)
        evidence.append(Evidence(method, name, shares.known, *place))
        same = letters(expand(name)) == letters(expand(read))
        doubt *= shares.doubt_if_same if same else shares.doubt_if_alike
    witnesses = (_heading_agrees(organ.name, head), _initials_agree(organ.name, note))
    doubt *= shares.doubt_if_repeated ** sum(witnesses) * (shares.doubt_if_listed if organ.listed else 1)
    if _goes_on(organ.name, texts):
        doubt = max(doubt, shares.least_doubt_if_cut)
    if not organ.vouched and _as_signed(organ.name, known) == organ.name:
        doubt = max(doubt, shares.least_doubt_if_unlisted)
    fields = {"organ_name": Field(_as_signed(organ.name, known), read, clip(1 - doubt), tuple(evidence))}
    return fields | _parent_field(organ, page, words, shares)


def _known_as(
    organ: Organ, registered: str, signatures: Sequence[OriginalSignature]
) -> tuple[Method, str] | None:
    """The name that the register, or else a signature, has for the agency; None where none is like it."""
    named = ((Method.REGISTER, registered), *((Method.SIGNATURE, item.signer) for item in signatures))
    return next(((method, name) for method, name in named if name and _same(name, organ.name)), None)


def _as_signed(name: str, known: tuple[Method, str] | None) -> str:
    """The name in the signature's letters where that has small ones; as it was read otherwise."""
    if known is None or known[0] is not Method.SIGNATURE or is_upper(known[1], 0.7):
        return name
    return nfc(known[1])


def _parent_field(organ: Organ, page: int, words: AgencyWords, shares: OrganShares) -> dict[str, Field]:
    if not organ.parent:
        return {}
    doubt = 1 - _reading_share(organ.parent, organ.parent_confidence, words, shares)
    sure = clip(1 - max(doubt, 0 if organ.parent_vouched else shares.least_doubt_if_unlisted))
    read = organ.raw_parent or organ.parent
    seen = Evidence(Method.TEXT, read, sure, page, organ.box)
    return {"parent_organ_name": Field(organ.parent, read, sure, (seen,))}


def _reading_share(name: str, confidence: float, words: AgencyWords, shares: OrganShares) -> float:
    """How sure a name is by its reading alone: one that does not begin like an agency's is doubtful."""
    if not words.start.match(fold(name)):
        return shares.unlike_an_agency
    return shares.reading + shares.reading_by_ocr * confidence


def _same(known: str, name: str) -> bool:
    a, b = letters(expand(nfc(known))), letters(expand(name))
    return Levenshtein.distance(a, b) <= max(1, len(b) // 14)


def _heading_agrees(name: str, head: Head) -> bool:
    """Whether the body's authority heading or text repeats the name."""
    wanted = letters(name)
    return len(wanted) >= 8 and any(wanted in letters(line.text) for line in head.body)


def _goes_on(name: str, texts: Sequence[str]) -> bool:
    """Whether the running text always goes on with a capital after the name: a line of it was lost."""
    wanted, going, ending = fold(name), 0, 0
    for text in texts:
        folded = fold(text)
        if len(folded) != len(text):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded):
            if text[match.start()].isupper():
                after = text[match.end() : match.end() + 2]
                going, ending = going + after[1:].isupper(), ending + (not after[1:].isupper())
    return going > 0 and ending == 0


def _initials_agree(name: str, note: str) -> bool:
    whole = initials(name)
    parts = [part for part in re.split(r"[-/]", note) if len(part) >= 2]
    return any(whole.startswith(part.upper()) and len(part) >= 3 for part in parts)


def organ_on_whose_behalf(authority: Field | None, shares: OrganShares) -> Field | None:
    """The agency that ``TM. CHÍNH PHỦ`` names, where the head was cut off: the head may say more of it."""
    match = re.match(r"TM\. ([^,]+)", authority.value) if authority else None
    if authority is None or match is None:
        return None
    share = clip(shares.on_whose_behalf * authority.confidence)
    page, box = next(((seen.page, seen.box) for seen in authority.evidence), (None, None))
    return Field(match[1], authority.raw, share, (Evidence(Method.TEXT, match[1], share, page, box),))
