"""Number and notation: ``Số: 12/2020/NQ-HĐND``, ``Số 848-TB/TU`` (Nghị định 30/2020, Điều 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from ocr.layout.number_line import number_and_notation
from ocr.page import Digits, Gap, Line
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import Calibration, NotationShares, NumberShares
from sohoa.domain.extract.clues import NameClue
from sohoa.domain.extract.confidence import Sign, Written, clip, digit_trust, word_confidence, written
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.offices import IN_NOTATIONS
from sohoa.domain.extract.types import DocumentType, TypeTable
from sohoa.domain.vietnamese import nfc

_AS_DIGIT = str.maketrans(
    {**dict.fromkeys("OoÔôQ", "0"), **dict.fromkeys("lI|!][íìiÌÍ†", "1"), "Z": "2", "z": "2", "S": "5"}
)
_NUMBERS = 60  # how many numbers a misreading may be mistaken for
_NEARBY, _NEIGHBOURS = 8, 3  # how many of them are near; what stands so close in the register is near
# ``HDND`` is nothing but ``HĐND``, whoever issued the paper.
_WELL_KNOWN = {letters(office): office for office in IN_NOTATIONS if len(office) >= 4}


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number line taken apart: the number's signs, whether it was left open, the notation."""

    line: Line
    sign: Sign | Written
    blank: bool
    raw: str
    note: str
    note_confidence: float
    digits: Digits | None = None

    @property
    def is_open(self) -> bool:
        """Whether no digit stands where the number belongs."""
        return not any(sign.isdecimal() for sign in self.sign.text)


def parse_number_line(head: Head, shares: Calibration) -> NumberLine | None:
    """The parts of the head's number line; None when there is no such line."""
    if head.number is None:
        return None
    text = nfc(head.number.text)
    (start, end), printed = number_and_notation(text)
    raw = text[start:end].strip() if end > start else ""
    confidence = word_confidence(head.number, start, max(end, start + 1))
    note = re.sub(r"\s", "", text[slice(*printed)]).strip(".-/") if printed else ""
    return NumberLine(
        head.number,
        written(head.page, Gap.NUMBER, shares.digits)
        or _sign(raw, digit_trust(head.page, confidence, shares.digits), shares),
        blank=not re.search(r"[^\s._…·•,:;/⁄|\\-]", raw),
        raw=raw,
        note=re.sub(r"[⁄|]", "/", re.sub(r"[–—]", "-", note)),
        note_confidence=word_confidence(head.number, *printed) if printed else 0.0,
        digits=next((digits for digits in head.page.digits if digits.gap is Gap.NUMBER), None),
    )


def _sign(raw: str, trust: float, shares: Calibration) -> Sign:
    """The signs of the raw number; a sign that only looks like a digit is trusted less."""
    squeezed = re.sub(r"[\s.,:;'`\"_“”‘’*-]", "", raw)
    plain = re.fullmatch(r"(\d{1,6})[a-zA-Z]?", squeezed)
    if plain:
        digits = plain.group(1)
        return Sign(digits, trust ** (1 / len(digits)), shares.digits)
    guess = squeezed.translate(_AS_DIGIT).strip("/⁄|\\")
    return Sign(guess[:6], (shares.numbers.look_alike * trust) ** (1 / max(len(guess), 1)), shares.digits)


def number_field(
    parsed: NumberLine | None, clues: Sequence[NameClue], page: int, shares: NumberShares
) -> Field | None:
    """The number that fits both what was read and what the file's name says best.

    Handwriting is misread sign by sign, so a name's number is also weighed by the signs that agree; but
    names are often of a paper nearby, so that a reading near the name's number may well be right. Where
    no number line is found, there is no number: a file may be called after another paper.
    """
    if parsed is None:
        return None
    sign = _steadied(parsed.sign, shares)
    named = [clue for clue in clues if clue.abbreviation or clue.number == sign.text.lstrip("0")]
    given = {clue.number: clue.share / len(named[:2]) for clue in reversed(named[:2])}
    left = 1 - sum(given.values())
    scores = {number: share * sign.fits(int(number)) for number, share in given.items()}
    read = sign.text.lstrip("0")
    if read.isdecimal() and read not in scores:
        near = any(_is_near(int(read), int(number)) for number in given)
        scores[read] = left / (_NEARBY if near else _NUMBERS) * sign.fits(int(read))
    if not scores:
        return None
    best = max(scores, key=lambda number: scores[number])
    confidence = clip(scores[best] / (sum(scores.values()) + left * _other(sign, shares)))
    value = sign.text if best == read else best.zfill(2)
    raw = parsed.raw or best
    return Field(value, raw, confidence, tuple(_number_evidence(parsed, named, page, shares)))


def _steadied(sign: Sign | Written, shares: NumberShares) -> Sign | Written:
    """A reading that is sure of itself counts as agreed: it does not give way to a name nearby."""
    if isinstance(sign, Written) and sign.candidates[0][1] >= shares.sure_reading:
        return replace(sign, printed=sign.text)
    return sign


def _is_near(one: int, other: int) -> bool:
    """Whether the numbers are neighbours, or differ by one digit."""
    a, b = str(one), str(other)
    return abs(one - other) <= _NEIGHBOURS or (
        len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    )


