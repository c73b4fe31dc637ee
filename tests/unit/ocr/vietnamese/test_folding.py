"""Text without marks: what each fold drops and keeps."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ocr.vietnamese.folding import fold, fold_in_place, fold_sign, folded_words, letters, without_marks


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """The fold is idempotent."""
    assert fold(fold(text)) == fold(text)


def test_what_each_fold_keeps() -> None:
    """The fold drops marks; the others also drop or even out what is neither letter nor digit."""
    assert fold("Ủy ban  ĐƯỜNG: 5") == "uy ban  duong: 5"
    assert letters("QUYẾT ĐỊNH:") == "quyetdinh"
    assert folded_words("  Kính  gửi:\tSở") == "kinh gui so"
    assert without_marks("Hội đồng HĐND") == "Hoi dong HĐND"
    assert fold_in_place("Số:\u00a0٣|Đ\n") == "so: 3|d\n"


def test_the_letter_eth_folds_as_the_vietnamese_one() -> None:
    """Fonts print ``Đ`` with the Icelandic letter; it folds to ``d``, too."""
    assert fold("ÐẢNG") == folded_words("ÐẢNG") == fold_in_place("ÐẢNG") == "dang"


@given(st.characters())
def test_one_sign_stays_one_sign(sign: str) -> None:
    """Places in what handwriting was read as agree with places in the fold."""
    assert len(fold_sign(sign)) == 1


@given(st.text())
def test_a_fold_in_place_is_as_long_as_the_text(text: str) -> None:
    """Offsets in the fold are offsets in the composed text."""
    composed = unicodedata.normalize("NFC", text)
    assert len(fold_in_place(composed)) == len(composed)
