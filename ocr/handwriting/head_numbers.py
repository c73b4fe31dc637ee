"""Number, day and month that were written by hand into the head, read again and put into its lines.

Letters stay as the engine for print read them. A line whose digits that engine is sure of is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from statistics import median

from rapidfuzz import fuzz

from ocr.confidences import WordShares
from ocr.handwriting.digits import (
    Emission,
    SignReader,
    Span,
    beside_print,
    candidates,
    date_gaps,
    line_text,
    number_gap,
    with_letters,
)
from ocr.image import line_picture
from ocr.image.line_picture import Upright
from ocr.layout import date_line, number_line
from ocr.layout.date_line import DAY_AND_MONTH, NUMERIC
from ocr.layout.number_line import parted
from ocr.page import Box, Digits, Gap, Line, Word, Zone
from ocr.vietnamese.folding import fold_sign

_MARGINS = ((0.5, 1.0), (0.25, 0.5))  # above and below, left and right, in heights of the print
_SURE_PRINT = 0.95
_BELIEVED = 0.3
_YEAR = re.compile(r"(?<=[/|])(?:19|20)\d\d[/|]")  # the notation's first part: ``2020/NĐ-CP``
_STRIP = 0.55  # of the place where a number line is sought: its height with handwriting


def fill(
    lines: Sequence[Line], page: Upright, open_reader: Callable[[], SignReader], shares: WordShares
) -> tuple[tuple[Line, ...], tuple[Digits, ...]]:
    """The lines with the digits of the head's gaps put in, and what was read in each gap.

    The reader is opened only when a line needs it.
    """
    filled: list[Line] = []
    found: list[Digits] = []
    for line in lines:
        digits: tuple[Digits, ...] = ()
        if line.zone is Zone.HEAD_LEFT and _is_number_line(line):
            line, digits = _number(line, page, open_reader, shares)
        elif line.zone is Zone.HEAD_RIGHT and date_line.names_a_day(line.text):
            line, digits = _date(line, page, open_reader, by_hand=bool(found))
        filled.append(line)
        found += digits
    sought = _sought(filled) if filled else None
    if sought is not None:
        alone, digits = _number_alone(sought, page, open_reader(), shares)
        last = max(i for i, other in enumerate(filled) if other.zone is Zone.HEAD_LEFT)
        filled[last + 1 : last + 1] = [alone] if alone else []
        found += digits
    return tuple(filled), tuple(found)


def _sought(lines: Sequence[Line]) -> Box | None:
    """Where the number must stand when no line holds it: beside the date, under the agencies."""
    left = [line for line in lines if line.zone is Zone.HEAD_LEFT]
    date = next(
        (line for line in lines if line.zone is Zone.HEAD_RIGHT and date_line.names_a_day(line.text)), None
    )
    if date is None or not left or any(map(_is_number_line, left)):
        return None
    above = Box.around(line.box for line in left)
    row = median(word.box.h for word in date.words)
    x = max(0, round(above.x - 2 * row))
    right = min(round(above.right + 2 * row), round(date.box.x - row))
    y = round(max(above.bottom, date.box.y - row))
    bottom = round(date.box.bottom + row)
    return Box(x, y, right - x, bottom - y) if right > x and bottom > y else None


def _number_alone(
    where: Box, page: Upright, reader: SignReader, shares: WordShares
) -> tuple[Line | None, tuple[Digits, ...]]:
    """A number line that only the reader of handwriting could read, in the strips that it reads best."""
    found = sorted(_strips(where, page, reader), key=lambda strip: -strip[0])[: len(_MARGINS)]
    if not found:
        return None, ()
    _, strip, emission, span = found[0]
    whole = Line((Word("", strip, 0.0),), Zone.HEAD_LEFT)
    box = _box(whole, emission, span)
    readings = [(seen, gap) for _, _, seen, gap in found]
    digits = Digits(Gap.NUMBER, box, candidates(readings, Gap.NUMBER), "")
    text, share = digits.candidates[0]
    if not text or share < _BELIEVED or not number_line.may_hold_number(f"Số: {text}{span.after}"):
        return None, ()
    after = Box(box.right, strip.y, max(1, strip.right - box.right), strip.h)
    label = Box(strip.x, strip.y, max(1, box.x - strip.x), strip.h)
    words = (Word("Số:", label, share), Word(text, box, share), Word(span.after.strip(), after, shares.alone))
    return Line(words, Zone.HEAD_LEFT), (digits,)


def _strips(where: Box, page: Upright, reader: SignReader) -> Iterator[tuple[float, Box, Emission, Span]]:
    """Strips of the place that read like a number line, with the mean share of their signs."""
    high = round(where.h * _STRIP)
    for y in range(where.y, where.bottom - high + 1, max(1, high // 4)):
        strip = Box(where.x, y, where.w, high)
        emission = reader.signs(line_picture.cut((Word("", strip, 0.0),), page, 0.0, 0.0).pixels)
        span = number_gap(emission)
        if span is not None:
            yield line_text(emission)[1], strip, emission, span


def _is_number_line(line: Line) -> bool:
    return number_line.may_hold_number(line.text)


def _number(
    line: Line, page: Upright, open_reader: Callable[[], SignReader], shares: WordShares
) -> tuple[Line, tuple[Digits, ...]]:
    printed = number_line.printed_number(line.text)
    if printed and _is_sure(line, *printed):
        return line, ()
    reader = open_reader()
    readings = [(seen, span) for seen in _views(line, page, reader) if (span := number_gap(seen))]
    if not readings:
        return line, ()
    after = readings[0][1].after
    start, end = printed if printed and parted(line.text[slice(*printed)]) else _number_part(line.text, after)
    if _is_sure(line, start, end):
        return line, ()
    box, shown = _box(line, *readings[0]), line.text[start:end].strip()
    trust = min((word.confidence for word in _between(line, start, end)), default=0.0)
    found = with_letters(candidates(readings, Gap.NUMBER), readings, shown, trust)
    digits = Digits(Gap.NUMBER, box, found, shown)
    text, share = digits.candidates[0]
    if not text or share < _BELIEVED or (parted(text) and text == shown):
        return line, (digits,)
    before = Word(
        _label(line.text[:start]), Box(line.box.x, line.box.y, max(1, box.x - line.box.x), line.box.h), share
    )
    notation = _notation(line, end, readings, shares.merged)
    return Line((before, Word(text, box, share), *notation), line.zone), (digits,)


def _label(read: str) -> str:
    """The label as it is printed: with the kind that it names; ``Số:`` where it was misread."""
    if number_line.kind_in_label(read + " "):
        return read.strip()
    return "Số:" if not read or any(sign in read for sign in ":;.,") else "Số"


def _number_part(text: str, after: str) -> tuple[int, int]:
    """Where the number's signs stand in the text: after the label, up to what looks like ``after`` most."""
    wanted, plain = _plain(after).lstrip("/|- ").strip(), _plain(text)
    starts = [at for at in range(len(plain)) if plain[at].isalpha() or _YEAR.match(plain, at)]
    best = max(starts, key=lambda at: (fuzz.ratio(plain[at:], wanted), -at), default=len(plain))
    start = min(number_line.label_end(plain), best)
    return start, best - 1 if best > start and plain[best - 1] in "/|\u2044-" else best


