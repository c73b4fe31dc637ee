"""Spelling: one Unicode form, one tone placement, a fold for comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.vietnamese import fold, is_upper, letters, nfc, normalise

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


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """The fold is idempotent and keeps what normalising means."""
    assert fold(fold(text)) == fold(text)


def test_fold_and_letters() -> None:
    """The fold drops marks and đ; letters also drops what is neither letter nor digit."""
    assert fold("Ủy ban Đường") == "uy ban duong"
    assert letters("QUYẾT ĐỊNH:") == "quyetdinh"
    assert nfc("QÐ") == "QĐ"


def test_upper_share() -> None:
    """Capitals are counted among cased letters only."""
    assert is_upper("SỐ 12/2020")
    assert not is_upper("Kính gửi")
    assert not is_upper("12/2020")
