"""Probabilities: how far one reading is trusted, and what agreement of several sources is worth.

The shares that it reckons with are data, see ``sohoa.domain.extract.calibration``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ocr.page import Gap, Line, Page, Source
from sohoa.domain.extract.calibration import DigitShares

CERTAIN = 0.99
_LIKELY = 0.5  # share of a reading that all others together do not have
_LIKE_LETTERS = "269"
"""Digits that an ``a`` or ``b`` by hand is taken for."""
_SHARPER = 1.6  # to this power a candidate's share is what it is worth


@dataclass(frozen=True, slots=True)
class Sign:
    """A written number as it was read: its signs, digits or not, and the trust in each digit."""

    text: str
    trust: float
    shares: DigitShares

    def fits(self, value: int, *, padded: bool = True, named: bool = False) -> float:  # noqa: ARG002 - of pens
        """How likely these signs are when the paper shows ``value``.

        ``padded`` says that numbers under 10 are written with a nought, as the rules ask of number and
        day: a lone digit is then more likely the half of a longer number.
        """
        if padded and value < 10 and len(self.text) == 1:
            return self.shares.unpadded * self._form(str(value))
        forms = {str(value), f"{value:02d}"}
        chances = [self._form(form) for form in forms if len(form) == len(self.text)]
        return max(chances, default=self._cut(str(value)))

    def _cut(self, form: str) -> float:
        """How likely digits were lost or added; signs that were trusted do not become quite other ones."""
        short, long = sorted((self.text, form), key=len)
        rest = iter(long)
        return self.shares.lost_or_added * (1 if all(sign in rest for sign in short) else 1 - self.trust)

    def _form(self, form: str) -> float:
        chance = 1.0
        for read, true in zip(self.text, form, strict=True):
            if not read.isdecimal():
                chance *= self.shares.no_digit
            else:
                chance *= self.trust if read == true else (1 - self.trust) / 9
        return chance


@dataclass(frozen=True, slots=True)
class Written:
    """A number written by hand, as the reader of digits sees it: candidates with shares, best first.

    ``printed`` is what the engine for print read there: two readers seldom make the same mistake.
    ``lettered``: a letter may stand behind the digits (``39b``), which both readers take for a digit.
    """

    candidates: tuple[tuple[str, float], ...]
    shares: DigitShares
    printed: str = ""
    lettered: bool = False

    @property
    def text(self) -> str:
        """The likeliest digits."""
        return self.candidates[0][0]

    @property
    def trust(self) -> float:
        """The trust in each digit of the likeliest reading."""
        return self.fits(int(self.text)) ** (1 / len(self.text)) if self.text else 0.0

    def fits(self, value: int, *, padded: bool = True, named: bool = False) -> float:  # noqa: ARG002 - weighed already
        """How likely this reading is when the paper shows ``value``; one digit is misread now and then.

        ``named`` says that something else names that value: then it is the one that was misread, if any.
        """
        misread = self._misread * (1.0 if named or self._contradicted else self.shares.misread_as)
        same = sum(self._worth(*each) for each in self.candidates if each[0] and int(each[0]) == value)
        near = sum(share * misread for text, share in self.candidates if _differ_by_one(text, value))
        return min(max(same, near, misread / 30), self.shares.most_by_hand)

    @property
    def agreed(self) -> bool:
        """Whether both readers saw the likeliest digits, and nothing is as likely as those."""
        text, share = self.candidates[0]
        if self.lettered and len(text) > 1 and text[-1] in _LIKE_LETTERS:
            return False
        return text.isdecimal() and text == self.printed.strip() and share >= _LIKELY

    def _worth(self, text: str, share: float) -> float:
        """What a reading's share is worth; more for the one that both readers saw, less for others then."""
        alone = _sharpened(share)
        if not self.agreed:
            return alone
        both = _sharpened(self.candidates[0][1])
        other = self.shares.print_misreads_alike
        return (alone if text == self.text else alone * other) / (both + other * (1 - both))

    @property
    def _contradicted(self) -> bool:
        """Whether the engine for print reads another number of as many digits."""
        printed = self.printed.strip()
        return printed.isdecimal() and printed != self.text and len(printed) == len(self.text)

    @property
    def _misread(self) -> float:
        """How likely a digit is another one than the likeliest reading says."""
        return self.shares.misread_twice if self.agreed else self.shares.misread


def _sharpened(share: float) -> float:
    """What a reading's share is worth: lesser ones were right less often than they claim."""
    return float(share**_SHARPER)


def _differ_by_one(text: str, value: int) -> bool:
    other = str(value).zfill(len(text))
    return len(text) == len(other) and sum(a != b for a, b in zip(text, other, strict=True)) == 1


def written(page: Page, gap: Gap, shares: DigitShares) -> Written | None:
    """What the reader of handwritten digits saw in that gap of the head; None where it did not look."""
    return next(
        (
            Written(digits.candidates, shares, digits.printed, gap is Gap.NUMBER)
            for digits in page.digits
            if digits.gap is gap
        ),
        None,
    )


def clip(value: float) -> float:
    """A probability that never claims certainty, rounded to three places."""
    return round(min(max(value, 0.01), CERTAIN), 3)


def digit_trust(page: Page, confidence: float, shares: DigitShares) -> float:
    """How far digits of a head line are trusted alone: printed ones of a text layer nearly always.

    On scans they are mostly written by hand; an OCR confidence near 1 then means printed digits.
    """
    if page.source is Source.TEXT_LAYER:
        return shares.of_text_layer
    known = list(shares.by_ocr_confidence.items())
    for (low, below), (high, above) in pairwise(known):
        if confidence <= high:
            return below + (above - below) * max(confidence - low, 0.0) / (high - low)
    return known[-1][1]


def word_confidence(line: Line, start: int, end: int) -> float:
    """The lowest confidence of the words of ``line.text[start:end]``; the line's own where none is."""
    position, found = 0, []
    for word in line.words:
        if position < end and position + len(word.text) > start:
            found.append(word.confidence)
        position += len(word.text) + 1
    return min(found, default=line.confidence)
