"""Spelling: one Unicode form, one tone placement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.vietnamese import is_upper, nfc, normalise

_SIGNS = "aáàăằâấeéêếiíoóòôốơớuúùưứyýỳnmgqhtcpđĐQGHOAUY .-"


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("hoà bình", "hòa bình"),
        ("HOẢ TỐC", "HỎA TỐC"),
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ", "khỏe"),
        ("hòan toàn", "hoàn toàn"),
        ("qúy", "quý"),
        ("gía", "giá"),
        ("Ð\u01b0\u01a1\u0300ng", "Đường"),
    ],
)
def test_one_spelling(printed: str, normal: str) -> None:
    """Either tone placement, U+00D0 and decomposed letters become the same spelling."""
    assert normalise(printed) == normal


@pytest.mark.parametrize(
    "word", ["quý", "giá", "qua", "quà", "hoàn", "huỳnh", "toán", "già", "gìn", "ngoại", "Quỳnh"]
)
def test_right_spelling_stays(word: str) -> None:
    """Words whose tone stands right are left alone."""
    assert normalise(word) == word


@given(st.text(alphabet=_SIGNS))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The normaliser is idempotent."""
    assert normalise(normalise(text)) == normalise(text)


def test_the_letter_eth_stands_for_the_vietnamese_one() -> None:
    """Fonts print ``Đ`` with the Icelandic letter."""
    assert nfc("QÐ") == "QĐ"


def test_upper_share() -> None:
    """Capitals are counted among cased letters only."""
    assert is_upper("SỐ 12/2020")
    assert not is_upper("Kính gửi")
    assert not is_upper("12/2020")
