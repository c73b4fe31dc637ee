"""Handwritten numbers in printed lines: from sign shares to candidates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.handwriting.digits import (
    Emission,
    Span,
    beside_print,
    candidates,
    date_gaps,
    number_gap,
    with_letters,
)
from ocr.page import Gap

_ALPHABET = ("", *"0123456789abcdefghijklmnopqrstuvwxyzSTUAPGBDHM/-:,.ốàáăQảãN", " ")


def _emission(text: str, unsure: dict[int, dict[str, float]] | None = None) -> Emission:
    """What a sure reader emits for the text: each sign on a step of its own, nothing between them."""
    shares = np.zeros((2 * len(text) + 1, len(_ALPHABET)), dtype=np.float32)
    shares[:, 0] = 1
    for index, sign in enumerate(text):
        row = shares[2 * index + 1]
        row[0] = 0
        for other, share in (unsure or {}).get(index, {sign: 1.0}).items():
            row[_ALPHABET.index(other)] = share
    return Emission(shares, _ALPHABET)


def _number(text: str, unsure: dict[int, dict[str, float]] | None = None) -> tuple[tuple[str, float], ...]:
    emission = _emission(text, unsure)
    span = number_gap(emission)
    assert span is not None
    return candidates([(emission, span)], Gap.NUMBER)


@given(st.integers(1, 9999))
def test_the_number_between_label_and_notation_is_the_likeliest(number: int) -> None:
    text, share = _number(f"Số: {number:02d} /TB-UBND")[0]
    assert int(text) == number
    assert share > 0.5


def test_a_letter_that_looks_like_a_digit_is_one_inside_the_gap() -> None:
    assert _number("Số: AS /TB-UBND")[0][0] == "15"


def test_a_four_whose_top_is_open_is_no_letter() -> None:
    assert _number("Số: H2 /TB-UBND")[0][0] == "42"


def test_a_four_may_be_a_one_with_its_upstroke_or_a_seven_with_its_bar() -> None:
    texts = [text for text, _ in _number("Số: 41 /TB-UBND")]
    assert texts[0] == "41"
    assert {"11", "71"} <= set(texts)


def test_a_gap_left_open_has_the_empty_candidate() -> None:
    assert _number("Số:     /TB-UBND")[0][0] == ""


def test_doubt_between_two_signs_is_kept_as_shares() -> None:
    found = dict(_number("Số: 23 /TB-UBND", {4: {"2": 0.6, "9": 0.4}}))
    assert found["23"] == pytest.approx(0.6, abs=0.05)
    assert found["93"] == pytest.approx(0.4, abs=0.05)


@pytest.mark.parametrize("label", ["Số:", "S6:", "56:"])
def test_a_label_whose_marks_look_like_digits_is_one(label: str) -> None:
    assert _number(f"{label} 88 /TB-UBND")[0][0] == "88"


def test_a_line_without_a_label_has_no_gap() -> None:
    assert number_gap(_emission("Quảng Ngãi")) is None


def test_day_and_month_stand_between_the_printed_words() -> None:
    emission = _emission("Quảng Ngãi, ngày15 tháng 3 năm 2024")
    spans = date_gaps(emission)
    assert spans is not None
    day, month = spans
    assert candidates([(emission, day)], Gap.DAY)[0][0] == "15"
    assert candidates([(emission, month)], Gap.MONTH)[0][0] == "3"


def test_an_impossible_day_is_no_candidate() -> None:
    emission = _emission("Quảng Ngãi, ngày 45 tháng 3 năm 2024")
    spans = date_gaps(emission)
    assert spans is not None
    found = candidates([(emission, spans[0])], Gap.DAY)
    assert all(not text or 1 <= int(text) <= 31 for text, _ in found)
    assert found[0][0] == "15"


def test_a_line_without_the_words_of_a_date_has_no_gaps() -> None:
    assert date_gaps(_emission("Số: 12 /TB-UBND")) is None


@given(st.integers(0, 8), st.integers(0, 8), st.sampled_from(list(Gap)))
def test_shares_are_never_negative_nor_more_than_a_whole(start: int, length: int, gap: Gap) -> None:
    found = candidates([(_emission("ab 12 cd"), Span(start, start + length))], gap)
    assert found
    assert all(share >= 0 for _, share in found)
    assert sum(share for _, share in found) <= 1.001


@pytest.mark.parametrize(
    ("shown", "printed", "first", "sure"),
    [
        ("15b", "15b", "15b", True),
        ("01a", "01a", "01a", True),
        ("08bis", "08bis", "08bis", True),
        ("12 bis", "12 bis", "12 bis", True),
        ("15b", "15B", "15B", False),  # a capital to the one, a small letter to the other
        ("156", "15b", "156", False),  # a letter to the engine for print alone
        ("15b", "1#%", "15b", False),  # a letter to this reader alone
        ("15b is", "12 is", "15bis", False),
        ("156", "156", "156", True),
        ("15o", "1#%", "150", True),  # no number bears a letter that looks like a nought
    ],
)
def test_letters_behind_digits_count_where_both_readers_see_them(
    shown: str, printed: str, first: str, sure: bool
) -> None:
    emission = _emission(f"Số: {shown} /TB-UBND")
    span = number_gap(emission)
    assert span is not None
    readings = [(emission, span)]
    found = with_letters(candidates(readings, Gap.NUMBER), readings, printed, 0.9)
    assert (found[0][0], found[0][1] > 0.9) == (first, sure)
    assert sum(share for _, share in found) <= 1.001


def test_a_letter_of_handwriting_is_never_certain() -> None:
    """A six by hand looks like a ``b`` to both readers; print that is sure of its letter is print."""
    emission = _emission("Số: 12b /TB-UBND")
    span = number_gap(emission)
    assert span is not None
    found = candidates([(emission, span)], Gap.NUMBER)
    for confidence, sure in ((0.4, False), (0.85, True)):
        (text, share), *_ = with_letters(found, [(emission, span)], "12b", confidence)
        assert (text, share > 0.9) == ("12b", sure)


def test_a_last_digit_in_which_the_reader_sees_a_letter_is_not_certain() -> None:
    """A ``b`` by hand is a ``6`` to the engine for print; a ``6`` that no reader doubts stays sure."""
    for unsure, sure in (({6: {"b": 0.7, "6": 0.3}}, False), ({6: {"6": 0.98, "b": 0.02}}, True)):
        emission = _emission("Số: 396 /TB-UBND", unsure)
        span = number_gap(emission)
        assert span is not None
        found = with_letters(candidates([(emission, span)], Gap.NUMBER), [(emission, span)], "396", 0.9)
        assert (found[0][0], found[0][1] > 0.9) == ("396", sure)


def test_print_and_pen_that_differ_leave_both_days_open() -> None:
    """Each reader was sure of another day: neither is certain; where they agree the day is."""
    assert dict(beside_print((("03", 0.99), ("08", 0.01)), "02")) == {"02": 0.5, "03": 0.495, "08": 0.005}
    assert beside_print((("02", 0.98), ("03", 0.02)), "02")[0] == ("02", 0.99)
