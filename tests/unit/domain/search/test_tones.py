"""Words that were typed without tones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.search.folding import fold_plain, words
from sohoa.domain.search.query import parse_query, render_canonical
from sohoa.domain.search.query_tree import Node, Not, Or, Phrase, found_phrases
from sohoa.domain.search.snippets import passages
from sohoa.domain.search.tones import bears_tone, readings

TYPED = st.text(st.sampled_from("aăâdđeêghinoôơtuưyquáềọ"), min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("word", "stands_for"),
    [
        ("đinh", ("đinh", "đình", "đính", "đĩnh", "đỉnh", "định")),
        ("quyêt", ("quyêt", "quyết", "quyệt")),
        ("điêu", ("điêu", "điếu", "điều", "điểu", "điễu", "điệu")),
        ("giây", ("giây", "giấy", "giầy", "giẩy", "giẫy", "giậy")),
        ("hoa", ("hoa",)),
        ("định", ("định",)),
        ("qđ", ("qđ",)),
        ("đăk", ("đăk",)),
        ("374", ("374",)),
        ("đđđđđđđđ", ("đđđđđđđđ",)),
    ],
)
def test_a_word_stands_for_syllables_of_its_letters(word: str, stands_for: tuple[str, ...]) -> None:
    assert readings(word) == stands_for


@pytest.mark.parametrize(
    ("typed", "meant"), [("đieu", "điều"), ("đuong", "đường"), ("đoi", "đội"), ("đat", "đất")]
)
def test_d_with_bar_alone_lacks_hats_too(typed: str, meant: str) -> None:
    assert meant in readings(typed)


@given(TYPED)
def test_readings_have_the_letters_and_the_marks_that_were_typed(typed: str) -> None:
    """The word comes first, none twice, no bar is added, no hat where there is one."""
    for word in words(typed):
        found = readings(word)
        assert found[0] == word
        assert len(set(found)) == len(found) <= 100
        assert {fold_plain(each) for each in found} == {fold_plain(word)}
        assert {each.count("đ") for each in found} == {word.count("đ")}
        assert len(found) == 1 or not bears_tone(word)


def _open(text: str) -> list[Phrase]:
    return [phrase for phrase in found_phrases(parse_query(text).tree) if phrase.open_words]


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("nghi đinh", 1),
        ("Quyêt đinh", 2),
        ('"uy ban nhân dân"', 1),
        ("nghi định đat", 0),
        ("quyết đinh", 0),
        ("đinh -(định OR hoà)", 0),
        ("374/QĐ-UBND", 0),
        ("hoa giai", 0),
        ('đinh loai:"Quyết định"', 1),
    ],
)
def test_a_question_is_open_that_bears_no_tone(text: str, opened: int) -> None:
    """One tone anywhere says that tones were typed; values of filters and notations say nothing."""
    assert len(_open(text)) == opened


def test_the_canonical_text_says_the_same() -> None:
    tree: Node | None = parse_query("đinh OR -(nhân đieu)").tree
    assert isinstance(tree, Or)
    assert isinstance(tree.operands[1], Not)
    query = parse_query("đinh OR -(nhân đieu)")
    assert parse_query(render_canonical(query)) == query


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("Theo Nghị định này", "đinh", "định"),
        ("Theo Nghị định này", '"nghi đinh"', "Nghị định"),
        ("Theo NGHỊ ĐỊNH này", '"nghi đinh"', "NGHỊ ĐỊNH"),
        ("Điều 1", "đieu", "Điều"),
        ("Điều 1", "điêu", "Điều"),
    ],
)
def test_passages_show_what_was_meant(text: str, asked: str, marked: str) -> None:
    phrases = list(found_phrases(parse_query(asked).tree))
    assert f"<mark>{marked}</mark>" in passages(text, phrases)[0]


def test_passages_show_nothing_of_other_marks() -> None:
    """The words of a phrase must all be in one of their readings, in its order."""
    phrases = list(found_phrases(parse_query('"nhân đinh"').tree))
    assert passages("nhan định, nhận dinh, định nhận", phrases) == ()
    assert passages("nhận định", phrases) == ("<mark>nhận định</mark>",)
