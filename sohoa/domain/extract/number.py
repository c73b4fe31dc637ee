"""The number: ``12`` of ``Số: 12/2020/NQ-HĐND``, ``15b`` of ``Số: 15b/QĐ-UBND`` (NĐ 30/2020, Điều 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocr.layout.number_line import kind_in_label, number_and_notation, parted
from ocr.page import Digits, Gap, Line, Source
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import Calibration, NumberShares
from sohoa.domain.extract.clues import NameClue
from sohoa.domain.extract.confidence import Sign, Written, clip, digit_trust, word_confidence, written
from sohoa.domain.extract.head import Head
from sohoa.domain.vietnamese import nfc

_AS_DIGIT = str.maketrans(
    {**dict.fromkeys("OoÔôQ", "0"), **dict.fromkeys("lI|!][íìiÌÍ†", "1"), "Z": "2", "z": "2", "S": "5"}
)
_NUMBERS = 60  # how many numbers a misreading may be mistaken for
_NEARBY, _NEIGHBOURS = 8, 3  # how many of them are near; what stands so close in the register is near
_OTHER_NUMBER = re.compile(r"[-–—]\d{1,6}(?=[/⁄|][A-ZĐ])")  # ``512/STC-318/SNV``
_JUDGMENT = "ban an"  # its year is no part of its notation (Nghị quyết 05/2017/NQ-HĐTP, mẫu 27-HS)


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number line taken apart: the number's signs, whether it was left open, the notation.

    ``suffix`` are the letters behind the digits (``b``, ``bis``), ``suffix_trust`` the trust in them.
    ``several`` says that the paper has other numbers beside this first one: those of other issuers; ``cited``
    that it is an annex and names the number of the paper it goes with.
    """

    line: Line
    sign: Sign | Written
    blank: bool
    raw: str
    note: str
    note_confidence: float
    digits: Digits | None = None
    suffix: str = ""
    suffix_trust: float = 1.0
    several: bool = False
    cited: bool = False

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
    if kind_in_label(text) == _JUDGMENT:
        note = re.sub(r"^(?:19|20)\d\d[/⁄|]", "", note)
    note, *others = _OTHER_NUMBER.split(note)
    trust = digit_trust(head.page, confidence, shares.digits)
    by_hand = written(head.page, Gap.NUMBER, shares.digits)
    sign, suffix, sure = _by_hand(by_hand) if by_hand else _printed(raw, trust, head.page.source, shares)
    return NumberLine(
        head.number,
        sign,
        blank=not re.search(r"[^\s._…·•,:;/⁄|\\-]", raw),
        raw=raw,
        note=re.sub(r"[⁄|]", "/", re.sub(r"[–—]", "-", note)),
        note_confidence=word_confidence(head.number, *printed) if printed else 0.0,
        digits=next((digits for digits in head.page.digits if digits.gap is Gap.NUMBER), None),
        suffix=suffix,
        suffix_trust=sure * (shares.numbers.spaced_letters if " " in suffix else 1.0),
        several=head.several or bool(others),
        cited=head.cited,
    )


def _by_hand(read: Written) -> tuple[Written, str, float]:
    """The digits of the candidates that bear the same letters as the likeliest, and those letters.

    Of numbers with letters the shares say already what the engine for print saw.
    """
    suffix = _suffix(read.text)
    bare = {text: text.removesuffix(suffix) for text, _ in read.candidates if _suffix(text) == suffix}
    parts = tuple((bare[text], share) for text, share in read.candidates if text in bare)
    return replace(read, candidates=parts, printed="" if suffix else read.printed), suffix, 1.0


def _printed(raw: str, trust: float, source: Source, shares: Calibration) -> tuple[Sign, str, float]:
    """The digits of the raw number, its letters and the trust in them.

    A letter that only one reader saw is trusted less, and so is a sign that only looks like a digit.
    """
    suffix = _suffix(raw.strip(" .,:;"))
    sure = 1.0 if not suffix or source is Source.TEXT_LAYER else shares.numbers.lone_letters
    squeezed = re.sub(r"[\s.,:;'`\"_“”‘’*-]", "", raw.strip(" .,:;").removesuffix(suffix))
    if not re.fullmatch(r"\d{1,6}", squeezed):
        squeezed = squeezed.translate(_AS_DIGIT).strip("/⁄|\\")
        trust *= shares.numbers.look_alike
    return Sign(squeezed[:6], trust ** (1 / max(len(squeezed), 1)), shares.digits), suffix, sure


def _suffix(number: str) -> str:
    """The letters behind the digits, with the blank before them where there is one."""
    return number[len(parts[0]) :] if (parts := parted(number)) else ""


def number_field(
    parsed: NumberLine | None, clues: Sequence[NameClue], page: int, shares: NumberShares
) -> Field | None:
    """The number that was read, surer where the file's name says the same.

    Where the name says another, what was read stands with less trust; only where hardly anything was read,
    or fours in it may be the name's ones and sevens, is that given, never surely: files are often called
    after a paper nearby. Where no number line is found, there is no number.
    """
    if parsed is None:
        return None
    sign = _steadied(parsed.sign, shares)
    read = sign.text.lstrip("0")
    named = [clue for clue in clues if clue.abbreviation or clue.number == read]
    alike = [clue for clue in named if clue.suffix.lower() == parsed.suffix.strip().lower()]
    given = {clue.number: clue.share / len(alike[:2]) for clue in reversed(alike[:2])}
    left = 1 - sum(given.values())
    scores = {number: share * sign.fits(int(number), named=True) for number, share in given.items()}
    if read.isdecimal() and read not in scores:
        near = any(_is_near(int(read), int(number)) for number in given)
        scores[read] = left / (_NEARBY if near else _NUMBERS) * sign.fits(int(read))
    if not scores:
        return None
    best = max(scores, key=lambda number: scores[number])
    if read.isdecimal() and sign.fits(int(read)) >= shares.read_alone and not _may_be_fours(sign, best):
        best = read
    confidence = scores[best] / (sum(scores.values()) + left * _other(sign, shares))
    value, trust = best.zfill(2), shares.named
    if best == read:
        value, trust = f"{sign.text}{parsed.suffix}", parsed.suffix_trust
    if parsed.several:
        trust *= shares.one_of_several
    if parsed.cited:
        trust *= shares.of_annex
    evidence = tuple(_number_evidence(parsed, named, page, shares))
    return Field(value, parsed.raw or best, clip(confidence * trust), evidence)


def _steadied(sign: Sign | Written, shares: NumberShares) -> Sign | Written:
    """A reading that is sure of itself counts as agreed: it does not give way to a name nearby."""
    if isinstance(sign, Written) and sign.candidates[0][1] >= shares.sure_reading:
        return replace(sign, printed=sign.text)
    return sign


def _may_be_fours(sign: Sign | Written, number: str) -> bool:
    """Whether the number differs but in fours that are ones or sevens by hand, with upstroke and bar."""
    read = sign.text.lstrip("0")
    if not isinstance(sign, Written) or len(read) != len(number) or sign.printed == sign.text:
        return False
    return all(
        seen == meant or (seen == "4" and meant in "17") for seen, meant in zip(read, number, strict=True)
    )


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
        yield Evidence(Method.FILENAME, f"{clue.number}{clue.suffix}", clip(clue.share))
