"""Words that were typed onto a page as it was drawn: known for certain, and seen by the readers, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocr.page import Box, Digits, Line, Word


def confirmed(digits: Sequence[Digits], typed: Sequence[Sequence[Word]]) -> tuple[Digits, ...]:
    """The digits of gaps; where the likeliest ones are those that were typed there, they are certain.

    Where typed words and pixels differ, the doubt stays.
    """
    words = [word for line in typed for word in line]
    return tuple(_confirmed(each, words) for each in digits)


def _confirmed(digits: Digits, words: Sequence[Word]) -> Digits:
    likeliest = digits.candidates[0][0] if digits.candidates else ""
    said = [word.text for word in words if digits.box.holds(word.box.middle)]
    if not likeliest or said != [likeliest]:
        return digits
    return replace(digits, candidates=((likeliest, 1.0),), printed=likeliest)


def missed(lines: Sequence[Line], typed: Sequence[Sequence[Word]]) -> tuple[Line, ...]:
    """Typed lines that the reading of the pixels passed over."""
    boxes = [word.box for line in lines for word in line.words]
    return tuple(
        Line(tuple(line))
        for line in typed
        if not any(box.holds(word.box.middle) or word.box.holds(box.middle) for word in line for box in boxes)
    )


def woven(lines: Sequence[Sequence[Word]], typed: Sequence[Sequence[Word]]) -> tuple[tuple[Word, ...], ...]:
    """Printed lines with the words that were typed into their gaps; further lines of the other words."""
    rows = [(Box.around(word.box for word in line), line, list[Word]()) for line in lines if line]
    apart = []
    for each in typed:
        left = list[Word]()
        for word in each:
            row = next((added for box, _, added in rows if box.holds(word.box.middle)), left)
            row.append(word)
        apart.append(tuple(left))
    return (*(_row(line, added) for _, line, added in rows), *filter(None, apart))


def _row(line: Sequence[Word], added: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(sorted((*line, *added), key=lambda word: word.box.x) if added else line)
