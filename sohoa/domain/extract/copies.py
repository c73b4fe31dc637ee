"""Form of copy and urgency: fields of their own that never change number or date of the original."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from ocr.page import Box, MarkKind, Page
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import PageShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.marks import Marks
from sohoa.domain.vietnamese import is_upper

_HEAD_SHARE = 0.45
_COPIED = re.compile(r"^\W*(?:sao y|sao luc|trich sao)\b")


def copy_fields(pages: Sequence[Page], marks: Marks, shares: PageShares) -> dict[str, Field]:
    """copy_form, where a certified copy says so in a line of its own or a stamp."""
    found = _first(pages, marks.values["copy_form"], shares, head_only=False)
    return {"copy_form": found} if found else {}


def copied_from(page: Page) -> int:
    """The height at which a block of certified copy begins; below the page where there is none."""
    tops = (line.box.y for line in page.lines if _COPIED.match(fold(line.text)) and is_upper(line.text))
    return min(tops, default=page.height_px * 2)


def urgency_fields(pages: Sequence[Page], marks: Marks, shares: PageShares) -> dict[str, Field]:
    """urgency, from a stamp or an upper-case line of its own in the head of the first page."""
    found = _first(pages[:1], marks.values["urgency"], shares, head_only=True)
    return {"urgency": found} if found else {}


def _first(
    pages: Sequence[Page], wordings: Mapping[str, str], shares: PageShares, *, head_only: bool
) -> Field | None:
    for page in pages:
        texts: list[tuple[str, Box, float]] = [
            (piece, mark.box, shares.mark)
            for mark in page.marks
            if mark.kind in (MarkKind.STAMP, MarkKind.URGENCY, MarkKind.SIGNATURE_APPEARANCE)
            for piece in mark.text.splitlines()
        ]
        texts += [
            (line.text, line.box, line.confidence)
            for line in page.lines
            if is_upper(line.text) and not (head_only and line.box.y > _HEAD_SHARE * page.height_px)
        ]
        for text, box, share in texts:
            value = _value(text, wordings)
            if value:
                seen = Evidence(Method.TEXT, value, clip(share), page.number, box)
                return Field(value, text, clip(share), (seen,))
    return None


def _value(text: str, wordings: Mapping[str, str]) -> str:
    read = letters(text)
    for wording, value in wordings.items():
        if read and Levenshtein.distance(read, wording) <= (1 if len(wording) >= 6 else 0):
            return value
    return ""
