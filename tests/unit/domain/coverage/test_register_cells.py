from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.coverage.register_cells import count, day, measure, year


@pytest.mark.parametrize("text", ["1234", "1.234", "1,234", "1 234", "1\u00a0234", "1'234", " 1234 "])
def test_a_count_in_every_usual_form(text: str) -> None:
    """Groups of thousands by point, comma, space or apostrophe: a count of papers is whole."""
    assert count(text, 10**9) == 1234


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-5", "số âm"),
        ("(5)", "số âm"),
        ("1.23", "không phải số nguyên"),
        ("12 34", "không phải số nguyên"),
        ("1.234,567", "không phải số nguyên"),
        ("1.234E0", "số lẻ 1,234"),
        ("12 hộp", "có chữ"),
        ("khoảng 100", "có chữ"),
        ("10000001", "quá lớn"),
        ("²", "có chữ"),
    ],
)
def test_what_is_no_count_says_why(text: str, why: str) -> None:
    """Negative, absurd, fractions, units in the cell: each has its sentence."""
    with pytest.raises(ValueError, match=why):
        count(text, 10_000_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("0,125", "0.125"),
        ("12.5E0", "12.5"),
        ("7", "7"),
    ],
)
def test_metres_have_decimals(text: str, value: str) -> None:
    """Comma or point divides; a number cell of a spreadsheet needs no guess."""
    assert measure(text, 1000_000) == Decimal(value)


@pytest.mark.parametrize("text", ["1.234", "12,345"])
def test_a_number_that_could_be_two_is_refused(text: str) -> None:
    """1.234 metres are a thousand to one person and one to another."""
    with pytest.raises(ValueError, match="hai số khác nhau"):
        measure(text, 10**9)


@pytest.mark.parametrize(
    "text", ["31/12/2025", "31.12.2025", "31-12-2025", "2025-12-31", "ngày 31 tháng 12 năm 2025", "46022"]
)
def test_days_in_every_form(text: str) -> None:
    """Day first, ISO, in words, and the number of days that a spreadsheet keeps."""
    assert day(text) == date(2025, 12, 31)


@pytest.mark.parametrize("text", ["31/02/2025", "12/31/2025", "cuối năm 2025", "2025"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """No day is guessed."""
    with pytest.raises(ValueError, match="không phải ngày"):
        day(text)


def test_a_period_is_no_year() -> None:
    """Paper of several years is declared year by year; an empty cell is paper whose year is not known."""
    assert (year("2024"), year("")) == (2024, None)
    with pytest.raises(ValueError, match="mỗi năm một dòng"):
        year("1990-1995")
    with pytest.raises(ValueError, match="không phải năm"):
        year("1024")


@given(st.text())
def test_no_cell_breaks_the_reader(text: str) -> None:
    """Whatever stands in a cell is a value or a ``ValueError``."""
    for read in (lambda t: count(t, 10**9), lambda t: measure(t, 10**9), day, year):
        with contextlib.suppress(ValueError):
            read(text)


@given(st.integers(0, 10**8))
def test_a_count_is_read_as_it_was_written(number: int) -> None:
    """Grouping the Vietnamese or the English way changes no number."""
    for text in (
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", "."),
        f"{number:,}".replace(",", " "),
    ):
        assert count(text, 10**9) == number
