"""A text layer that another program laid over a scan, as a witness against what was read from the pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ocr.layout import date_line, number_line
from ocr.page import Line, Word, Zone
from ocr.vietnamese.folding import fold, letters

_SAMPLED = 8
_LEAST_WORDS = 4
_MOST_UNLIKE = 0.3
_DIGITS = re.compile(r"\d+")


def differences(layer: Sequence[Line], read: Sequence[Line]) -> tuple[str, ...]:
    """In what the layer differs: ``number``, ``date``, ``text``; both with boxes of the same page.

    Number and date differ where both have digits and not the same. Of the text a sample of lines is
    compared word by word, by place.
    """
    pairs = (
        ("number", _number(layer), _number(read)),
        ("date", _date(layer), _date(read)),
    )
    told = [name for name, said, seen in pairs if said and seen and said != seen]
    return (*told, "text") if _is_other_text(layer, read) else tuple(told)


def _number(lines: Sequence[Line]) -> list[str]:
    """The digits before the notation; none where they were not read."""
    for line in lines:
        if line.zone is Zone.HEAD_LEFT and number_line.is_number_line(line.text):
            (start, end), _ = number_line.number_and_notation(line.text)
            return _digits(line.text[start:end])
    return []


def _date(lines: Sequence[Line]) -> list[str]:
    """Day, month and year; none where one of them was not read."""
    for line in lines:
        match = date_line.DATE_LINE.match(fold(line.text)) if line.zone is Zone.HEAD_RIGHT else None
        if match:
            found = [_digits(match[name] or "") for name in ("day", "month", "year")]
            return [each[0] for each in found] if all(found) else []
    return []


def _digits(text: str) -> list[str]:
    return [digits.lstrip("0") for digits in _DIGITS.findall(text)]


def _is_other_text(layer: Sequence[Line], read: Sequence[Line]) -> bool:
    words = [word for line in read for word in line.words]
    sample = list(_sample(layer))
    unlike = sum(not _stands_there(word, words) for word in sample)
    return unlike > _MOST_UNLIKE * len(sample)


def _sample(layer: Sequence[Line]) -> Iterator[Word]:
    """Words of some lines from all over the page."""
    lines = [line for line in layer if len(line.words) >= _LEAST_WORDS]
    for line in lines[:: max(1, len(lines) // _SAMPLED)]:
        yield from (word for word in line.words if len(letters(word.text)) > 1)


def _stands_there(word: Word, words: Sequence[Word]) -> bool:
    place = word.box.middle
    there = " ".join(other.text for other in words if other.box.holds(place))
    return letters(word.text) in letters(there)
