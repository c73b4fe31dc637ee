"""Number, day and month that were written by hand into the head, read again and put into its lines.

Letters stay as the engine for print read them. A line whose digits that engine is sure of is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Protocol

from rapidfuzz import fuzz

from ocr import anchors, line_picture
from ocr.digits import Emission, Span, candidates, date_gaps, number_gap, plain_letter
from ocr.line_picture import Upright
from ocr.page import Box, Digits, Gap, Line, Word, Zone
from ocr.raster import Gray

_MARGINS = ((0.5, 1.0), (0.25, 0.5))  # above and below, left and right, in heights of the print
_SURE_PRINT = 0.95
_BELIEVED = 0.3
_MERGED = 0.85
_LABEL = re.compile(r"^[^0-9a-z]*(?:s[^\d\W]{0,2}|o)\s*[:;.,]?")
_NUMBER_LINE = re.compile(
    r"^[^0-9a-zđ]*(?:s\S{0,2}|[oố])\s*[:;.,]|/\s*[a-zđ]{1,5}\d{0,3}\s*-\s*[a-zđ]|-\s*[a-zđ]{1,4}/[a-zđ]{2}",
    re.IGNORECASE,
)
_DAY_AND_MONTH = re.compile(
    r"^.*(?:^|(?<=\W))nga?y?(?P<day>.{0,12}?)\s*(?=th\W?a?n?g)th\W?a?n?g(?P<month>.{0,12}?)\s*n[a-z]m\W*\d"
)


class SignReader(Protocol):
    """Gives sign shares along one printed line of shape (height, width)."""

    def signs(self, line: Gray) -> Emission: ...


def fill(
    lines: Sequence[Line], page: Upright, open_reader: Callable[[], SignReader]
) -> tuple[tuple[Line, ...], tuple[Digits, ...]]:
    """The lines with the digits of the head's gaps put in, and what was read in each gap.

    The reader is opened only when a line needs it.
    """
    filled: list[Line] = []
    found: list[Digits] = []
    for line in lines:
        digits: tuple[Digits, ...] = ()
        if line.zone is Zone.HEAD_LEFT and _NUMBER_LINE.search(line.text):
            line, digits = _number(line, page, open_reader())
        elif line.zone is Zone.HEAD_RIGHT and anchors.is_date_line(line.text):
            line, digits = _date(line, page, open_reader())
        filled.append(line)
        found += digits
    return tuple(filled), tuple(found)


def _number(line: Line, page: Upright, reader: SignReader) -> tuple[Line, tuple[Digits, ...]]:
    readings = [(seen, span) for seen in _views(line, page, reader) if (span := number_gap(seen))]
    if not readings:
        return line, ()
    after = readings[0][1].after
    start, end = _number_part(line.text, after)
    if _is_sure(line, start, end):
        return line, ()
    box = _box(line, *readings[0])
    digits = Digits(Gap.NUMBER, box, candidates(readings, Gap.NUMBER), line.text[start:end].strip())
    text, share = digits.candidates[0]
    if not text or share < _BELIEVED:
        return line, (digits,)
    printed = line.text[:start]
    label = "Số:" if not printed or any(sign in printed for sign in ":;.,") else "Số"
    before = Word(label, Box(line.box.x, line.box.y, max(1, box.x - line.box.x), line.box.h), share)
    return Line((before, Word(text, box, share), *_notation(line, end, after)), line.zone), (digits,)


def _number_part(text: str, after: str) -> tuple[int, int]:
    """Where the number's signs stand in the text: after the label, up to what looks like ``after`` most."""
    wanted = "".join(map(plain_letter, after[1:])).strip()
    plain = "".join(map(plain_letter, text))
    starts = [at for at in range(len(plain)) if plain[at].isalnum() and not plain[at].isdigit()]
    best = max(starts, key=lambda at: (fuzz.ratio(plain[at:], wanted), -at), default=len(plain))
    label = _LABEL.match(plain)
    start = min(label.end() if label else 0, best)
    return start, best - 1 if best > start and plain[best - 1] in "/|\u2044-" else best


def _notation(line: Line, start: int, after: str) -> tuple[Word, ...]:
    """The words from there on, as one where both readers differ: letters by the one, marks by the other."""
    words = _between(line, start, len(line.text))
    printed = "".join(word.text for word in words)
    wanted = after.replace("|", "/").replace(" ", "")
    if not words or [*map(plain_letter, printed)] == [*map(plain_letter, wanted)]:
        return words
    text = list(wanted)
    plain, other = ("".join(map(plain_letter, each)) for each in (wanted, printed))
    for same in SequenceMatcher(None, plain, other, autojunk=False).get_matching_blocks():
        text[same.a : same.a + same.size] = printed[same.b : same.b + same.size]
    box = Box.around(word.box for word in words)
    return (Word("".join(text), box, min(_MERGED, *(word.confidence for word in words), 1.0)),)


def _date(line: Line, page: Upright, reader: SignReader) -> tuple[Line, tuple[Digits, ...]]:
    plain = "".join(map(plain_letter, line.text))
    match = _DAY_AND_MONTH.match(plain)
    if match and all(_is_sure(line, *match.span(name)) for name in ("day", "month")):
        return line, ()
    seen = [(emission, spans) for emission in _views(line, page, reader) if (spans := date_gaps(emission))]
    found = []
    for index, gap in reversed(list(enumerate((Gap.DAY, Gap.MONTH)))):
        readings = [(emission, spans[index]) for emission, spans in seen]
        if not readings:
            continue
        box = _box(line, *readings[0])
        start, end = match.span(gap.value) if match else (0, 0)
        digits = Digits(gap, box, candidates(readings, gap), line.text[start:end].strip())
        found.append(digits)
        text, share = digits.candidates[0]
        if match and text and share >= _BELIEVED and not _is_sure(line, start, end):
            line = _put(line, start, end, Word(text, box, share))
    return line, tuple(reversed(found))


def _put(line: Line, start: int, end: int, word: Word) -> Line:
    return Line((*_between(line, 0, start), word, *_between(line, end, len(line.text))), line.zone)


def _is_sure(line: Line, start: int, end: int) -> bool:
    """Whether that part of the text holds digits that the engine for print is sure of."""
    words = _between(line, start, end)
    return bool(words) and all(word.text.isdigit() and word.confidence >= _SURE_PRINT for word in words)


def _between(line: Line, start: int, end: int) -> tuple[Word, ...]:
    """The words of that part of the text, cut where it begins or ends inside one."""
    return tuple(_cut(line, start, end))


def _cut(line: Line, start: int, end: int) -> Iterator[Word]:
    at = 0
    for word in line.words:
        first, last = max(start - at, 0), min(end - at, len(word.text))
        text = word.text[first:last] if first < last else ""
        if text.strip():
            left = word.box.x + word.box.w * first // len(word.text)
            right = word.box.x + word.box.w * last // len(word.text)
            yield replace(word, text=text.strip(), box=Box(left, word.box.y, right - left, word.box.h))
        at += len(word.text) + 1


def _views(line: Line, page: Upright, reader: SignReader) -> list[Emission]:
    return [reader.signs(line_picture.cut(line.words, page, *margins).pixels) for margins in _MARGINS]


def _box(line: Line, emission: Emission, span: Span) -> Box:
    """About where the gap stands on the page."""
    box, steps = line.box, max(1, len(emission.shares))
    left, right = (box.x + round(box.w * step / steps) for step in (span.start, span.end))
    return Box(left, box.y, max(1, right - left), box.h)