def _notation(
    line: Line, start: int, readings: Sequence[tuple[Emission, Span]], most: float
) -> tuple[Word, ...]:
    """The words from there on, surer where both readers see the same letters.

    Where they differ it is one word: letters by the one, marks by the other.
    """
    words = _between(line, start, len(line.text))
    printed, wanted = "".join(word.text for word in words), readings[0][1].after
    if not words:
        return words
    same = [emission for emission, span in readings if _letters(span.after) == _letters(printed)]
    doubt = 1 - sum(line_text(emission)[1] for emission in same) / len(_MARGINS)
    wanted = wanted.replace("|", "/").replace(" ", "")
    if _plain(printed) == _plain(wanted):
        return tuple(replace(word, confidence=1 - (1 - word.confidence) * doubt) for word in words)
    text, least = list(wanted), min(word.confidence for word in words)
    matcher = SequenceMatcher(None, _plain(wanted), _plain(printed), autojunk=False)
    for run in matcher.get_matching_blocks():
        text[run.a : run.a + run.size] = printed[run.b : run.b + run.size]
    trust = 1 - (1 - least) * doubt if same else min(most, least)
    return (Word("".join(text), Box.around(word.box for word in words), trust),)


def _plain(text: str) -> str:
    """One plain lower-case letter for each sign, so that positions agree."""
    return "".join(map(fold_sign, text))


def _letters(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign.isalnum())


def _date(
    line: Line, page: Upright, open_reader: Callable[[], SignReader], *, by_hand: bool
) -> tuple[Line, tuple[Digits, ...]]:
    """``by_hand`` says that the number was written: day and month are, too, however like print they look."""
    plain = _plain(line.text)
    if numeric := NUMERIC.match(plain):
        return _confirmed(line, numeric.span("day")[0], numeric.span("year")[1], page, open_reader), ()
    match = DAY_AND_MONTH.match(plain)
    if match and not by_hand and all(_is_sure(line, *match.span(name)) for name in ("day", "month")):
        return line, ()
    views = _views(line, page, open_reader())
    seen = [(emission, spans) for emission in views if (spans := date_gaps(emission))]
    found = []
    for index, gap in reversed(list(enumerate((Gap.DAY, Gap.MONTH)))):
        readings = [(emission, spans[index]) for emission, spans in seen]
        if not readings:
            continue
        box = _box(line, *readings[0])
        start, end = match.span(gap.value) if match else (0, 0)
        seen_by, printed = candidates(readings, gap), line.text[start:end].strip()
        if _is_sure(line, start, end):
            differs = seen_by[0][0] != printed
            seen_by, printed = beside_print(seen_by, printed), "" if differs else printed
        digits = Digits(gap, box, seen_by, printed)
        found.append(digits)
        text, share = digits.candidates[0]
        if match and text and share >= _BELIEVED and not _is_sure(line, start, end):
            line = _put(line, start, end, Word(text, box, share))
    return line, tuple(reversed(found))


def _confirmed(
    line: Line, start: int, end: int, page: Upright, open_reader: Callable[[], SignReader]
) -> Line:
    """The line with a date in digits as one word, surer where the reader of handwriting reads the same."""
    words = _between(line, start, end)
    if all(word.confidence >= _SURE_PRINT for word in words):
        return line
    text, trust = line.text[start:end].replace(" ", ""), min(word.confidence for word in words)
    views = [line_text(seen) for seen in _views(line, page, open_reader())]
    same = [share for seen, share in views if text in seen.replace(" ", "")]
    sure = 1 - (1 - trust) * (1 - sum(same) / len(views))
    return _put(line, start, end, Word(line.text[start:end], Box.around(word.box for word in words), sure))


def _put(line: Line, start: int, end: int, word: Word) -> Line:
    return Line((*_between(line, 0, start), word, *_between(line, end, len(line.text))), line.zone)


def _is_sure(line: Line, start: int, end: int) -> bool:
    """Whether that part of the text holds digits that the engine for print is sure of."""
    words = _between(line, start, end)
    return bool(words) and all(word.text.isdecimal() and word.confidence >= _SURE_PRINT for word in words)


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
