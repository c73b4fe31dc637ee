"""Dates of papers whose head has none: over the signature of permits and forms, in a judgment's first words.

They are never sure: what is written there may be the day of signing, or of the hearing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ocr.layout.anchors import is_authority
from ocr.layout.date_line import is_bare_date, is_place_and_date
from ocr.layout.number_line import kind_in_label
from ocr.page import Line, Page
from ocr.vietnamese.folding import fold
from sohoa.domain.extract.calibration import Calibration
from sohoa.domain.extract.dates import DateLine, taken_apart
from sohoa.domain.extract.head import Head
from sohoa.domain.vietnamese import nfc

_HEARING = re.compile(
    r"^\W*(?:trong )?ngay \d{1,2} thang \d{1,2} nam \d{4}\W+(?:,\s*)?tai (?:tru so|phong xu an)"
)
_RIGHT_SIDE = 0.4  # of the page: where place and date over a signature begin at the earliest
_REACH = 5.0  # heights of the line: the post of who signs stands so close below


def late_date_line(pages: Sequence[Page], head: Head, shares: Calibration) -> DateLine | None:
    """The only place and date over a signature, or the day of a judgment's hearing; None without."""
    found = [(line, page) for page in pages for line in _over_signatures(page)]
    if _is_judgment(head):
        found = [(line, head.page) for line in head.body if _HEARING.match(fold(line.text))][:1]
    if len(found) != 1:
        return None
    parsed = taken_apart(*found[0], shares)
    return replace(parsed, trust=parsed.trust * shares.dates.late) if parsed else None


def _is_judgment(head: Head) -> bool:
    return head.number is not None and kind_in_label(nfc(head.number.text)) == "ban an"


def _over_signatures(page: Page) -> Iterator[Line]:
    """Lines of place and date on the right with the post of who signs close below."""
    posts = [line.box for line in page.lines if is_authority(line.text)]
    for line in page.lines:
        box, text = line.box, nfc(line.text)
        if box.x < _RIGHT_SIDE * page.width_px or not (is_bare_date(text) or is_place_and_date(text)):
            continue
        if any(0 < post.y - box.y < _REACH * box.h and post.right > box.x for post in posts):
            yield line
