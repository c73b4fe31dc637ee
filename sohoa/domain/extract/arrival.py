"""When a paper came in and under which number, from the stamp ``ĐẾN`` alone (Nghị định 30/2020, Điều 22).

Annex IV: ``ĐẾN``, ``Số: …``, ``Ngày: …``, ``Chuyển: …``, ``Số và ký hiệu HS: …``. Both entries are written by
hand and misread often, so that they are never trusted alone; an entry that cannot be right is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ocr.page import Mark, MarkKind, Page
from ocr.vietnamese.folding import fold, letters
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import ArrivalShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.vietnamese import is_upper

_ONWARD = re.compile(r"^\W*chuyen\s*(?:[:.]|$)", re.MULTILINE)
_ENTRY = re.compile(r"\b(?:so|ngay)\b")
_LEADERS = r"[\W_]{0,60}"
_NUMBER = re.compile(  # a school may be called `SỐ 2`: the entry has a colon or a dotted line
    rf"\bso(?: den)? ?(?=[:;.,…_]){_LEADERS}(?P<number>\d{{1,6}})(?![^\W_])(?!\s*[/.,\-]\s*\d)(?! *\d)"
)
_DAY = re.compile(
    rf"\bngay(?: den)?{_LEADERS}(?P<day>\d{{1,2}})"
    r"(?:\s*(?P<sign>[/.\-])\s*(?P<month>\d{1,2})\s*(?P=sign)\s*|\W*thang\W*(?P<named>\d{1,2})\W*nam\W*)"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)
_EARLIEST_YEAR = 1945
_USUAL_DAYS = 60  # on the way from one office to another


def arrival_fields(
    pages: Sequence[Page], issued: Field | None, today: date, shares: ArrivalShares
) -> dict[str, Field]:
    """arrival_number and arrival_date of the stamp that shows most; no day before ``issued``."""
    found = [
        _entries(mark, page.number, issued.value if issued else "", today, shares)
        for page in pages
        for mark in page.marks
        if is_arrival(mark)
    ]
    return max(found, key=len, default={})


def is_arrival(mark: Mark) -> bool:
    """Whether the mark is the stamp of an incoming paper."""
    text = fold(mark.text)
    headed = any(letters(word).endswith("den") and is_upper(word) for word in mark.text.split())
    named = headed or bool(_ONWARD.search(text))
    return mark.kind is MarkKind.STAMP and named and bool(_ENTRY.search(text))


def _entries(mark: Mark, page: int, issued: str, today: date, shares: ArrivalShares) -> dict[str, Field]:
    text = fold(mark.text)
    fields = {}
    number, day = _NUMBER.search(text), next(_days(text, today), None)
    if number and int(number["number"]):
        value = str(int(number["number"]))
        fields["arrival_number"] = _field(value, number.group(), mark, page, shares.usual)
    if day is not None and day.isoformat() >= issued:
        usual = bool(issued) and (day - date.fromisoformat(issued)).days <= _USUAL_DAYS
        fields["arrival_date"] = _field(
            day.isoformat(), day.strftime("%d/%m/%Y"), mark, page, shares.usual if usual else shares.unusual
        )
    return fields


def _days(text: str, today: date) -> Iterator[date]:
    """The days of the calendar that are written there, none in the future."""
    for match in _DAY.finditer(text):
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        try:
            found = date(year, int(match["month"] or match["named"]), int(match["day"]))
        except ValueError:
            continue
        if found <= today and year >= _EARLIEST_YEAR:
            yield found


def _field(value: str, raw: str, mark: Mark, page: int, share: float) -> Field:
    seen = Evidence(Method.TEXT, value, clip(share), page, mark.box)
    return Field(value, raw, clip(share), (seen,))
