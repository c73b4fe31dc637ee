from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.search.query import parse_query, render_canonical
from sohoa.domain.search.query_tree import And, Filter, Node, Not, Or, Phrase, found_phrases, render

PIECES = [
    "hoà", "Hoa", "374/QĐ-UBND", "uỷ ban", "AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "(", ")", "-", "--",
    '"', "“", "loai:", "so:05", "nam:2024", "coquan:Z99.01", 'loai:"Quyết định"', 'type:""',
    "tu:2024-01-31", "den:1/2/2024",    "tu:hôm nay", "xep:ngay", "///", "😀", "a:b", "\x00", "\ud800",
]  # fmt: skip
rubbish = st.one_of(
    st.text(), st.builds(str.join, st.sampled_from(["", " "]), st.lists(st.sampled_from(PIECES), max_size=20))
)
values = st.sampled_from(["", " ", '"', "Quyết  định", "Z99.01", "(a) OR -b", "“x”"])


def one(*words: str) -> Phrase:
    return Phrase(words)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("hoà giải", And((one("hoà"), one("giải")))),
        ("hòa AND giải VÀ đất", And((one("hoà"), one("giải"), one("đất")))),
        ("a b OR c HOẶC d", Or((And((one("a"), one("b"))), one("c"), one("d")))),
        ("(a OR b) c", And((Or((one("a"), one("b"))), one("c")))),
        ("-a NOT b KHÔNG (c d)", And((Not(one("a")), Not(one("b")), Not(And((one("c"), one("d"))))))),
        ("NOT NOT a", one("a")),
        ("374/QĐ-UBND", one("374", "qđ", "ubnd")),
        ("“Uỷ ban  nhân dân”", one("uỷ", "ban", "nhân", "dân")),
        ("và hoặc không", And((one("và"), one("hoặc"), one("không")))),
        ("so:374 x", And((Filter("number", "374"), one("x")))),
        ('năm:2024 OR type:"Quyết định"', Or((Filter("year", "2024"), Filter("type", "Quyết định")))),
        ("2023-2024", one("2023", "2024")),
        ("Số: 12", And((one("số"), one("12")))),
        ('"a b', And((one("a"), one("b")))),
        ("a) b (c", And((one("a"), one("b"), one("c")))),
        ("OR a AND AND -", one("a")),
        ("() NOT", None),
        ("... 😀", None),
        ("a-😀-b", one("a", "□", "b")),
    ],
)
def test_language(text: str, tree: Node | None) -> None:
    """Each construct of the language, and each way to get it wrong, has one reading."""
    assert parse_query(text).tree == tree


def test_filters_of_the_whole_query_become_fields() -> None:
    """Filters joined by AND move to the query's fields; what was chosen beside the box stays."""
    query = parse_query("coquan:H1 loai:'x' đất tu:2024-01-31 den:1/2/2024 xep:ngay", type_name="Công văn")
    assert (query.agency, query.type_name, query.sort) == ("H1", "Công văn", "date")
    assert (query.issued_from, query.issued_to) == (date(2024, 1, 31), date(2024, 2, 1))
    assert Filter("type", "'x'") in set(query.tree.operands if isinstance(query.tree, And) else ())


def test_dates_narrow_each_other() -> None:
    """Of two beginnings the later one counts, of two ends the earlier."""
    query = parse_query(
        "tu:2024-03-01 den:2024-09-01", issued_from=date(2024, 1, 1), issued_to=date(2024, 8, 1)
    )
    assert (query.issued_from, query.issued_to) == (date(2024, 3, 1), date(2024, 8, 1))


def test_only_an_empty_question_is_empty() -> None:
    """Nothing asked is empty; a filter alone is a question."""
    assert parse_query(" () ").empty
    assert not any(parse_query(text).empty for text in ("a", "-a", "nam:2024", "coquan:x", "tu:2024-01-01"))


def test_marked_phrases() -> None:
    """A tone, a letter shape or đ anywhere makes a phrase marked."""
    marked = [phrase.marked for phrase in found_phrases(parse_query('hoa "hoa lá" tư qđ 12 -hoà').tree)]
    assert marked == [False, True, True, True, False]


@given(rubbish, values, values, st.none() | st.dates())
def test_canonical_form_gives_the_same_query(text: str, agency: str, kind: str, day: date | None) -> None:
    """Any input parses, and the canonical text of the query parses to the query."""
    query = parse_query(text, agency=agency, type_name=kind, issued_from=day)
    assert parse_query(render_canonical(query)) == query


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    flat = tuple(p for part in parts for p in (part.operands if isinstance(part, kind) else (part,)))
    return kind(flat)


leaves = st.one_of(
    st.builds(
        Phrase, st.lists(st.sampled_from(["hoà", "and", "uỷ", "374", "x"]), min_size=1, max_size=3).map(tuple)
    ),
    st.builds(Filter, st.sampled_from(["number", "year"]), st.sampled_from(["5", "a b", ""])),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(lambda node: node.operand if isinstance(node, Not) else Not(node)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _joined(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: _joined(Or, parts)),
    ),
    max_leaves=8,
)


@given(trees)
def test_rendered_trees_parse_to_themselves(tree: Node) -> None:
    """Rendering loses nothing of a tree."""
    assert parse_query(render(tree)).tree == tree


def test_huge_input_is_cut_to_its_first_terms() -> None:
    """Thousands of words, groups and negations are read in linear time, without recursion errors."""
    query = parse_query("(" * 5000 + "NOT " * 5001 + "a " * 5000 + "(b) " * 5000)
    assert sum(1 for _ in found_phrases(query.tree)) <= 64
