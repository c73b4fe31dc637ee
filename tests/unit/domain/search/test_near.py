"""Questions beside the one that was asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.search.near import nearby
from sohoa.domain.search.query import parse_query
from sohoa.domain.search.query_tree import render


def near(text: str) -> list[str]:
    return [render(tree) for tree in nearby(parse_query(text).tree)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thuê", "thuế"),  # another tone
        ("dất", "đất"),  # a stroke that was left out
        ("thuế đấ", "thuế đất"),  # a letter that is missing
        ("quyểt", "quyết"),
        ("quiết", "quyết"),  # another letter
        ("quyet dnih", "quyet dinh"),  # letters in each other's place, without marks
        ("so:374", 'so:"347"'),
        ("374/QĐ-UBND", '"347 qđ ubnd"'),
        ("so:374/QĐ-UBND", 'so:"347/QĐ-UBND"'),
        ("so:374", 'so:"375"'),
        ("so:374", 'so:"37"'),
    ],
)
def test_slips_lead_to_what_was_meant(typed: str, meant: str) -> None:
    """One slip of the finger away stands what was meant."""
    assert meant in near(typed)


@pytest.mark.parametrize("text", ["", "UBND", "qđ", "-thuế", "123456789", "loai:thuế", "x"])
def test_some_questions_have_none_beside_them(text: str) -> None:
    """Abbreviations, what is excluded and long numbers are left as they are."""
    assert near(text) == []


def test_each_word_has_its_turn() -> None:
    """A slip in the last of eight words is met, too; longer questions have none beside them."""
    typed = " ".join(["đất"] * 7)
    assert f"{typed} thuế" in near(f"{typed} thuê")
    assert near(f"{typed} đất thuê") == []


@given(st.text(max_size=60))
def test_any_question_has_few_beside_it(text: str) -> None:
    """At most 60, all other than it, each different in one word at most."""
    found = near(text)
    assert len(found) <= 60
    assert render(parse_query(text).tree) not in found
