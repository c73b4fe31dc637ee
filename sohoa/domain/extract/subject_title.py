"""The subject under the type heading (box 5a), without the issuer above and stamps beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ocr.page import Line
from ocr.vietnamese.folding import fold
from ocr.vietnamese.posts import DECIDES
from sohoa.domain.extract.calibration import SubjectShares
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.subject_end import OFF_CENTRE, fills_row, stops
from sohoa.domain.extract.subject_lines import ABOUT, CONCERNS, RULE, Subject, without_ink
from sohoa.domain.vietnamese import is_upper, nfc

_ISSUER = re.compile(r"^[^\w]*cua\b")  # ``QUYẾT ĐỊNH CỦA UBND TỈNH …``, in capitals
_STOPPED = re.compile(r"\.\W*$")
_MARGIN = 0.1  # of the page: print begins at 30 mm of 210, before that stand stamps and notes


def under_heading(head: Head, shares: SubjectShares) -> Subject | None:
    """Centred lines between the type heading and the body."""
    if head.heading is None:
        return None
    taken: list[Line] = []
    titled = head.kind is not None and head.kind.titled and bool(head.rest)
    rest = "" if titled or _names_issuer(head.rest) else head.rest
    texts = [rest] if len(rest) > 5 else []
    ends = shares.open_end
    for index, printed in enumerate(head.title):
        line = _without_stamp(printed, head)
        if not taken and (_names_issuer(line.text) or _is_issuer(index, head)):
            continue
        if RULE.match(line.text) and len(line.text) < 40:
            if taken:
                ends = shares.before_rule
                break
            continue
        stop = stops(line, taken, head, shares)
        if stop:
            ends = stop
            break
        taken.append(line)
        texts.append(without_ink(line))
    if titled:
        return _own_title(head.heading, taken, shares)
    lines = (head.heading, *taken) if len(rest) > 5 else tuple(taken)
    if len(texts) == 1 and _STOPPED.search(texts[0]) and not ABOUT.match(fold(texts[0])):
        ends = min(ends, shares.own_title)  # the paper's first sentence, of a kind that has no subject
    return Subject(lines, tuple(texts), ends) if texts else None


def _own_title(heading: Line, taken: Sequence[Line], shares: SubjectShares) -> Subject:
    """Of ``GIẤY PHÉP XÂY DỰNG``: what follows in small letters, else the whole title; neither is sure."""
    goes_on = [*takewhile(lambda line: is_upper(line.text, 0.75), taken)]
    lines = tuple(taken[len(goes_on) :]) or (heading, *goes_on)
    return Subject(lines, tuple(map(without_ink, lines)), shares.own_title)


def _names_issuer(text: str) -> bool:
    """Whether the words in capitals say whose paper it is."""
    return bool(_ISSUER.match(fold(nfc(text)))) and is_upper(text, 0.75)


def _is_issuer(index: int, head: Head) -> bool:
    """Whether the line goes on from ``QUYẾT ĐỊNH CỦA ỦY BAN …``: capitals before small letters."""
    line, after = head.title[index], head.title[index + 1 : index + 2]
    text = fold(nfc(line.text))
    opened = re.match(r"\W*cua\b", fold(nfc(head.rest))) and all(map(_in_capitals, head.title[:index]))
    if not opened or not _in_capitals(line) or ABOUT.match(text):
        return False
    return bool(DECIDES.match(text)) or (bool(after) and not _in_capitals(after[0]))


def _in_capitals(line: Line) -> bool:
    return is_upper(line.text, 0.75)


def _without_stamp(line: Line, head: Head) -> Line:
    """The line without words that a stamp in the margin put before it: what is left is centred."""
    width = head.page.width_px
    if head.heading is None or line.box.x > _MARGIN * width or fills_row(line, head):
        return line
    centre = head.heading.box.middle[0]
    begins = [i for i, word in enumerate(line.words) if i and CONCERNS.match(fold(f"{word.text} viec"))]
    if begins:
        return Line(line.words[begins[0] :], line.zone)
    rests = [Line(line.words[start:], line.zone) for start in range(1, len(line.words))]
    best = min(rests, key=lambda rest: abs(rest.box.middle[0] - centre), default=line)
    return best if abs(best.box.middle[0] - centre) < 0.5 * OFF_CENTRE * width else line
