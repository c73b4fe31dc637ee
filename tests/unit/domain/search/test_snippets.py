import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.search.folding import fold_norm, fold_plain
from sohoa.domain.search.projection import code_of, filter_terms, header_of, issued_of, year_of
from sohoa.domain.search.query_tree import Phrase
from sohoa.domain.search.snippets import passages, spans

texts = st.text(alphabet="hòa hoa giải<&\n-").map(lambda text: text * 3)
phrases = st.lists(
    st.sampled_from([Phrase(("hoa",)), Phrase(("hoà",)), Phrase(("giải", "hoa")), Phrase(("giai",))]),
    min_size=1, max_size=3,
)  # fmt: skip


@given(texts, phrases)
def test_spans_are_whole_words(text: str, asked: list[Phrase]) -> None:
    """Each span folds to its phrase and is bordered by what is no letter or digit."""
    for span in spans(text, asked):
        phrase, part = asked[span.phrase], text[span.start : span.end]
        folded = fold_norm(part) if phrase.marked else fold_plain(part)
        assert tuple(folded.split()) == (phrase.words if phrase.marked else phrase.plain)
        around = text[: span.start][-1:] + text[span.end :][:1]
        assert fold_norm(around).strip() == ""


@given(texts, phrases, st.integers(1, 3))
def test_passages_are_the_text(text: str, asked: list[Phrase], limit: int) -> None:
    """Without marks and escapes a passage is a piece of the text, blanks counted as one."""
    found = passages(text, asked, limit)
    assert len(found) <= limit
    assert bool(found) == bool(spans(text, asked))
    for passage in found:
        assert passage.count("<mark>") == passage.count("</mark>") > 0
        bare = html.unescape(re.sub("</?mark>", "", passage)).removeprefix("… ").removesuffix(" …").strip()
        assert re.sub(r"\s+", " ", bare) in re.sub(r"\s+", " ", text)


def test_the_passage_with_most_phrases_is_first() -> None:
    """Where several words stand together is more telling than where one stands alone."""
    text = "đất " + "x " * 300 + "đất ở đô thị " + "x " * 300 + "thị"
    first = passages(text, [Phrase(("đất",)), Phrase(("đô", "thị"))])[0]
    assert "<mark>đất</mark> ở <mark>đô thị</mark>" in first
    assert len(first) < 300


@pytest.mark.parametrize("offset", range(16_370, 16_400))
def test_words_at_a_seam(offset: int) -> None:
    """A phrase is found wherever it stands in a long text."""
    text = ("x" * 9 + " ") * (offset // 10) + "y" * (offset % 10) + " hòa giải " + "z " * 9000
    (span, *_) = spans(text, [Phrase(("hoà", "giải"))])
    assert text[span.start : span.end] == "hòa giải"


@pytest.mark.parametrize(
    ("number", "notation", "code"),
    [
        ("374", "QĐ-UBND", "374/QĐ-UBND"),
        ("374", "374/QĐ-UBND", "374/QĐ-UBND"),
        ("374", "", ""),
        ("", "QĐ", ""),
    ],
)
def test_code(number: str, notation: str, code: str) -> None:
    """Number and notation make the code; one alone makes none."""
    assert code_of({"code_number": number, "code_notation": notation}) == code


@pytest.mark.parametrize(("value", "issued"), [("2024-01-31", "2024-01-31"), ("31/1/2024", ""), ("", "")])
def test_issue_date(value: str, issued: str) -> None:
    """Only a date is a date."""
    assert issued_of({"issued_date": value}) == issued
    assert year_of({"issued_date": value}) == (2024 if issued else None)


def test_leading_zeros_of_numbers_do_not_count() -> None:
    """``05/QĐ`` and ``5/qđ`` are one number, but years and agencies keep their zeros."""
    assert filter_terms("number", "05/QĐ") == filter_terms("number", "5/qđ") == ("5 qđ", "5 qd")
    assert filter_terms("agency", "000.01") == ("000 01", "000 01")


def test_the_header_begins_with_the_code() -> None:
    """What identifies a record comes first; equal values appear once."""
    fields = {"zzz": "S", "subject": "S", "code_number": "1", "code_notation": "QĐ"}
    assert header_of(fields).split("\n□\n") == ["1/QĐ", "S", "QĐ", "1"]