def _other(sign: Sign | Written, shares: NumberShares) -> float:
    """How likely the signs are when the paper shows some number that nobody named."""
    if sign.text.isdecimal():
        whole = sign.fits(int(sign.text))
        return (1 - whole) / _NUMBERS
    return max(shares.unread_sign ** max(len(sign.text), 1), shares.least_unread)


def _number_evidence(
    parsed: NumberLine, named: Sequence[NameClue], page: int, shares: NumberShares
) -> Iterator[Evidence]:
    if parsed.digits is not None:
        seen = parsed.digits
        if seen.printed:
            yield Evidence(Method.TEXT, seen.printed, shares.print_in_gap, page, parsed.line.box)
        text, share = seen.candidates[0]
        if text:
            yield Evidence(Method.DIGITS, text, clip(share), page, seen.box)
    elif parsed.sign.text:
        share = clip(parsed.sign.trust ** max(len(parsed.sign.text), 1))
        yield Evidence(Method.TEXT, parsed.raw, share, page, parsed.line.box)
    for clue in named:
        yield Evidence(Method.FILENAME, clue.number, clip(clue.share))


def notation_field(
    parsed: NumberLine | None,
    head: Head,
    types: TypeTable,
    organ_name: str,
    texts: Sequence[str],
    shares: NotationShares,
) -> Field | None:
    """The notation in canonical letters; heading, agency and text vouch for its parts.

    ``texts`` are the document's lines: other numbers of the agency and ``Lưu: VT, <unit>`` repeat parts.
    """
    if parsed is None or not parsed.note:
        return None
    note, sure = _mend_type(parsed.note, head.kind, types)
    note, known = _mend_office(note, organ_name)
    alone = shares.alone + shares.alone_by_ocr * parsed.note_confidence
    share = 1.0
    for index, part in enumerate(part for part in re.split(r"[-/]", note) if not part.isdecimal()):
        vouched = (index == 0 and sure) or part in known or _repeated(part, texts, parsed.line)
        share *= shares.vouched if vouched else alone
    seen = Evidence(Method.TEXT, parsed.note, clip(parsed.note_confidence), head.page.number, parsed.line.box)
    return Field(note, parsed.note, clip(share), (seen,))


def _repeated(part: str, texts: Sequence[str], own: Line) -> bool:
    """Whether the part stands in another number or after ``Lưu:``."""
    if len(part) < 2:
        return False
    pattern = re.compile(rf"[-/,.\s]{re.escape(part)}(?![a-zđA-ZĐ])")
    lines = [nfc(text) for text in texts if text != own.text]
    return any(pattern.search(text) for text in lines if re.search(r"\d\s*/|[Ll][ưu]u\s*:", text))


def _mend_type(note: str, kind: DocumentType | None, types: TypeTable) -> tuple[str, bool]:
    """The notation with its type abbreviation in the law's letters; True when heading and it agree."""
    year, first, rest = _split(note)
    if types.abbreviated(first) is not None and (kind is None or first in kind.abbreviations):
        return note, kind is not None
    like = types.abbreviations_like(first)
    if kind is not None:
        own = [text for text, owner in like if owner is kind]
        near = [text for text in kind.abbreviations if Levenshtein.distance(first.upper(), text.upper()) <= 1]
        lost = [text for text in kind.abbreviations if first and text.endswith(first)]
        if own or lost or (near and len(first) >= 2):
            return year + (own or lost or near)[0] + rest, True
    if kind is None and len(like) == 1 and rest:
        return year + like[0][0] + rest, False
    return note, False


def _split(note: str) -> tuple[str, str, str]:
    """Year with its slash, first part, and the rest with its leading sign."""
    match = re.match(r"((?:19|20)\d\d/)?([^-/]*)(.*)", note)
    return (match[1] or "", match[2], match[3]) if match else ("", note, "")


def initials(name: str) -> str:
    """First letters of the words of an agency's name without ``và``: ``STTTT``, ``BCĐ138``."""
    words = [word for word in re.split(r"[\s,–-]+", nfc(name)) if word and word.lower() not in ("và", "của")]
    return "".join(word if word.isdecimal() else _initial(word) for word in words)


def _initial(word: str) -> str:
    return "Đ" if word[0] in "đĐ" else fold(word[0]).upper()


def _mend_office(note: str, organ_name: str) -> tuple[str, frozenset[str]]:
    """The notation with well-known office parts mended, and the parts that fit the agency's name."""
    whole = initials(organ_name)
    expected = [text for text in IN_NOTATIONS if whole.startswith(text)] + [whole] * (len(whole) >= 4)
    parts = re.split(r"([-/])", note)
    for index, part in enumerate(parts):
        mended = next((office for office in expected if _slip(part, office)), part)
        parts[index] = _WELL_KNOWN.get(letters(mended), mended)
    return "".join(parts), frozenset(part for part in parts if stands_for(part, organ_name))


def stands_for(part: str, organ_name: str) -> bool:
    """Whether the part's letters are initials of the name, in that order (``TCKH`` for ``PTCKH``)."""
    whole = letters(initials(organ_name))
    rest = iter(whole)
    wanted = letters(part)
    return len(wanted) > 1 and 2 * len(wanted) > len(whole) and all(sign in rest for sign in wanted)


def _slip(part: str, office: str) -> bool:
    """Whether the part is the office's abbreviation but for marks, or one letter misread."""
    if letters(part) == letters(office):
        return True
    return len(part) == len(office) >= 4 and Levenshtein.distance(part, office) == 1
