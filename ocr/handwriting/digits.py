"""Numbers written by hand into printed lines: from sign shares along a line to candidate numbers.

A line recogniser gives, for each step along the line, a share to every sign (connectionist temporal
classification: column 0 means no sign). Printed words tell where the gap begins and ends; inside it only
digits are possible, so letters that look like digits count as those.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ocr.image.raster import Gray
from ocr.layout import date_line, number_line
from ocr.page import Gap
from ocr.vietnamese.folding import fold_sign

Shares = npt.NDArray[np.float32]

_LOOK_ALIKES = (
    *("0OoØøDQ", "1lI|!iAΛλ/", "2Zz&a", "3", "4H", "5Ss§", "6Gb", "7", "8B", "9gq"),
)  # at the place of the digit meant; an ``H`` is a four whose top is open
# A one is written with a long upstroke, a seven with a bar: both are read as a four now and then.
_FOUR_MEANT = {1: 0.1, 7: 0.1}
_UNKNOWN_IS_DIGIT = 0.9
_LETTER_MEANT = 0.5  # that behind digits a letter is meant which only one of the two readers saw
_LETTER_AGREED = 0.8  # the same where both saw it in what may be handwriting
_PRINT = 0.6  # trust of the engine for print from which on it read print, and no handwriting
_ONLY_DIGITS = "olizsq"  # letters that numbers never bear, for they look like digits
_LONE = 0.3
_MOST = {Gap.DAY: 31, Gap.MONTH: 12}
_FLOOR = 1e-5
_BEAM = 24
_KEPT = 6
_MAX_DIGITS = 6


@dataclass(frozen=True)
class Emission:
    """Shares of shape (steps, signs), each step adding up to 1; ``alphabet[0]`` is no sign."""

    shares: Shares
    alphabet: tuple[str, ...]


class SignReader(Protocol):
    """Gives sign shares along one printed line of shape (height, width)."""

    def signs(self, line: Gray) -> Emission: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A gap in a printed line: first and one past the last step, and the text printed after it."""

    start: int
    end: int
    after: str = ""


def number_gap(emission: Emission) -> Span | None:
    """Where the number stands in ``Số: … /notation``, or None."""
    signs = list(_emitted(emission))
    match = number_line.HANDWRITTEN.match(_plain(signs))
    if match is None:
        return None
    after = "".join(sign for sign, _ in signs[match.start("after") :])
    return _gap(signs, match, "number", after)


def date_gaps(emission: Emission) -> tuple[Span, Span] | None:
    """Where day and month stand in ``ngày … tháng … năm …``, or None."""
    signs = list(_emitted(emission))
    match = date_line.HANDWRITTEN.match(_plain(signs))
    return (_gap(signs, match, "day"), _gap(signs, match, "month")) if match else None


def candidates(readings: Sequence[tuple[Emission, Span]], gap: Gap) -> tuple[tuple[str, float], ...]:
    """Strings of digits that the gap may hold, the likeliest first, with shares of all that it may hold.

    The empty string stands for a gap that was left open. There is at least one candidate.
    """
    totals: dict[str, float] = defaultdict(float, {"": 0.0})
    for emission, span in readings:
        for text, share in _decoded(_digit_shares(emission, span)).items():
            totals[text] += share * _usual(text, gap) / len(readings)
    whole = sum(totals.values()) or 1.0
    possible = [(text, share) for text, share in totals.items() if share or not text]
    best = sorted(possible, key=lambda item: (-item[1], item[0]))
    return tuple((text, round(float(share / whole), 4)) for text, share in best[:_KEPT])


def with_letters(
    found: Sequence[tuple[str, float]],
    readings: Sequence[tuple[Emission, Span]],
    printed: str,
    confidence: float,
) -> tuple[tuple[str, float], ...]:
    """The candidates with those that bear letters behind their digits: ``15b``, ``08bis``.

    ``printed`` is what the engine for print read in the gap, ``confidence`` its trust in that. Where both
    readers saw the same letters, they are meant; where one did, they may be: a ``b`` is a ``6`` to the other.
    """
    seen = [_lettered(emission, span) for emission, span in readings]
    shown, lettered = " ".join(printed.split()), defaultdict[str, float](float)
    if number_line.parted(shown):
        for text, share in seen:
            if _is_same(text, shown):
                both = (1 - (1 - share) * (1 - confidence)) / len(seen)
                meant = 1.0 if confidence >= _PRINT else _LETTER_AGREED
                as_large = text[-1].isupper() == shown[-1].isupper()
                lettered[shown] += both * (meant if as_large else _LETTER_MEANT)
        lettered[shown] = max(lettered[shown], _LETTER_MEANT * confidence)
    else:
        for text, share in seen:
            text = "".join(text.split())
            parts = number_line.parted(text)
            if parts and parts[1].lower() not in _ONLY_DIGITS:
                lettered[text] += share * _LETTER_MEANT / len(seen)
    left = 1 - sum(lettered.values())
    every = (*lettered.items(), *((text, share * left) for text, share in found))
    best = sorted(every, key=lambda item: (-item[1], item[0]))
    return tuple((text, round(share, 4)) for text, share in best[:_KEPT])


