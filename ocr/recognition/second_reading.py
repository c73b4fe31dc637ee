"""Doubtful lines read a second time, alone and larger; of two readings the more credible one stands.

What one reading gets wrong another at a different scale often has right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ocr.engines.engine import Engine
from ocr.image import clean, line_picture
from ocr.image.line_picture import Upright
from ocr.page import Line, Word
from ocr.recognition import noise
from ocr.vietnamese.syllables import is_syllable

READ_DPI = 250
_DOUBTFUL = 0.7
_MOST_LINES = 8
_MARGINS = (0.25, 0.8)  # above and below, left and right, in heights of the print
_LEAST_GAIN = 0.08
_SURE_ADDITION = 0.85
_SENSELESS = 0.4
_CODE = re.compile(r"^[\W_]*(?:[\d.,/:;%()-]+|[\d/.-]*[A-ZĐ][A-ZĐ&./-]*\d*)[\W_]*$")
_LETTERS = re.compile(r"[^\W\d_]+")


def improved(lines: Sequence[Line], page: Upright, engine: Engine) -> tuple[Line, ...]:
    """The lines, the most doubtful of them with the better of two readings word by word."""
    doubts = sorted((_doubt(line), index) for index, line in enumerate(lines))
    again = {index for doubt, index in doubts[:_MOST_LINES] if doubt < _DOUBTFUL}
    return tuple(
        Line(_better(line.words, _read(line, page, engine)), line.zone) if index in again else line
        for index, line in enumerate(lines)
    )


def _doubt(line: Line) -> float:
    """The lowest confidence of a word with letters."""
    return min((word.confidence for word in line.words if _LETTERS.search(word.text)), default=1.0)


def _read(line: Line, page: Upright, engine: Engine) -> tuple[Word, ...]:
    picture = line_picture.cut(line.words, page, *_MARGINS, dpi=READ_DPI)
    read = engine.recognise_line(clean.flattened(picture.pixels, READ_DPI), READ_DPI)
    words = (word for each in read for word in noise.printed(each))
    return tuple(Word(word.text, picture.on_page(word.box), word.confidence) for word in words)


def _better(first: Sequence[Word], second: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(_merged(first, second)) if second else tuple(first)


def _merged(first: Sequence[Word], second: Sequence[Word]) -> Iterator[Word]:
    """Words that agree as first read; where the readings differ, the more credible run of words."""
    matcher = SequenceMatcher(None, [w.text for w in first], [w.text for w in second], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        old, new = first[a:b], second[c:d]
        if kind == "equal":
            pairs = zip(old, new, strict=True)
            yield from (max(pair, key=lambda word: word.confidence) for pair in pairs)
        elif kind == "insert":
            yield from (word for word in new if _credit([word]) >= _SURE_ADDITION)
        elif kind == "delete" or _credit(new) <= _credit(old) + _LEAST_GAIN:
            yield from old
        else:
            yield from new


def _credit(words: Sequence[Word]) -> float:
    """Mean confidence of the words, each weighted by its length and by whether it makes sense."""
    letters = sum(len(word.text) for word in words)
    worth = sum(len(word.text) * word.confidence * _sense(word.text) for word in words)
    return worth / letters if letters else 0.0


def _sense(text: str) -> float:
    runs = _LETTERS.findall(text)
    whole = bool(_CODE.match(text)) or (len(runs) == 1 and is_syllable(runs[0]))
    return 1.0 if whole else _SENSELESS
