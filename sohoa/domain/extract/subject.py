"""The subject: under the type heading (box 5a), for a công văn after ``V/v`` (box 5b)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from ocr.layout.anchors import is_salutation
from ocr.page import Box, Line, MarkKind
from ocr.vietnamese.folding import fold
from ocr.vietnamese.posts import DECIDES
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import SubjectShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.head import Head
from sohoa.domain.vietnamese import is_upper, nfc

_VV = re.compile(r"^[^\w]*(?:v\s*[/⁄il1|.,]?\s*v\b|ve viec\b|vv\b|v[/⁄]v?)", re.IGNORECASE)
# What follows a subject: legal bases and papers that are carried out; addressees; the first article, section
# or item; day and hour of minutes, the time that is reported on; what is enclosed.
_OPENS = re.compile(
    r"^[^\w]*(?:can cu\b|theo de nghi|xet de nghi|xet to trinh|kinh gui|kinh trinh|noi nhan|dieu 1\b|i[.]\s|"
    r"1[.]\s|a[.]\s|hom nay\b|vao hoi|\((?:ban hanh )?kem theo|\(?phu luc|\(?dinh kem)"
)
# Words that do so only with a capital: in small letters a subject goes on with them.
_OPENS_LARGE = re.compile(
    r"^[^\w]*(?:thuc hien (?:chi thi|nghi (?:dinh|quyet)|quyet dinh|cong van|ke hoach|thong (?:bao|tri|tu)|"
    r"van ban|luat|quy dinh|huong dan|chuong trinh|ket luan)\b|phan (?:i|thu|mot)\b|ngay \d|trong thoi gian|"
    r"(?:ban hanh )?kem theo)"
)
# What no subject begins with: who is written to, legal bases, the first article.
_NEVER = re.compile(r"^[^\w]*(?:kinh (?:gui|trinh)\b|noi nhan\b|can cu\b|dieu 1\b|hom nay\b)")
_ABOUT = re.compile(r"^[^\w]*(?:ve\b|v/v\b)")
_ISSUER = re.compile(r"^[^\w]*cua\b")  # ``QUYẾT ĐỊNH CỦA UBND TỈNH …``, in capitals
_STAMP = re.compile(r"\bĐẾN\b|\bCÔNG VĂN ĐẾN\b|\bCỔNG THÔNG TIN\b|\b(?:Giờ|Chuyển|Số|Ngày)\s*:?\s*\.{2,}")
_PURPOSE = re.compile(r"^[^\w]*(?:Nhằm|Để)\b")  # a sentence of its own; in small letters a subject goes on so
_FURTHER = 1.5  # pitches of the lines above
_SHORT_STAMP = 12  # letters: of a stamp, or of a subject's last words in capitals
_STOPPED = re.compile(r"\.\W*$")
_MARGIN = 0.1  # of the page: print begins at 30 mm of 210, before that stand stamps and notes
_OFF_CENTRE = 0.06  # of the page: lines of a subject are centred under each other
# Of the page: half the least indent of a paragraph, 10 mm, is 0.024; lines are centred to less than this.
_SHIFTED = 0.016
_RULE = re.compile(r"^[\W_]*$")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject's lines and how surely they begin and end where they should (0 to 1)."""

    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    ends: float


def subject_field(head: Head, shares: SubjectShares, *, letter: bool) -> Field | None:
    """The subject as printed, its lines joined; for a công văn from the left column."""
    found = _beside(head, shares) if letter else _under_heading(head, shares)
    if found is None and (letter or any(_VV.match(fold(nfc(line.text))) for line in head.below)):
        found = _under_heading(head, shares) if letter else _beside(head, shares)
    if found is None or not found.texts:
        return None
    text = _joined(found.texts)
    if len(text) < 6:
        return None
    reading = sum(line.confidence * len(line.text) for line in found.lines)
    reading /= sum(len(line.text) for line in found.lines)
    share = found.ends * min(1.0, shares.reading + shares.reading_by_ocr * reading)
    if _STAMP.search(text) or any(_is_stamped(line, head) for line in found.lines):
        share = min(share, shares.beside_a_stamp)
    share = clip(share)
    seen = Evidence(Method.TEXT, text, share, head.page.number, Box.around(line.box for line in found.lines))
    return Field(text, "\n".join(found.texts), share, (seen,))


def _joined(texts: Sequence[str]) -> str:
    """One line; a code broken after its hyphen is joined, a dash between words keeps its space."""
    whole = texts[0]
    for text in texts[1:]:
        broken = re.search(r"[A-ZĐ0-9]-$", whole)
        whole = f"{whole}{text}" if broken else f"{whole} {text}"
    return re.sub(r"\s+", " ", whole).strip(" _-–—.*|~")


def _beside(head: Head, shares: SubjectShares) -> Subject | None:
    """Lines under the number in the left column, from ``V/v`` on."""
    lines = [line for line in head.below if not _RULE.match(line.text)]
    start = next((i for i, line in enumerate(lines) if _VV.match(fold(nfc(line.text)))), None)
    if start is None:
        end = next((i for i, line in enumerate(lines) if _NEVER.match(fold(nfc(line.text)))), len(lines))
        texts = [line for line in lines[:end] if not is_upper(line.text, 0.7) and len(line.text) > 8]
        tidy = tuple(_tidy(line) for line in texts)
        return Subject(tuple(texts), tidy, shares.beside_without_mark) if texts else None
    taken, ends = _run(lines[start:], shares)
    return Subject(taken, tuple(_tidy(line) for line in taken), ends)


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


