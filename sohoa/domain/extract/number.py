"""Number and notation: ``Số: 12/2020/NQ-HĐND``, ``Số 848-TB/TU`` (Nghị định 30/2020, Điều 15)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ocr.page import Line
from sohoa.domain.extract.clues import NameClue
from sohoa.domain.extract.confidence import agreement, clip, digit_trust, word_confidence
from sohoa.domain.extract.layout import Head
from sohoa.domain.extract.types import DocumentType, TypeTable
from sohoa.domain.records import Evidence, Field, Method
from sohoa.domain.vietnamese import letters, nfc

_PREFIX = re.compile(r"^[^0-9A-Za-zĐđ]*(?:S\S{0,2}|[ốôóồổ])\s*[:.;,]\s*|^\W*S[ốôóoồổ]\s+", re.IGNORECASE)
_PART = r"[A-ZĐÂÊÔƠƯ][\w&.]*"
_STATE = re.compile(
    rf"[/⁄|\\]\s*(?P<note>(?:(?:19|20)\d\d\s*[/⁄|]\s*)?{_PART}(?:\s*[-–—/⁄]+\s*[\w&.]+)*)\W*$"
)
_PARTY = re.compile(r"[-–—]\s*(?P<note>[A-ZĐ][A-Za-zĐđ]{0,4}\s*[/⁄]\s*[A-ZĐ][\wĐ.&-]*)\W*$")
_GLUED = re.compile(rf"(?P<note>[A-ZĐ]{{1,4}}[a-z]?\s*-\s*{_PART}(?:-{_PART})*)\W*$")
_AS_DIGIT = str.maketrans(
    {**dict.fromkeys("OoÔôQ", "0"), **dict.fromkeys("lI|!][íìiÌÍ†", "1"), "Z": "2", "z": "2", "S": "5"}
)
_NUMBERS = 60  # how many numbers a misreading may be mistaken for
_OFFICES = ("UBND", "HĐND", "UBMTTQ", "BCĐ", "VPUB", "TTHĐND", "UB")


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number line taken apart: raw number, whether digits had to be guessed, notation, trusts."""

    line: Line
    digits: str
    guessed: bool
    blank: bool
    raw: str
    share: float
    note: str
    note_confidence: float


def parse_number_line(head: Head) -> NumberLine | None:
    """The parts of the head's number line; None when there is no such line."""
    if head.number is None:
        return None
    text = nfc(head.number.text)
    match = _PARTY.search(text) or _STATE.search(text) or _GLUED.search(text)
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix else 0
    end = match.start() if match else len(text)
    raw = text[start:end].strip() if end > start else ""
    digits, guessed = _digits(raw)
    share = digit_trust(head.page, word_confidence(head.number, start, max(end, start + 1)))
    note = re.sub(r"\s", "", match["note"]).strip(".-/") if match else ""
    return NumberLine(
        head.number,
        digits,
        guessed,
        blank=not re.search(r"[^\s._…·•,:;/⁄|\\-]", raw),
        raw=raw,
        share=share * (0.4 if guessed else 1.0),
        note=re.sub(r"[⁄|]", "/", re.sub(r"[–—]", "-", note)),
        note_confidence=word_confidence(head.number, match.start("note"), match.end("note"))
        if match
        else 0.0,
    )


def _digits(raw: str) -> tuple[str, bool]:
    """The digits of the raw number, and whether a sign had to be taken for a digit."""
    squeezed = re.sub(r"[\s.,:;'`\"_-]", "", raw)
    plain = re.fullmatch(r"(\d{1,6})[a-zA-Z]?", squeezed)
    if plain:
        return plain.group(1), False
    guess = squeezed.translate(_AS_DIGIT).strip("/⁄|\\“”‘’*")
    return (guess, True) if re.fullmatch(r"\d{1,5}", guess) else ("", True)


def number_field(parsed: NumberLine | None, clues: Sequence[NameClue], page: int) -> Field | None:
    """The number with what text and file name say; agreement makes it sure, a dispute doubtful."""
    text = parsed.digits if parsed else ""
    shares: dict[str, list[float]] = {}
    evidence: list[Evidence] = []
    if parsed and text:
        shares.setdefault(text.lstrip("0") or "0", []).append(parsed.share)
        evidence.append(Evidence(Method.TEXT, text, clip(parsed.share), page, parsed.line.box))
    for clue in clues:
        agrees = clue.number == text.lstrip("0")
        if agrees or clue.abbreviation:
            shares.setdefault(clue.number, []).append(clue.share if clue.abbreviation else 0.5)
            evidence.append(Evidence(Method.FILENAME, clue.number, clip(clue.share)))
    if not shares:
        return None
    scores = {value: agreement(given, _NUMBERS) for value, given in shares.items()}
    best = max(scores, key=lambda value: scores[value])
    confidence = scores[best]
    for value, score in scores.items():
        if value != best:
            confidence = (
                confidence * (1 - score) / (confidence * (1 - score) + (1 - confidence) * score + 1e-9)
            )
    value = text if text and best == text.lstrip("0") else best.zfill(2)
    return Field(value, parsed.raw if parsed and parsed.digits else best, clip(confidence), tuple(evidence))


def notation_field(parsed: NumberLine | None, head: Head, types: TypeTable, organ_name: str) -> Field | None:
    """The notation in canonical letters, mended by the type heading and the agency's initials."""
    if parsed is None or not parsed.note:
        return None
    note, sure = _mend_type(parsed.note, head.kind, types)
    note, known = _mend_office(note, organ_name)
    share = 0.62 + 0.2 * parsed.note_confidence + (0.1 if sure else 0.0) + (0.1 if known else 0.0)
    if note != parsed.note:
        share -= 0.03
    seen = Evidence(Method.TEXT, parsed.note, clip(parsed.note_confidence), head.page.number, parsed.line.box)
    return Field(note, parsed.note, clip(share), (seen,))


def _mend_type(note: str, kind: DocumentType | None, types: TypeTable) -> tuple[str, bool]:
    """The notation with its type abbreviation in the law's letters; True when heading and it agree."""
    year, first, rest = _split(note)
    if types.abbreviated(first) is not None and (kind is None or first in kind.abbreviations):
        return note, kind is not None
    like = types.abbreviations_like(first)
    if kind is not None:
        own = [text for text, owner in like if owner is kind]
        near = [text for text in kind.abbreviations if Levenshtein.distance(first.upper(), text.upper()) <= 1]
        if own or (near and len(first) >= 2):
            return year + (own or near)[0] + rest, True
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
    return "".join(word if word.isdigit() else word[0].upper() for word in words)


def _mend_office(note: str, organ_name: str) -> tuple[str, bool]:
    """The notation with office parts one slip from a known abbreviation mended; True when one is known."""
    whole = initials(organ_name)
    expected = [text for text in dict.fromkeys((*_OFFICES, whole)) if text and whole.startswith(text)]
    parts, known = re.split(r"([-/])", note), False
    for index, part in enumerate(parts):
        for office in expected:
            if part == office:
                known = True
            elif len(part) >= 3 and _slip(part, office):
                parts[index], known = office, True
    return "".join(parts), known


def _slip(part: str, office: str) -> bool:
    if letters(part) == letters(office):
        return True
    return len(office) >= 4 and len(part) >= 4 and Levenshtein.distance(part, office) == 1
