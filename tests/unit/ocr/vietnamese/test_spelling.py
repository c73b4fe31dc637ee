"""Slips of tone marks are mended by their neighbours; everything else stays as it was read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Word
from ocr.vietnamese import language_file
from ocr.vietnamese.language import GAP, Language, key
from ocr.vietnamese.spelling import Speller
from tests.support.drawn import words

SPELLER = Speller(language_file.load())


def mended(text: str) -> str:
    return " ".join(word.text for word in SPELLER.mend(words(text, 0, 0), 0.8))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("cơ quan tô chức thực hiện", "cơ quan tổ chức thực hiện"),
        ("việc triên khai kế hoạch", "việc triển khai kế hoạch"),
        ("thẩm quyên giải quyết", "thẩm quyền giải quyết"),
        ("QUYÉT ĐỊNH Về việc", "QUYẾT ĐỊNH Về việc"),
        ("số 12/QĐÐ-UBND ngày của Chính phủ", "số 12/QĐ-UBND ngày của Chính phủ"),
    ],
)
def test_common_slips_are_mended(read: str, meant: str) -> None:
    """A tone lost on a hatted vowel and a doubled Đ are put right, case and punctuation kept."""
    assert mended(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã tổ chức thực hiện kế hoạch;",
        "(theo Quyết định số 15/QĐ-UBND ngày 05/3/2020)",
        "The committee decides to do so and an end",
        "hoà bình và hòa giải, thuỷ lợi và thủy sản",
        "Chủ tịch Ủy ban nhân dân Đặng Văn Mẫu",
        "Đặng Văn Mẫu",
    ],
)
def test_right_text_stays(text: str) -> None:
    """Correct Vietnamese, numbers, other languages and both tone placements are not touched."""
    assert mended(text) == text


def test_capitals_without_marks_stay() -> None:
    """A word in capitals without any mark may be a short form: it is not mended."""
    assert mended("SỞ THÔNG TIN VÀ TRUYEN THÔNG") == "SỞ THÔNG TIN VÀ TRUYEN THÔNG"


def test_the_raw_reading_stays_beside_the_mended_word() -> None:
    """What the engine read is kept where it was changed, and only there."""
    kept = [(word.text, word.raw) for word in SPELLER.mend(words("cơ quan tô chức thực hiện", 0, 0), 0.8)]
    assert kept[2] == ("tổ", "tô")
    assert all(not raw for text, raw in kept if text != "tổ")


@given(st.lists(st.text(min_size=1, max_size=9), max_size=15))
def test_mending_keeps_words_and_boxes(texts: list[str]) -> None:
    """Any reading comes back with as many words, in the same places, none surer than before."""
    places = words("x " * len(texts), 0, 0)
    line = [Word(text, place.box, 0.9) for text, place in zip(texts, places, strict=True)]
    result = SPELLER.mend(line, 0.8)
    assert [word.box for word in result] == [word.box for word in line]
    assert all(new.confidence <= old.confidence for new, old in zip(result, line, strict=True))


def test_probabilities_follow_the_counts() -> None:
    """What was seen after a syllable is likelier than what was not, and unseen is not impossible."""
    counts = language_file.count(["tổ chức họp. tổ chức lễ. tô phở. tổ ong"])
    model = Language(counts)
    seen = model.log_probability(GAP, key("tổ"), key("chức"))
    unseen = model.log_probability(GAP, key("tổ"), key("phở"))
    assert 0 > seen > unseen > -30


def test_keys_ignore_case_and_tone_placement() -> None:
    """``HOÀ`` and ``hòa`` have one key, ``hoa`` and ``hoá`` others."""
    assert key("HOÀ") == key("hòa")
    assert len({key("hoa"), key("hoá"), key("hòa")}) == 3


def test_gaps_interrupt_runs() -> None:
    """Words run together and numbers interrupt runs; compound words count once."""
    counts = language_file.count(["Điều 1. cáckhu dân cư"], ["dân cư", "xã"])
    assert counts[(key("dân"), key("cư"))] == 2
    assert counts[(GAP, key("dân"))] == 1
    assert (key("xã"),) not in counts
