"""Where a subject under the heading ends: by what opens after it, by gaps, indents and the margins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ocr.page import Line
from ocr.vietnamese.folding import fold
from ocr.vietnamese.posts import DECIDES
from sohoa.domain.extract.calibration import SubjectShares
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.subject_lines import NEVER
from sohoa.domain.vietnamese import is_upper, nfc

# What follows a subject: legal bases and papers that are carried out; addressees; the first article, section
# or item; day and hour of minutes, the time that is reported on; what is enclosed.
_OPENS = re.compile(
    r"^[^\w]*(?:can cu\b|theo de nghi|xet de nghi|xet to trinh|kinh gui|kinh trinh|noi nhan|dieu 1\b|i[.]\s|"
    r"1[.]\s|a[.]\s|hom nay\b|vao hoi|\((?:ban hanh )?kem theo|\(?phu luc|\(?dinh kem)"
)
# Words that do so only with a capital: in small letters a subject goes on with them.
_OPENS_LARGE = re.compile(
    r"^[^\w]*(?:thuc hien (?:chi thi|nghi (?:dinh|quyet)|quyet dinh|cong van|ke hoach|thong (?:bao|tri|tu)|"
    r"van ban|luat|quy dinh|huong dan|chuong trinh|ket luan)\b|phan (?:i|thu|mot)\b|"
    r"(?:tran trong )?kinh moi\b|cu (?:ong|ba|dong chi)\b|ngay \d|trong thoi gian|"
    r"(?:ban hanh )?kem theo)"
)
_PURPOSE = re.compile(r"^[^\w]*(?:Nhằm|Để)\b")  # a sentence of its own; in small letters a subject goes on so
OFF_CENTRE = 0.06  # of the page: lines of a subject are centred under each other
# Of the page: half the least indent of a paragraph, 10 mm, is 0.024; lines are centred to less than this.
_SHIFTED = 0.016
_INDENT, _WIDE = 0.03, 0.5  # of the page


def stops(line: Line, taken: Sequence[Line], head: Head, shares: SubjectShares) -> float:
    """0 when the line belongs to the subject; otherwise how surely the subject ended before it."""
    text = fold(nfc(line.text)).strip()
    last = taken[-1] if taken else head.heading
    if last is None:
        return 0.0
    if _is_sentence(line, taken, head) or (NEVER.match(text) and not taken):
        return shares.before_sentence if taken else shares.open_end
    gap = (line.box.y - last.box.y) / max(_pitch(taken, head), 1)
    if taken and is_upper(line.text, 0.75) and not is_upper(taken[0].text, 0.75):
        return shares.before_capitals
    if (taken or head.rest) and DECIDES.match(text) and is_upper(line.text, 0.75):
        return shares.before_authority
    if _opens(line) and (taken or head.rest):
        apart = gap > 1.25 or (taken and _indented(line, taken, head))
        return shares.before_opening if apart else shares.before_close_opening
    if taken and gap > 1.6:
        return shares.before_gap
    if _indented(line, taken, head) or (taken and _opens_paragraph(line, head)):
        return shares.before_paragraph if gap > 1.15 else shares.before_close_paragraph
    if abs(line.box.middle[0] - last.box.middle[0]) > OFF_CENTRE * head.page.width_px:
        return shares.before_off_centre
    if taken and _PURPOSE.match(nfc(line.text)):
        return shares.before_close_opening
    return shares.too_long if len(taken) >= 9 else 0.0


def _opens(line: Line) -> bool:
    """Whether the line begins what follows a subject."""
    text = fold(nfc(line.text)).strip()
    return bool(_OPENS.match(text) or (_OPENS_LARGE.match(text) and not _begins_small(line)))


def _pitch(taken: Sequence[Line], head: Head) -> float:
    """Distance of two lines of the subject, in pixels."""
    if len(taken) >= 2:
        return min(b.box.y - a.box.y for a, b in pairwise(taken))
    return 1.75 * max((line.box.h for line in taken), default=head.heading.box.h if head.heading else 1)


def _indented(line: Line, taken: Sequence[Line], head: Head) -> bool:
    """Whether the line is the first of a paragraph: it runs to the right margin, is no more centred.

    Where no other line is as wide, nothing shows the margin: a wide one that follows a subject is enough.
    """
    wide = 0.6 * head.page.width_px
    alone = (
        bool(taken)
        and line.box.w > wide
        and not any(i.box.w > wide for i in head.body if i not in (line, *taken))
    )
    return _is_shifted(line, taken, head) and (alone or fills_row(line, head))


def _opens_paragraph(line: Line, head: Head) -> bool:
    """Whether the line begins right of the margin and the next at it: so do paragraphs of ragged print."""
    at = next((i for i, other in enumerate(head.body) if other.box.y >= line.box.y), len(head.body))
    below = head.body[at + 1 : at + 2]
    wide = [other.box.x for other in head.body if other.box.w > _WIDE * head.page.width_px]
    if not below or not wide or line.box.w < _WIDE * head.page.width_px:
        return False
    shift = (line.box.x - below[0].box.x) / head.page.width_px
    return shift > _INDENT and below[0].box.x - min(wide) < _INDENT * head.page.width_px


def _is_sentence(line: Line, taken: Sequence[Line], head: Head) -> bool:
    """Whether the line is a paragraph of its own: it ends as one does and is not centred.

    A line that goes on in small letters may end with a semicolon: more of the subject follows.
    """
    ending = r"[.]\W*$" if taken and _begins_small(line) else r"[.;]\W*$"
    return bool(re.search(ending, line.text)) and _is_shifted(line, taken, head)


def _begins_small(line: Line) -> bool:
    return next((sign.islower() for sign in nfc(line.text) if sign.isalpha()), False)


def _is_shifted(line: Line, taken: Sequence[Line], head: Head) -> bool:
    """Whether the line is off the middle of those above it by half a paragraph's indent."""
    above = [item.box.middle[0] for item in taken or ([head.heading] if head.heading else [])]
    if not above:
        return False
    return abs(line.box.middle[0] - sum(above) / len(above)) > _SHIFTED * head.page.width_px


def fills_row(line: Line, head: Head) -> bool:
    """Whether the line runs to the body's right margin, as the lines of a paragraph do."""
    others = (item for item in head.body if item is not line)
    body = [item.box.right for item in others if item.box.w > 0.6 * head.page.width_px]
    right = sorted(body)[len(body) // 2] if body else head.page.width_px
    return abs(line.box.right - right) < 0.015 * head.page.width_px
