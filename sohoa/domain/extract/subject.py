"""The subject: under the type heading (box 5a), for a công văn after ``V/v`` (box 5b)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ocr.page import Box, Line, MarkKind
from ocr.vietnamese.folding import fold
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import SubjectShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.subject_beside import beside
from sohoa.domain.extract.subject_lines import CONCERNS
from sohoa.domain.extract.subject_title import under_heading
from sohoa.domain.vietnamese import nfc

_STAMP = re.compile(r"\bĐẾN\b|\bCÔNG VĂN ĐẾN\b|\bCỔNG THÔNG TIN\b|\b(?:Giờ|Chuyển|Số|Ngày)\s*:?\s*\.{2,}")


def subject_field(head: Head, shares: SubjectShares, *, letter: bool) -> Field | None:
    """The subject as printed, its lines joined; for a công văn from the left column."""
    found = beside(head, shares) if letter else under_heading(head, shares)
    if found is None and (letter or any(CONCERNS.match(fold(nfc(line.text))) for line in head.below)):
        found = under_heading(head, shares) if letter else beside(head, shares)
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


def _is_stamped(line: Line, head: Head) -> bool:
    """Whether a stamp lies over the line: words of it may be the stamp's, or lost under it."""
    stamps = (mark.box for mark in head.page.marks if mark.kind is MarkKind.STAMP)
    return any(
        min(line.box.right, box.right) - max(line.box.x, box.x) > 0.5 * line.box.h
        and min(line.box.bottom, box.bottom) - max(line.box.y, box.y) > 0.3 * line.box.h
        for box in stamps
    )
