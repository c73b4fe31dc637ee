"""The line with number and notation, ``Số: 12/QĐ-UBND``: every pattern of it, one for each question.

may_hold_number       while the number is not read yet: a label of any signs, or a notation
is_number_line        once it is read: the label as it is misread, a bare ``Số 12``, or a notation
printed_number        whether digits stand between label and slash, and where
label_end             where the label ends, in plain letters
HANDWRITTEN           label, gap and what follows, in the plain letters of the reader of handwriting
number_and_notation   where the number's signs and the notation stand

Source: Nghị định 30/2020/NĐ-CP, Điều 15; Party papers (``Số 848-TB/TU``) after Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

HANDWRITTEN = re.compile(
    r"^[^a-z0-9]*(?:s[^\W\d_]?\s*[:;.,]|s[o06]\s|o\s*[:;.])\s*(?P<number>.*?)\s*(?P<after>[/|\-].*)$"
)
"""Of one plain lower-case letter for each sign: what stands in the gap, and what follows it."""

_MAY_HOLD = re.compile(
    r"^[^0-9a-zđ]*(?:s\S{0,2}|[oố])\s*[:;.,]|/\s*[a-zđ]{1,5}\d{0,3}\s*-\s*[a-zđ]|-\s*[a-zđ]{1,4}/[a-zđ]{2}",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^[^0-9a-zđ]*(s[oồốổỗộôóòỏõọaáâ06]|ố)\W*[:.;]", re.IGNORECASE)
_UNPUNCTUATED = re.compile(r"^[^0-9a-zđ]*s[ốôóo]\s+\d", re.IGNORECASE)
_NOTATION = re.compile(
    r"[/⁄|]\s*[A-ZĐÐƯƠÔÂÊĂ][A-Za-zĐÐđ&.]*\d{0,3}\s*-\s*[A-ZĐÐƯƠÔÂÊĂ]|-\s*[A-ZĐÐ]{1,4}[a-z]?\s*/\s*[A-ZĐÐ]{2}"
)
_PLAIN_LABEL = re.compile(r"^[^0-9a-z]*(?:s[^\d\W]{0,2}|o)\s*[:;.,]?")
_PRINTED = re.compile(r"^[^0-9a-z]*s\S{0,2}\s*[:;.,]?\s*(?P<number>\d+)\s*/", re.IGNORECASE)
_LABEL = re.compile(r"^[^0-9A-Za-zĐđ]*(?:S\S{0,2}|[ốôóồổ])\s*[:.;,]\s*|^\W*S[ốôóoồổ]\s+", re.IGNORECASE)
_PART = r"[A-ZĐÂÊÔƠƯ][\w&.]*"
_STATE = re.compile(
    rf"[/⁄|\\]\s*(?P<note>(?:(?:19|20)\d\d\s*[/⁄|]\s*)?{_PART}(?:\s*[-–—/⁄]+\s*[\w&.]+)*)\W*$"
)
_PARTY = re.compile(r"[-–—]\s*(?P<note>[A-ZĐ][A-Za-zĐđ]{0,4}\s*[/⁄]\s*[A-ZĐ][\wĐ.&-]*)\W*$")
_GLUED = re.compile(rf"(?P<note>[A-ZĐ]{{1,4}}[a-z]?\s*-\s*{_PART}(?:-{_PART})*)\W*$")


def may_hold_number(text: str) -> bool:
    """Whether the line may be the number line, whatever was made of a number written by hand."""
    return bool(_MAY_HOLD.search(text))


def is_number_line(text: str) -> bool:
    """Whether a line of the left column (NFC) is the one with number and notation."""
    return bool(_LABELLED.match(text) or _UNPUNCTUATED.match(text) or _NOTATION.search(text))


def label_end(plain: str) -> int:
    """Where the label ends in a line of plain lower-case letters; 0 where there is none."""
    match = _PLAIN_LABEL.match(plain)
    return match.end() if match else 0


def printed_number(text: str) -> Span | None:
    """Where the digits stand that print has between label and slash; None where it has none there."""
    match = _PRINTED.match(text)
    return match.span("number") if match else None


def number_and_notation(text: str) -> tuple[Span, Span | None]:
    """Where the number's signs stand in the line (NFC), and the notation; None where it has no notation."""
    match = _PARTY.search(text) or _STATE.search(text) or _GLUED.search(text)
    label = _LABEL.match(text)
    start = label.end() if label else 0
    end = match.start() if match else len(text)
    return (start, end), match.span("note") if match else None
