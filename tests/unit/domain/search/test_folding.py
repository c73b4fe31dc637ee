import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.search.folding import BEYOND_BMP, fold_norm, fold_plain, indexable, words

vietnamese = st.text(alphabet="aàáảãạăằâầeêệiíoòôồơờuúưừyýđqghntcQUYÍĐ-/. 09\u0301")
texts = st.one_of(st.text(), vietnamese)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"), ("Thuỷ", "thủy"), ("quý", "qúy"), ("giá", "gía"), ("quả", "qủa"), ("ngoài", "ngòai"),
        ("khuỷu", "khủyu"), ("hoàn", "hòan"), ("HOÈ", "hòe"), ("tuần", "tùân"), ("giếng", "gíêng"),
        ("Uỷ ban", "ủy ban"), ("hòa", "ho\u0300a"), ("Ðường", "đường"),
    ],
)  # fmt: skip
def test_spelling_variants_are_equal(one: str, other: str) -> None:
    """The same syllable with its tone mark on another vowel folds to the same letters."""
    assert words(one) == words(other)


@pytest.mark.parametrize(
    "text",
    ["quý giá quả", "của mùa mía", "giữa giờ giặt gìn", "khuya khuỷu ngoài", "thuở tuổi nước rượu yêu"],
)
def test_present_spelling_stays(text: str) -> None:
    """Words in the present spelling keep their letters."""
    assert fold_norm(text) == text


@pytest.mark.parametrize(("one", "other"), [("hòa", "hóa"), ("hoa", "hòa"), ("tu", "tư"), ("đá", "dá")])
def test_different_words_stay_different(one: str, other: str) -> None:
    """Another tone, another letter or none at all is another word."""
    assert fold_norm(one) != fold_norm(other)


def test_plain_drops_marks_and_letter_shapes() -> None:
    """The plain fold is what people type on a keyboard without Vietnamese."""
    assert fold_plain("Số 374/QĐ-UBND, Đường Nguyễn Huệ") == "so 374 qd ubnd  duong nguyen hue"


def test_characters_beyond_the_bmp_are_boxes() -> None:
    """Offsets then count alike in code points and in UTF-16."""
    assert indexable("a𠄼😀b") == f"a{BEYOND_BMP}{BEYOND_BMP}b"


@pytest.mark.parametrize("fold", [fold_norm, fold_plain])
def test_every_character_folds_to_one_of_the_fold_alphabet(fold: type[str]) -> None:
    """Letters, digits, marks, the box and the space are all that is left, whatever comes in."""
    for code in range(0x10200):
        folded = fold(chr(code))
        assert len(folded) == 1
        assert folded in {" ", BEYOND_BMP} or unicodedata.category(folded)[0] in "LMN", hex(code)
        assert fold(folded) == folded, hex(code)


@given(texts)
def test_folds_keep_the_length(text: str) -> None:
    """One character in, one out; in UTF-16, too, for text that is indexable."""
    shown = indexable(text)
    for fold in (fold_norm, fold_plain):
        assert len(fold(text)) == len(text)
        assert len(fold(shown).encode("utf-16-le")) == len(shown.encode("utf-16-le", "surrogatepass"))


@given(texts)
def test_folds_are_idempotent(text: str) -> None:
    """Folding a fold changes nothing, and plain may be taken of either."""
    norm, plain = fold_norm(text), fold_plain(text)
    assert (fold_norm(norm), fold_plain(plain), fold_plain(norm)) == (norm, plain, plain)


@given(texts)
def test_both_folds_have_the_same_words(text: str) -> None:
    """Spaces are at the same places, so that one offset serves both."""
    assert [c == " " for c in fold_norm(text)] == [c == " " for c in fold_plain(text)]
