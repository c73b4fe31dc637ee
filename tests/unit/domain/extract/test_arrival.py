"""Number and day of arrival, from the stamp ``ĐẾN`` of the office that received the paper."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import MarkKind
from sohoa.domain.archive.records import Field
from sohoa.domain.extract.arrival import arrival_fields
from tests.support.calibration import CALIBRATION
from tests.support.pages import page

_TODAY = date(2026, 11, 1)


def _found(text: str, issued: str = "", kind: MarkKind = MarkKind.STAMP) -> dict[str, Field]:
    day = Field(issued, issued, 0.95) if issued else None
    return arrival_fields((page(marks=((kind, text),)),), day, _TODAY, CALIBRATION.arrival)


def _values(text: str, issued: str = "", kind: MarkKind = MarkKind.STAMP) -> tuple[str, str]:
    found = _found(text, issued, kind)
    number, day = found.get("arrival_number"), found.get("arrival_date")
    return number.value if number else "", day.value if day else ""


@pytest.mark.parametrize(
    "written",
    ["12/3/2015", "12-3-2015", "12.3.15", "12 / 03 / 15", "......12/3/2015....", "12 tháng 3 năm 2015"],
)
def test_days_as_clerks_write_them(written: str) -> None:
    """The day in ISO form, whatever stands between its parts."""
    assert _values(f"SỞ NỘI VỤ\nĐẾN\nSố: 0647\nNgày: {written}\nChuyển: ........") == ("647", "2015-03-12")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("CÔNG VĂN ĐẾN\nSố đến: 12 Ngày đến: 5/2/2024", ("12", "2024-02-05")),
        ("ĐẾN\nSố:......\nNgày:........\nChuyển:", ("", "")),
        ("ĐẾN\nSố:\n12/3/2015", ("", "")),
        ("ĐẾN\nSố: 64 7\nNgày: 5/2", ("", "")),
        ("ĐẾN\nSố: 6l4\nNgày: 3l/2/2024", ("", "")),
        ("ĐẾN\nSố: 0\nNgày: 31/02/2024", ("", "")),
        ("TRƯỜNG TIỂU HỌC SỐ 2\nĐẾN\nSố: 45", ("45", "")),
        ("ĐẾN\nNgày: 4/3/2024\nSố và ký hiệu HS: 12", ("", "2024-03-04")),
        ("NÊN\nSố: 45\nChuyển: Phòng Một", ("45", "")),
    ],
)
def test_only_what_can_be_read_is_said(text: str, values: tuple[str, str]) -> None:
    """An entry without digits, or with signs that may be other digits, is left out."""
    assert _values(text) == values


@pytest.mark.parametrize("text", ["SAO Y\nSố: 45\nNgày: 4/3/2024", "CÔNG VĂN ĐI\nSố: 45", "ĐẾN", "ĐẾN 45"])
def test_other_stamps_say_nothing_of_an_arrival(text: str) -> None:
    """The stamp says ``ĐẾN`` and has entries."""
    assert _found(text) == {}


@pytest.mark.parametrize("kind", [kind for kind in MarkKind if kind is not MarkKind.STAMP])
def test_marks_of_other_kinds_say_nothing_of_an_arrival(kind: MarkKind) -> None:
    """Only a stamp is a stamp."""
    assert _values("ĐẾN\nSố: 45\nNgày: 4/3/2024", kind=kind) == ("", "")


def test_text_of_the_page_says_nothing_of_an_arrival() -> None:
    """``đến ngày`` in running text is no stamp."""
    body = ("ĐẾN", "Số: 45", "từ ngày 1/3/2024 đến ngày 4/3/2024")
    assert arrival_fields((page(body=body),), None, _TODAY, CALIBRATION.arrival) == {}


def test_no_paper_arrives_before_it_is_issued_or_tomorrow() -> None:
    """Such a day was misread; the number is kept."""
    assert _values("ĐẾN\nSố: 45\nNgày: 4/3/2024", issued="2024-03-05") == ("45", "")
    assert _values("ĐẾN\nSố: 45\nNgày: 4/3/2024", issued="2024-03-04") == ("45", "2024-03-04")
    assert _values("ĐẾN\nSố: 45\nNgày: 2/11/2026") == ("45", "")
    assert _values("ĐẾN\nSố: 45\nNgày: 4/3/27") == ("45", "")


def test_what_was_written_by_hand_is_not_trusted_alone() -> None:
    """At most 0.6; a day long after the issue date is less likely."""
    near, far = (_found(f"ĐẾN\nSố: 45\nNgày: {day}", "2024-03-01") for day in ("4/3/2024", "4/9/2024"))
    assert max(field.confidence for field in near.values()) <= 0.6
    assert far["arrival_date"].confidence < near["arrival_date"].confidence


def test_of_several_stamps_the_one_that_shows_most_counts() -> None:
    """Number and day are of one stamp."""
    marks = ((MarkKind.STAMP, "ĐẾN\nSố: 7"), (MarkKind.STAMP, "ĐẾN\nSố: 45\nNgày: 4/3/2024"))
    found = arrival_fields((page(marks=marks),), None, _TODAY, CALIBRATION.arrival)
    assert {name: field.value for name, field in found.items()} == {
        "arrival_number": "45",
        "arrival_date": "2024-03-04",
    }


_PIECES = st.sampled_from(["ĐẾN", "Số:", "Ngày:", "tháng", "năm", "31", "02", "2024", "99", "/", ".", "\n"])


@given(st.lists(_PIECES | st.text(max_size=4), max_size=14), st.dates(date(1990, 1, 1), _TODAY))
def test_any_stamp_gives_possible_values_or_none(pieces: list[str], issued: date) -> None:
    """Nothing raises; the number is whole and positive, the day exists, from the issue date to today."""
    found = _found(" ".join(["ĐẾN", *pieces]), issued.isoformat())
    if "arrival_number" in found:
        assert int(found["arrival_number"].value) > 0
        assert found["arrival_number"].value.isascii()
    if "arrival_date" in found:
        assert issued <= date.fromisoformat(found["arrival_date"].value) <= _TODAY
    assert all(0 < field.confidence <= 0.6 for field in found.values())
