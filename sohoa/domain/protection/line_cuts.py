"""Where a line of print ends and a mark beside it begins, and lines that are one though they were cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise, product, takewhile
from statistics import median

from ocr.page import Line, Page, Word, Zone
from ocr.vietnamese.folding import letters
from sohoa.domain.vietnamese import is_upper, nfc

HEAD_ZONES = (Zone.HEAD_LEFT, Zone.HEAD_RIGHT)
_SPACED = 6
_LEAST_RUN = 2
_WIDER, _LEAST_GAP = 2.0, 0.6  # than the line's other gaps, in letter heights: a mark close beside print


def across(page: Page) -> Iterator[Line]:
    """Lines of the head that were cut where left and right part: a mark in the middle is in both."""
    left, right = ([line for line in page.lines if line.zone is zone] for zone in HEAD_ZONES)
    for first, second in product(left, right):
        one, other = first.box, second.box
        level = abs(one.middle[1] - other.middle[1]) < min(one.h, other.h) / 2
        if level and 0 <= other.x - one.right < max(one.h, other.h):
            yield Line((*first.words, *second.words), Zone.HEAD_LEFT)


def segments(line: Line) -> Iterator[tuple[Word, ...]]:
    """The line cut where the gap is wider than two letters are high: a stamp beside printed text.

    Between single letters the gap may be wider: letter-spaced words (``M Ậ T``) stay together. A gap that is
    far wider than the others of the line cuts, too.
    """
    words = sorted(line.words, key=lambda word: word.box.x)
    gaps = [after.box.x - before.box.right for before, after in pairwise(words)]
    usual = median(gaps) if len(gaps) > 1 else None
    start = 0
    for index, (gap, (before, after)) in enumerate(zip(gaps, pairwise(words), strict=True), start=1):
        high = max(before.box.h, after.box.h)
        spaced = all(len(letters(word.text)) == 1 for word in (before, after))
        wide = gap > (_SPACED if spaced else 2) * high
        wider = usual is not None and gap > max(_WIDER * usual, _LEAST_GAP * high) and not spaced
        if wide or wider:
            yield tuple(words[start:index])
            start = index
    if words:
        yield tuple(words[start:])


def run_ins(line: Line) -> Iterator[str]:
    """Capitals at either end of a line that run into a word of the print: a stamp over that word.

    ``TUYỆT MẬnh gửi: …`` gives ``TUYỆT MẬ``; a line that is all in capitals gives none.
    """
    words = _in_order(line)
    mixed = [place for place, word in enumerate(words) if not is_upper(word, share=1.0)]
    if not mixed:
        return
    head, tail = _capitals(words[mixed[0]]), _capitals(reversed(words[mixed[-1]]))[::-1]
    for long in range(_LEAST_RUN, len(head) + 1):
        yield " ".join((*words[: mixed[0]], head[:long]))
    for long in range(_LEAST_RUN, len(tail) + 1):
        yield " ".join((tail[-long:], *words[mixed[-1] + 1 :]))


def before_sentence(line: Line) -> str:
    """Capitals before the word that begins the line's sentence, an empty text where there are none."""
    words = _in_order(line)
    upper = list(takewhile(lambda word: is_upper(word, share=1.0), words))
    follows = words[len(upper) : len(upper) + 1]
    return " ".join(upper) if follows and follows[0].istitle() else ""


def before_address(line: Line) -> str:
    """Capitals before ``Kính gửi``, an empty text where there are none: nothing is printed there."""
    words = _in_order(line)
    sent = next((place for place, word in enumerate(words) if letters(word) == "gui"), 0)
    before = words[: max(0, sent - 1)]
    return " ".join(before) if all(is_upper(word, share=1.0) for word in before) else ""


def _in_order(line: Line) -> list[str]:
    return [nfc(word.text) for word in sorted(line.words, key=lambda word: word.box.x)]


def _capitals(signs: Iterable[str]) -> str:
    return "".join(takewhile(str.isupper, signs))
