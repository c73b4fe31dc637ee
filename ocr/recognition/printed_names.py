"""A signer's name as the engine reads it once coloured ink is as bright as the paper.

On the page an engine takes seal, signature and name for one drawing; cut out of it and bare of ink the name
is print. Beside what the reader of handwriting says, its marks are the better ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ocr.engines.engine import Engine
from ocr.image.raster import Gray
from ocr.page import Box, Word
from ocr.vietnamese.folding import fold
from ocr.vietnamese.personal_names import begins_name, family_as_written

_CLEAR = 0.65
_SURE = 0.85
_WHOLE = 3  # words: of two the first may be lost
_MOST = 5
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_PART = re.compile(r"(?:[A-ZĐ]['’])?[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """The name, where it is in the picture, and the confidence of its least sure word."""

    text: str
    box: Box
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether it needs no other witness."""
        return len(self.text.split()) >= _WHOLE and self.confidence >= _SURE and begins_name(self.text)


def read(views: Iterable[Gray], dpi: int, engine: Engine) -> PrintedName | None:
    """The best name on pictures of the same room; None where none is read."""
    lines = (line for view in views for line in engine.recognise_block(view, dpi))
    names = [name for line in lines for name in _names(line)]
    return max(names, key=lambda name: (begins_name(name.text), name.confidence), default=None)


def together(printed: PrintedName | None, told: str) -> str:
    """One name of what the engine and the reader of handwriting (``told``) read; "" for none.

    Words whose letters agree have the engine's marks. The reader drops letters and words at the front, the
    engine what a seal's rim crosses: the longer of two names that end alike stands.
    """
    if printed is None or not told:
        return told or (printed.text if printed is not None and begins_name(printed.text) else "")
    ours, theirs = printed.text.split(), told.split()
    if len(ours) >= len(theirs) and begins_name(printed.text) and _end_alike(ours, theirs):
        return printed.text
    shift = len(theirs) - len(ours)
    pairs = ((word, ours[at - shift] if at >= shift else "") for at, word in enumerate(theirs))
    return " ".join(ours if fold(ours) == fold(word) else word for word, ours in pairs)


def _end_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether most of the words at the end have the same letters."""
    pairs = list(zip(reversed(ours), reversed(theirs), strict=False))
    return 2 * sum(fold(one) == fold(other) for one, other in pairs) >= len(pairs)


def _names(line: Sequence[Word]) -> Iterator[PrintedName]:
    """Clear words in a row that are written as a name's are, from a family name on where there is one."""
    run: list[Word] = []
    for word in (*line, None):
        text = _EDGES.sub("", word.text) if word else ""
        if word and word.confidence >= _CLEAR and _is_part(text):
            run.append(Word(text.replace("’", "'"), word.box, word.confidence))
            continue
        start = next((at for at in range(len(run) - 1) if begins_name(_text(run[at:]))), 0)
        named = run[start:]
        if 2 <= len(named) <= _MOST and not _text(named).isupper():
            box, sure = Box.around(each.box for each in named), min(each.confidence for each in named)
            yield PrintedName(family_as_written(_text(named)), box, sure)
        run = []


def _is_part(text: str) -> bool:
    """Whether a word is written as those of names are: ``Anh``, ``H'Vi``, ``Y``."""
    last = text.replace("’", "'").split("'")[-1]
    return bool(_PART.fullmatch(text)) and text[0].isupper() and (last[1:].islower() or text in ("Y", "A"))


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)