def _is_apart(line: Line, taken: Sequence[Line]) -> bool:
    """Whether the line is further from the last one than those are from each other."""
    distances = [_distance(above, below) for above, below in pairwise((*taken, line))]
    return len(distances) > 1 and distances[-1] > _FURTHER * min(distances[:-1])


def _distance(above: Line, below: Line) -> int:
    """From line to line: letters that reach up or down make one of the edges' distances larger."""
    return min(below.box.y - above.box.y, below.box.bottom - above.box.bottom)


def _tidy(line: Line) -> str:
    return re.sub(r"^[^\w(“\"']+|[\s_|~]+$", "", nfc(line.text))


def _under_heading(head: Head, shares: SubjectShares) -> Subject | None:
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
        if _RULE.match(line.text) and len(line.text) < 40:
            if taken:
                ends = shares.before_rule
                break
            continue
        stop = _stops(line, taken, head, shares)
        if stop:
            ends = stop
            break
        taken.append(line)
        texts.append(_tidy(line))
    if titled:
        return _own_title(head.heading, taken, shares)
    lines = (head.heading, *taken) if len(rest) > 5 else tuple(taken)
    if len(texts) == 1 and _STOPPED.search(texts[0]) and not _ABOUT.match(fold(texts[0])):
        ends = min(ends, shares.own_title)  # the paper's first sentence, of a kind that has no subject
    return Subject(lines, tuple(texts), ends) if texts else None


def _own_title(heading: Line, taken: Sequence[Line], shares: SubjectShares) -> Subject:
    """Of ``GIẤY PHÉP XÂY DỰNG``: what follows in small letters, else the whole title; neither is sure."""
    goes_on = [*takewhile(lambda line: is_upper(line.text, 0.75), taken)]
    lines = tuple(taken[len(goes_on) :]) or (heading, *goes_on)
    return Subject(lines, tuple(map(_tidy, lines)), shares.own_title)


def _names_issuer(text: str) -> bool:
    """Whether the words in capitals say whose paper it is."""
    return bool(_ISSUER.match(fold(nfc(text)))) and is_upper(text, 0.75)


def _is_issuer(index: int, head: Head) -> bool:
    """Whether the line goes on from ``QUYẾT ĐỊNH CỦA ỦY BAN …``: capitals before small letters."""
    line, after = head.title[index], head.title[index + 1 : index + 2]
    text = fold(nfc(line.text))
    opened = re.match(r"\W*cua\b", fold(nfc(head.rest))) and all(map(_in_capitals, head.title[:index]))
    if not opened or not _in_capitals(line) or _ABOUT.match(text):
        return False
    return bool(DECIDES.match(text)) or (bool(after) and not _in_capitals(after[0]))


def _in_capitals(line: Line) -> bool:
    return is_upper(line.text, 0.75)


def _is_stamped(line: Line, head: Head) -> bool:
    """Whether a stamp lies over the line: words of it may be the stamp's, or lost under it."""
    stamps = (mark.box for mark in head.page.marks if mark.kind is MarkKind.STAMP)
    return any(
        min(line.box.right, box.right) - max(line.box.x, box.x) > 0.5 * line.box.h
        and min(line.box.bottom, box.bottom) - max(line.box.y, box.y) > 0.3 * line.box.h
        for box in stamps
    )


def _without_stamp(line: Line, head: Head) -> Line:
    """The line without words that a stamp in the margin put before it: what is left is centred."""
    width = head.page.width_px
    if head.heading is None or line.box.x > _MARGIN * width or _fills_row(line, head):
        return line
    centre = head.heading.box.middle[0]
    begins = [i for i, word in enumerate(line.words) if i and _VV.match(fold(f"{word.text} viec"))]
    if begins:
        return Line(line.words[begins[0] :], line.zone)
    rests = [Line(line.words[start:], line.zone) for start in range(1, len(line.words))]
    best = min(rests, key=lambda rest: abs(rest.box.middle[0] - centre), default=line)
    return best if abs(best.box.middle[0] - centre) < 0.5 * _OFF_CENTRE * width else line


def _stops(line: Line, taken: Sequence[Line], head: Head, shares: SubjectShares) -> float:
    """0 when the line belongs to the subject; otherwise how surely the subject ended before it."""
    text = fold(nfc(line.text)).strip()
    last = taken[-1] if taken else head.heading
    if last is None:
        return 0.0
    if _is_sentence(line, taken, head) or (_NEVER.match(text) and not taken):
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
    if _indented(line, taken, head):
        return shares.before_paragraph if gap > 1.15 else shares.before_close_paragraph
    if abs(line.box.middle[0] - last.box.middle[0]) > _OFF_CENTRE * head.page.width_px:
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
    return _is_shifted(line, taken, head) and (alone or _fills_row(line, head))


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


def _fills_row(line: Line, head: Head) -> bool:
    """Whether the line runs to the body's right margin, as the lines of a paragraph do."""
    others = (item for item in head.body if item is not line)
    body = [item.box.right for item in others if item.box.w > 0.6 * head.page.width_px]
    right = sorted(body)[len(body) // 2] if body else head.page.width_px
    return abs(line.box.right - right) < 0.015 * head.page.width_px
