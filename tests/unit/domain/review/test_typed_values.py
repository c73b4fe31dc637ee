"""What people type for a field, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.extract.types import load_types
from sohoa.domain.fields import SETTABLE
from sohoa.domain.review.typed_values import Rules, parse_value
from tests.support.marks import MARKS

TYPES = Path(__file__).parents[4] / "config" / "document_types.yaml"
TODAY = date(2026, 11, 22)
AGENCIES = AgencyRegister([Agency("Z99.02", "Sở Nội vụ")])
RULES = Rules(load_types(yaml.safe_load(TYPES.read_text("utf-8"))), TODAY, AGENCIES, MARKS)


@given(st.dates(date(1800, 1, 1), TODAY), st.sampled_from("/.-"))
def test_a_day_is_taken_in_both_ways_of_writing(day: date, sign: str) -> None:
    """ISO and day, month, year give the same ISO day."""
    written = f"{day.day}{sign}{day.month:02d}{sign}{day.year}"
    assert parse_value("issued_date", written, RULES) == day.isoformat()
    assert parse_value("issued_date", day.isoformat(), RULES) == day.isoformat()


@given(st.integers(1, 3000))
def test_no_day_of_the_future_is_taken(days: int) -> None:
    """A paper was not issued after today."""
    with pytest.raises(ValueError, match="future"):
        parse_value("issued_date", (TODAY + timedelta(days=days)).isoformat(), RULES)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("type_name", "quyet dinh", "Quyết định"),
        ("type_name", "Đề án", "Đề án"),
        ("code_number", "12", "12"),
        ("code_number", "05b", "05b"),
        ("code_notation", "QĐ - UBND", "QĐ-UBND"),
        ("code_notation", "2024/NQ-HĐND", "2024/NQ-HĐND"),
        ("subject", "  Về  việc   hoà giải ", "Về việc hoà giải"),
        ("urgency", "HOA TOC", "Hỏa tốc"),
        ("number_of_page", "007", "7"),
        ("arrival_number", "0647", "647"),
        ("arrival_date", "5/2/2024", "2024-02-05"),
        ("recipients", " Sở A;  Sở B ", "Sở A; Sở B"),
        ("draft", "Không", "no"),
        ("draft", "yes", "yes"),
    ],
)
def test_values_are_stored_in_one_form(name: str, text: str, value: str) -> None:
    """Spaces, case and marks are forgiven where the value is one of a list; a text stays as typed."""
    assert parse_value(name, text, RULES) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("issued_date", "31/02/2024", "not a day"),
        ("issued_date", "tháng 3", "2024-01-31"),
        ("issued_date", "1799-01-01", "before"),
        ("type_name", "Thư tay", "document_types"),
        ("code_number", "12/QĐ", "digits"),
        ("code_number", "12ab", "digits"),
        ("code_notation", "12/ QĐ UBND", "without the number"),
        ("number_of_page", "0", "whole number"),
        ("arrival_number", "12a", "arrival_number .* whole number"),
        ("arrival_date", "30/2/2024", "arrival_date .* not a day"),
        ("language", "vi", "two digits"),
        ("copy_form", "bản chính", "Sao y"),
        ("draft", "", "yes or no"),
        ("draft", "có lẽ", "yes or no"),
        ("subject", "a\x00b", "printable"),
        ("subject", "a" * 2001, "2000"),
        ("type_code", "02", "no field"),
        ("authority_id", "Z99.77", "not in config/agencies.yaml"),
        ("record_id", "x", "no field"),
    ],
)
def test_impossible_values_are_refused_with_what_would_be_right(name: str, text: str, said: str) -> None:
    """The sentence names the field and says what is wrong."""
    with pytest.raises(ValueError, match=said):
        parse_value(name, text, RULES)


@pytest.mark.parametrize("name", [name for name in SETTABLE if name != "draft"])
def test_an_empty_value_says_that_the_paper_shows_none(name: str) -> None:
    """Every field may be missing on the paper."""
    assert parse_value(name, "  ", RULES) is None


@given(st.sampled_from([name for name in SETTABLE if name != "draft"]), st.text(max_size=30))
def test_a_taken_value_is_taken_again(name: str, text: str) -> None:
    """Reading what was stored gives what was stored; anything else is refused with a sentence."""
    try:
        value = parse_value(name, text, RULES)
    except ValueError:
        return
    assert parse_value(name, value or "", RULES) == value
