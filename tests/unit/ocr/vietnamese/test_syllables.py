"""The rule-based validator of Vietnamese syllables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.vietnamese import syllables

SHARED = Path(__file__).parents[4].parent / "shared"


POSSIBLE = "nghiêng khuỷu giường quyết hoà hòa quý giá Uỷ ĐIỀU xoong gì thuở"
IMPOSSIBLE = "qd the7 nghà kà cêm tốtt hoạtt chắṕ office system µy học̀"
PROSE = "Căn cứ Nghị định số 12/2020/QĐ-UBND ngày 05 tháng 3 năm 2020 của Uỷ ban"
ENGLISH = "The quick brown fox jumps over the lazy dogs near water"


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_possible_syllables_are_valid(word: str) -> None:
    """Both tone placements, upper case and rare rimes are possible."""
    assert syllables.is_syllable(word)


@pytest.mark.parametrize(
    "word", ["qd", "the7", "nghà", "kà", "cêm", "tốtt", "hoạtt", "chắṕ", "office", "system", "µy", "học̀"]
)
def test_impossible_syllables_are_not(word: str) -> None:
    """Wrong onset before a vowel, wrong tone before a stop, two tones and foreign words are not."""
    assert not syllables.is_syllable(word)


@pytest.mark.parametrize("word", ["hòc", "hỏc", "cãp", "tàt", "lỉch"])
def test_stopped_rimes_take_two_tones_only(word: str) -> None:
    """Before p, t, c and ch only sắc and nặng are possible."""
    assert not syllables.is_syllable(word)


def test_shares_tell_vietnamese_from_other_text() -> None:
    """Vietnamese prose is valid and marked, English is neither, numbers and notations do not count."""
    prose = PROSE.split()
    assert syllables.valid_share(prose) == 1.0
    assert syllables.marked_share(prose) > 0.5
    english = ENGLISH.split()
    assert syllables.valid_share(english) < 0.5
    assert syllables.marked_share(english) == 0.0


@given(st.text(max_size=12))
def test_any_text_has_an_answer(text: str) -> None:
    """No string makes the validator raise, and the shares stay between 0 and 1."""
    syllables.is_syllable(text)
    assert 0.0 <= syllables.valid_share([text]) <= 1.0
    assert 0.0 <= syllables.marked_share([text]) <= 1.0


@pytest.mark.shared
def test_listed_syllables_are_valid() -> None:
    """Nearly every syllable of an independent list is accepted (it holds a few that no word has)."""
    if not SHARED.exists():
        pytest.skip("reference collection ../shared is absent")
    listed = (SHARED / "data/vn-admin/all-vietnamese-syllables.txt").read_text("utf-8").split()
    valid = sum(syllables.is_syllable(word) for word in listed)
    assert valid / len(listed) > 0.99
