"""Citations in a text, and the questions that find what they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.search.citations import bearing, citations, citing
from sohoa.domain.search.query_tree import Filter, found_phrases


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Căn cứ Quyết định số 374/QĐ-UBND ngày 05/3/2024", [("374/QĐ-UBND", date(2024, 3, 5))]),
        (
            "Nghị quyết số 12/2020/NQ-HĐND ngày 8 tháng 12 năm 2020;",
            [("12/2020/NQ-HĐND", date(2020, 12, 8))],
        ),
        ("Luật số 77/2015/QH13, ngày 19.6.2015", [("77/2015/QH13", date(2015, 6, 19))]),
        ("Công văn số 15b/STC-NS và 374/QĐ-\nUBND\nngày 1/2/2023", [
            ("15b/STC-NS", None),
            ("374/QĐ-UBND", date(2023, 2, 1)),
        ]),
        ("ngày 31/02/2024: 9/TB-VP ngày 31/02/2024", [("9/TB-VP", None)]),
        ("tỷ lệ 3/4, 12/2024, km/h, số ••••/QĐ-UBND, và/hoặc, 1/2 HS", []),
        ("Tờ trình số 5/TTr-STC của Sở, 12/Nam Định", [("5/TTr-STC", None)]),
    ],
)  # fmt: skip
def test_numbers_with_notation_are_citations(text: str, codes: list[tuple[str, date | None]]) -> None:
    """Number and notation in capitals, broken lines included, with the day that follows where it exists."""
    assert [(found.code, found.day) for found in citations(text)] == codes


@given(st.text())
def test_any_text_has_citations_in_order(text: str) -> None:
    """Places are within the text, one after the other."""
    places = [edge for found in citations(text) for edge in (found.start, found.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


def test_all_numbers_are_asked_for_at_once() -> None:
    """One question finds the records that bear any of the numbers; a number twice is asked for once."""
    found = list(citations("1/QĐ-UBND, 2/QĐ-UBND, 1/QĐ-UBND"))
    query = bearing(found)
    assert query is not None
    assert query.text == 'so:"1/QĐ-UBND" OR so:"2/QĐ-UBND"'
    assert bearing(found[:1]) is not None
    assert found[0].filter == Filter("number", "1/QĐ-UBND")
    assert bearing([]) is None


def test_who_cites_writes_the_day_in_one_of_its_ways() -> None:
    """With and without leading zeros, in digits and in words."""
    asked = {" ".join(phrase.words) for phrase in found_phrases(citing("374/QĐ-UBND", "2024-03-05").tree)}
    assert "374 qđ ubnd ngày 5 3 2024" in asked
    assert "374 qđ ubnd ngày 05 tháng 03 năm 2024" in asked
    assert len(asked) == 8
