"""The subject of a công văn: under the number in the left column, after ``V/v`` (box 5b)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ocr.layout.anchors import is_salutation
from ocr.page import Line
from ocr.vietnamese.folding import fold
from sohoa.domain.extract.calibration import SubjectShares
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.subject_lines import CONCERNS, NEVER, RULE, Subject, without_ink
from sohoa.domain.vietnamese import is_upper, nfc

_FURTHER = 1.5  # pitches of the lines above
_SHORT_STAMP = 12  # letters: of a stamp, or of a subject's last words in capitals


def beside(head: Head, shares: SubjectShares) -> Subject | None:
    """Lines under the number in the left column, from ``V/v`` on."""
    lines = [line for line in head.below if not RULE.match(line.text)]
    start = next((i for i, line in enumerate(lines) if CONCERNS.match(fold(nfc(line.text)))), None)
    if start is None:
        end = next((i for i, line in enumerate(lines) if NEVER.match(fold(nfc(line.text)))), len(lines))
        texts = [line for line in lines[:end] if not is_upper(line.text, 0.7) and len(line.text) > 8]
        tidy = tuple(without_ink(line) for line in texts)
        return Subject(tuple(texts), tidy, shares.beside_without_mark) if texts else None
    taken, ends = _run(lines[start:], shares)
    if _may_go_on(taken, head):
        ends = min(ends, shares.beside_perhaps_cut)
    return Subject(taken, tuple(without_ink(line) for line in taken), ends)


def _run(lines: Sequence[Line], shares: SubjectShares) -> tuple[tuple[Line, ...], float]:
    """Lines that follow each other closely, and how sure their end is; a stamp below is not the subject."""
    taken = [lines[0]]
    for line in lines[1:]:
        far = line.box.y - taken[-1].box.bottom > 1.6 * taken[0].box.h or _is_apart(line, taken)
        doubtful = line.confidence < shares.doubtful_stamp
        stamped = is_upper(line.text, 0.8) and (len(line.text) > _SHORT_STAMP or doubtful)
        if far or stamped or is_salutation(line.text):
            short = stamped and not far and len(line.text) <= _SHORT_STAMP
            return tuple(taken), shares.beside_perhaps_cut if short else shares.beside
        taken.append(line)
    return tuple(taken), shares.beside


def _may_go_on(taken: Sequence[Line], head: Head) -> bool:
    """Whether a line of the body stands so close below that it may be the subject's next one."""
    last = taken[-1]
    reach = _FURTHER * (_distance(*taken[-2:]) if len(taken) > 1 else 1.4 * last.box.h)
    return any(
        0 < line.box.y - last.box.y < reach and line.box.x < last.box.right and not is_salutation(line.text)
        for line in head.body
    )


def _is_apart(line: Line, taken: Sequence[Line]) -> bool:
    """Whether the line is further from the last one than those are from each other."""
    distances = [_distance(above, below) for above, below in pairwise((*taken, line))]
    return len(distances) > 1 and distances[-1] > _FURTHER * min(distances[:-1])


def _distance(above: Line, below: Line) -> int:
    """From line to line: letters that reach up or down make one of the edges' distances larger."""
    return min(below.box.y - above.box.y, below.box.bottom - above.box.bottom)
