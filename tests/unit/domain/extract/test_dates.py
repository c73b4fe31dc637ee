"""The place-date line: what is written, what may be meant, what never counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Box, Digits, Gap, Zone
from sohoa.domain.archive.records import Integrity, OriginalSignature
from sohoa.domain.extract.dates import cited_dates, date_field, parse_date_line, signed_on
from sohoa.domain.extract.head import Head, find_head
from sohoa.domain.extract.types import TypeTable
from tests.support.calibration import CALIBRATION
from tests.support.pages import MOTTO, line, page

_TODAY = date(2026, 11, 1)


def _read(text: str, types: TypeTable, signed: date | None = None, confidence: float = 0.96) -> str | None:
    parsed = parse_date_line(_head(text, types, confidence), CALIBRATION)
    found = date_field(parsed, signed, (), _TODAY, CALIBRATION.dates)
    return found.value if found else None


def _head(text: str, types: TypeTable, confidence: float = 0.96) -> Head:
    return find_head(
        page(left=("SỞ NỘI VỤ", "", "", "Số: 1/BC-SNV"), right=(*MOTTO, "", text), confidence=confidence),
        types,
        CALIBRATION.pages,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Quảng Ngọc, ngày 04 tháng 01 năm 2021", "2021-01-04"),
        ("Sông Lam, ngày 5 tháng 3 năm 2020", "2020-03-05"),
        ("Sông Lam, ngày 05 tháng 03 năm 2020.", "2020-03-05"),
        ("Tp. Sông Lam, ngày15 tháng12 năm 2011", "2011-12-15"),
        ("Sông Lam, ngay 16 thang 12 nam 2011", "2011-12-16"),
        ("Sông Lam ngày 16 tháng 12 năm 2011", "2011-12-16"),
        ("Sông Lam, ngày 15/01/2019", "2019-01-15"),
        ("Sông Lam, ngày 15 / 1 / 2019.", "2019-01-15"),
        ("Sông Lam, ngày 12-6-2020", "2020-06-12"),
        ("Ngày 05.03.2020", "2020-03-05"),
        ("Sông Lam, 15/01/2019", "2019-01-15"),
    ],
)
def test_date_line(types: TypeTable, text: str, day: str) -> None:
    """Padded or not, with or without spaces and marks, also where the place itself holds ``ng``."""
    assert _read(text, types) == day


@pytest.mark.parametrize(
    "text",
    [
        "Sông Lam, ngày 31 tháng 02 năm 2021",
        "Sông Lam, ngày 04 tháng 01 năm 2031",
        "Sông Lam, ngày    tháng    năm 2021",
        "Sông Lam, ngày 31/02/2021",
        "Sông Lam, ngày 1/1/2031",
        "Sông Lam, ngày / /2021",
    ],
)
def test_no_such_day(types: TypeTable, text: str) -> None:
    """31 February, the future and a date left open are not answered as read."""
    assert _read(text, types) not in ("2021-02-31", "2031-01-04", "2021-01-01")


def test_a_signature_helps_to_read_a_day(types: TypeTable) -> None:
    """A misread sign is resolved by the agency's signature; without one a person is asked."""
    noisy = "Sông Lam, ngày 1† tháng 01 năm 2025"
    alone = date_field(
        parse_date_line(_head(noisy, types, 0.7), CALIBRATION), None, (), _TODAY, CALIBRATION.dates
    )
    helped = date_field(
        parse_date_line(_head(noisy, types, 0.7), CALIBRATION),
        date(2025, 1, 17),
        (),
        _TODAY,
        CALIBRATION.dates,
    )
    assert helped is not None
    assert helped.value == "2025-01-17"
    assert alone is None or alone.confidence < 0.5 < helped.confidence


@pytest.mark.parametrize(
    ("share", "printed", "sure"),
    [
        (0.99, "25", True), (0.99, "23", False), (0.99, "", True),
        (0.8, "25", True), (0.8, "23", False), (0.8, "", False),
    ],
)  # fmt: skip
def test_two_readers_that_agree_are_believed(
    types: TypeTable, share: float, printed: str, sure: bool
) -> None:
    """A written day is sure where the likeliest reading is, or where print reads the same and no other."""
    head = _head("Sông Lam, ngày 25 tháng 3 năm 2020", types)
    digits = Digits(Gap.DAY, Box(0, 0, 9, 9), (("25", share), ("23", 1 - share)), printed)
    parsed = parse_date_line(replace(head, page=replace(head.page, digits=(digits,))), CALIBRATION)
    found = date_field(parsed, None, (), _TODAY, CALIBRATION.dates)
    assert found is not None
    assert found.value == "2020-03-25"
    assert (found.confidence >= 0.9) is sure


def test_cited_papers_are_a_bound_never_a_date(types: TypeTable) -> None:
    """Dates of cited papers are found by their number, and only bound the issue date."""
    body = page(body=("Theo đề nghị tại Tờ trình số 45/TTr-STC ngày 16/9/2020 và", "họp ngày 17/9/2020."))
    assert list(cited_dates((body,))) == [date(2020, 9, 16)]
    assert date_field(None, None, (date(2020, 9, 16),), _TODAY, CALIBRATION.dates) is None


def test_signing_day_is_local() -> None:
    """The earliest signature counts, in Viet Nam's time; a broken time is passed over."""
    times = ("2025-01-15T18:30:00+00:00", "2025-02-01T00:00:00+07:00", "never", "")
    signatures = tuple(OriginalSignature("A", time, "sha256", Integrity.VALID, True) for time in times)
    assert signed_on(signatures) == date(2025, 1, 16)
    assert signed_on(()) is None


@given(st.text(max_size=60))
def test_any_line_is_safe(text: str) -> None:
    """Whatever stands in the date line, the answer is a real day not after today, or none."""
    words = " ".join(text.split()) or "x"
    head = Head(page(), date=line(f"Sông Lam, ngày {words} năm 2024", Zone.HEAD_RIGHT, 100))
    found = date_field(parse_date_line(head, CALIBRATION), None, (), _TODAY, CALIBRATION.dates)
    assert found is None or date.fromisoformat(found.value) <= _TODAY


@pytest.mark.parametrize(("confidence", "sure"), [(0.97, True), (0.7, False)])
def test_a_date_in_digits_is_as_sure_as_its_year(types: TypeTable, confidence: float, sure: bool) -> None:
    """In a date of digits alone the year may be written by hand, too."""
    parsed = parse_date_line(_head("Sông Lam, ngày 15/01/2019", types, confidence), CALIBRATION)
    found = date_field(parsed, None, (), _TODAY, CALIBRATION.dates)
    assert (found is not None and found.confidence >= 0.9) is sure