def beside_print(found: Sequence[tuple[str, float]], printed: str) -> tuple[tuple[str, float], ...]:
    """The candidates beside digits that the engine for print is as sure of: it may take pen for print."""
    shares = {text: share / 2 for text, share in found}
    shares[printed] = shares.get(printed, 0.0) + 0.5
    best = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple((text, round(share, 4)) for text, share in best[:_KEPT])


def _lettered(emission: Emission, span: Span) -> tuple[str, float]:
    """What the reader sees in the gap when letters are possible, too, and the share of it."""
    signs = [(sign, step) for sign, step in _emitted(emission) if span.start <= step < span.end]
    text = " ".join("".join(sign for sign, _ in signs).split())
    return text, float(np.prod([emission.shares[step].max() for _, step in signs]))


def _is_same(one: str, other: str) -> bool:
    """Whether both are the same but for blanks, capitals, and marks, which this reader drops."""
    first, second = ("".join(map(fold_sign, "".join(text.split()))) for text in (one, other))
    return first == second


def _usual(text: str, gap: Gap) -> float:
    """How usual the form is: days, and months 1 and 2, have two digits (Nghị định 30/2020, Phụ lục I)."""
    if gap is Gap.NUMBER or not text:
        return 1.0
    if not 1 <= int(text) <= _MOST[gap] or len(text) > 2:
        return 0.0
    padded = gap is Gap.DAY or int(text) <= 2
    return _LONE if padded and len(text) == 1 else 1.0


def line_text(emission: Emission) -> tuple[str, float]:
    """The whole line as read, and the mean share of its signs."""
    signs = list(_emitted(emission))
    shares = [float(emission.shares[step].max()) for _, step in signs]
    return "".join(sign for sign, _ in signs), sum(shares) / len(shares) if shares else 0.0


def _emitted(emission: Emission) -> Iterator[tuple[str, int]]:
    """The line's signs with their steps, repeated and empty steps dropped."""
    last = 0
    for step, index in enumerate(emission.shares.argmax(axis=1)):
        if index not in (last, 0):
            yield emission.alphabet[index], step
        last = index


def _plain(signs: Sequence[tuple[str, int]]) -> str:
    """One plain lower-case letter for each sign, so that positions agree."""
    return "".join(fold_sign(sign) for sign, _ in signs)


def _gap(signs: Sequence[tuple[str, int]], match: re.Match[str], name: str, after: str = "") -> Span:
    start, end = match.span(name)
    while start > 0 and signs[start - 1][0].isspace():
        start -= 1
    return Span(signs[start - 1][1] + 1 if start else 0, signs[end][1], after)


def _digit_shares(emission: Emission, span: Span) -> npt.NDArray[np.float64]:
    """Shares of shape (steps, 11) inside the gap: no sign, then the ten digits."""
    inside = emission.shares[span.start : span.end].astype(np.float64)
    shares = np.full((len(inside), 11), _FLOOR)
    for column, alike in enumerate(_columns(emission.alphabet)):
        shares[:, column] += inside[:, alike].sum(axis=1)
    for digit, share in _FOUR_MEANT.items():
        shares[:, 1 + digit] += share * shares[:, 5]
    unknown = np.maximum(0.0, 1 - shares.sum(axis=1))
    shares[:, 1:] += (unknown * _UNKNOWN_IS_DIGIT / 10)[:, None]
    shares[:, 0] += unknown * (1 - _UNKNOWN_IS_DIGIT)
    whole: npt.NDArray[np.float64] = shares / shares.sum(axis=1, keepdims=True)
    return whole


@functools.cache
def _columns(alphabet: tuple[str, ...]) -> tuple[list[int], ...]:
    """Columns of the alphabet that count as no sign, then as each of the ten digits."""
    spaces = [index for index, sign in enumerate(alphabet) if index == 0 or sign.isspace()]
    digits = ([i for i, sign in enumerate(alphabet) if sign and sign in signs] for signs in _LOOK_ALIKES)
    return spaces, *digits


def _decoded(shares: npt.NDArray[np.float64]) -> dict[str, float]:
    """Strings of digits with their shares (prefix beam search over the steps)."""
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for step in shares:
        grown: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for text, (ended, open_) in beams.items():
            grown[text][0] += (ended + open_) * step[0]
            if text:
                grown[text][1] += open_ * step[1 + int(text[-1])]
            for digit in range(10) if len(text) < _MAX_DIGITS else ():
                repeated = text[-1:] == str(digit)
                grown[text + str(digit)][1] += step[1 + digit] * (ended if repeated else ended + open_)
        kept = sorted(grown.items(), key=lambda item: -sum(item[1]))
        beams = {text: (both[0], both[1]) for text, both in islice(kept, _BEAM)}
    total = sum(map(sum, beams.values()))
    return {text: sum(both) / total for text, both in beams.items()}
