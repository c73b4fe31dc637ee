"""What every search index does: same corpus, same questions, same hits."""

import html
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.domain.errors import Rejected
from sohoa.domain.protection.access import OPERATOR, Access
from sohoa.domain.search.entry import IndexEntry, entry_of
from sohoa.domain.search.folding import fold_norm, fold_plain
from sohoa.domain.search.projection import issued_of, year_of
from sohoa.domain.search.query import Query, parse_query
from sohoa.ports import SearchIndex, SearchResult
from tests.support.personal_codes import CODES
from tests.support.relevance import CASES, RECORDS, Case

BY_ID = {entry.record_id: entry for entry in RECORDS}


@pytest.fixture
def corpus(index: SearchIndex) -> SearchIndex:
    """An index of the relevance corpus, to be changed."""
    assert list(index.add(RECORDS)) == [entry.record_id for entry in RECORDS]
    return index


@pytest.fixture(scope="module")
def library(shared_index: SearchIndex) -> SearchIndex:
    """An index of the relevance corpus, only to be asked."""
    assert list(shared_index.add(RECORDS)) == [entry.record_id for entry in RECORDS]
    return shared_index


def ask(index: SearchIndex, text: str, access: Access = OPERATOR, size: int = 200) -> SearchResult:
    return index.search(parse_query(text), access, size=size)


def found(index: SearchIndex, text: str, access: Access = OPERATOR) -> list[str]:
    return [hit.record_id for hit in ask(index, text, access).hits]


def entry(record_id: str, body: str, agency: str = "Z1", mode: str = "01", **fields: str) -> IndexEntry:
    return IndexEntry(record_id, agency, mode, fields, body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query)
def test_relevance(library: SearchIndex, case: Case) -> None:
    """Each question finds exactly its records, the expected one on top, and counts them right."""
    result = ask(library, case.query)
    assert {hit.record_id for hit in result.hits} == case.hits
    assert result.total == len(result.hits) == len(case.hits)
    if case.first:
        assert result.hits[0].record_id == case.first


def test_the_exact_number_comes_first(library: SearchIndex) -> None:
    """Records that bear the number are before one that mentions it often, in any spelling of it."""
    for text in ("374/QĐ-UBND", "374/qd-ubnd", '"374 QĐ UBND"'):
        assert set(found(library, text)[:2]) == {"land", "district"}


def test_scores_fall(corpus: SearchIndex) -> None:
    """Hits come best first; the unmarked text is better than the marked one for an unmarked word."""
    scores = [hit.score for hit in ask(corpus, "hoa").hits]
    assert scores == sorted(scores, reverse=True)
    corpus.add([entry("bare", "nha tho"), entry("marked", "nhà thơ")])
    best, second = ask(corpus, "nha tho").hits
    assert (best.record_id, best.score > second.score) == ("bare", True)


@pytest.mark.parametrize(
    ("text", "order", "marked"),
    [
        ("đinh", ["typed", "toned"], "định"),
        ("nghi đinh", ["typed", "toned"], "định"),
        ('"nghi đinh"', ["typed", "toned"], "Nghị định"),
        ("đinh nghi", ["typed", "toned"], "Nghị"),
        ("nghi dinh", ["bare", "toned", "typed"], "định"),
        ("định", ["toned"], "định"),
        ("nghi định", ["toned"], "định"),
        ("điêu", ["toned"], "Điều"),
        ("đieu -quyêt", ["toned"], "Điều"),
        ("quy đinh", [], ""),
    ],
)
def test_words_without_tones(corpus: SearchIndex, text: str, order: list[str], marked: str) -> None:
    """``đ`` and hats without tones find every tone, after what is written as typed; marks are on them."""
    corpus.add(
        [
            entry("typed", "nghi đinh tán lỏng", agency="Z7"),
            entry("toned", "Nghị định này, Điều một", agency="Z7"),
            entry("bare", "nghi dinh nay", agency="Z7"),
        ]
    )
    hits = ask(corpus, f"{text} coquan:Z7").hits
    assert sorted(hit.record_id for hit in hits) == sorted(order)
    if order and order[0] != "bare":
        assert [hit.record_id for hit in hits] == order
        assert all(a.score > b.score for a, b in pairwise(hits))
    for hit in hits:
        if hit.record_id == "toned":
            assert f"<mark>{marked}</mark>" in " ".join(hit.highlights)


def test_highlights_show_the_original(library: SearchIndex) -> None:
    """Found words are marked in the spelling of the paper, whatever the spelling of the question."""
    (hit,) = ask(library, "dai viec 374/qd-ubnd coquan:z01.01 hoa giai").hits
    shown = " ".join(hit.highlights)
    for words in ("374/QĐ-UBND", "hòa", "giải", "hoà"):
        assert f"<mark>{words}</mark>" in shown


def test_highlights_are_safe_html(library: SearchIndex) -> None:
    """The paper's own brackets are escaped."""
    (hit,) = ask(library, '"loại 1"').hits
    assert any("&lt;b&gt;<mark>loại 1</mark>&lt;/b&gt; &amp; giống" in shown for shown in hit.highlights)


def test_highlights_beyond_the_bmp(library: SearchIndex) -> None:
    """Characters that are two units in UTF-16 do not shift the marks."""
    (hit,) = ask(library, "niên đại").hits
    assert any("<mark>niên</mark> <mark>đại</mark>" in shown for shown in hit.highlights)


def test_personal_data_is_neither_shown_nor_found(index: SearchIndex) -> None:
    """Of a record's personal data no engine has more than the mask; no question hits, not even a part."""
    body = "Ông Lê Văn A, CCCD 051080012345, ĐT 0912 345 678, sinh ngày 01/02/1980\n\f\nnhà số 77 gác hai"
    stored = [{"kind": "phone", "page": 2, "start": 7, "end": 9}]
    record: Any = {
        "record_id": "r",
        "agency": "Z1",
        "mode": "01",
        "pages": [{"number": 1}, {"number": 2}],
        "personal": stored,
        "fields": {"subject": {"value": "Về ông A, ĐT 0912345678"}},
    }
    assert list(index.add([entry_of(record, body, CODES)])) == ["r"]
    for text in ("051080012345", "0912345678", "0912", "345", '"345 678"', "678", "1980", "01", "02", "77"):
        assert found(index, text) == [], text
    (hit,) = ask(index, '"sinh ngày" cccd đt "gác hai"').hits
    shown = html.unescape(re.sub("</?mark>", "", " ".join(hit.highlights)))
    assert hit.fields == {"subject": "Về ông A, ĐT ••••••••••"}
    for part in ("CCCD ••••••••••••, ĐT •••• ••• •••, sinh ngày ••/••/••••", "nhà số •• gác hai"):
        assert part in shown
    assert not re.search(r"\d", shown)


def test_hits_carry_fields_and_never_the_text(corpus: SearchIndex) -> None:
    """A hit has the record's fields as given; of a long text only short passages travel."""
    corpus.add([entry("long", "đầu " + "chữ " * 20_000 + "cuối", subject="S")])
    (hit,) = ask(corpus, "cuối").hits
    assert hit.fields == {"subject": "S"}
    assert sum(map(len, hit.highlights)) < 1000
    assert any("<mark>cuối</mark>" in shown for shown in hit.highlights)


def test_access_is_part_of_every_answer(library: SearchIndex) -> None:
    """Agencies and levels that the reader may not see are in no hit, count, facet or list."""
    reader = Access(frozenset({"Z01.01", "Z01.02"}), frozenset({"01"}))
    allowed = {e.record_id for e in RECORDS if reader.allows(e.agency, e.mode)}
    result = ask(library, "-nothing", reader)
    assert {hit.record_id for hit in result.hits} == set(library.ids(reader)) == allowed
    assert result.total == len(allowed)
    assert set(result.facets["agency"]) == {"Z01.01", "Z01.02"}
    assert found(library, "coquan:Z01.03 hoa", reader) == []
    assert found(library, "hoa OR coquan:Z01.03", reader) == found(library, "hoa", reader)
    for nobody in (Access(frozenset()), Access(None, frozenset())):
        assert (ask(library, "hoa", nobody).total, list(library.ids(nobody))) == (0, [])


def test_facets_count_all_hits(library: SearchIndex) -> None:
    """Facets add up over all hits, not only over the page; records without the value are left out."""
    result = library.search(parse_query("-nothing"), OPERATOR, size=2)
    assert result.total == len(RECORDS)
    assert result.facets["agency"]["Z01.06"] == 4
    assert result.facets["type_name"]["Nghị quyết"] == 2
    assert result.facets["year"]["2018"] == 2
    assert sum(result.facets["year"].values()) == len([e for e in RECORDS if year_of(e.fields)])


def test_chosen_filters(library: SearchIndex) -> None:
    """What is chosen beside the box compares whole values, without regard to case; dates are inclusive."""
    day = date(2024, 3, 5)
    for query in (
        Query("hòa", agency="z01.01", type_name="quyết định"),
        Query("hòa", type_name="Quyết định", issued_from=day, issued_to=day),
        Query("", agency="Z01.01", type_name="quyet dinh"),
    ):
        assert [hit.record_id for hit in library.search(query, OPERATOR).hits] == ["land"]
    assert library.search(Query("hòa", type_name="Quyết"), OPERATOR).total == 0
    assert library.search(Query("hòa", agency='"'), OPERATOR).total == 0


def test_sorted_by_date(library: SearchIndex) -> None:
    """Newest first, undated last."""
    hits = library.search(parse_query("-nothing", sort="date"), OPERATOR, size=200).hits
    dates = [issued_of(hit.fields) for hit in hits]
    assert dates == sorted(dates, reverse=True)
    assert len(hits) == len(RECORDS)


@pytest.mark.parametrize("text", ["hoa", "-nothing", "xep:ngay -nothing", "374/QĐ-UBND OR hoa"])
def test_pages_join_to_the_whole(library: SearchIndex, text: str) -> None:
    """Pages, followed to the end, give every hit once in the order of one large page."""
    pages, page = [], ""
    while True:
        result = library.search(parse_query(text), OPERATOR, size=3, page=page)
        pages += [hit.record_id for hit in result.hits]
        page = result.next_page
        if not page:
            break
    assert pages == found(library, text)


def test_pages_of_another_question(library: SearchIndex) -> None:
    """A token is good for its question and reader only; anything else is refused."""
    token = library.search(parse_query("hoa"), OPERATOR, size=1).next_page
    reader = Access(frozenset({"Z01.01"}))
    asked = [
        ("hòa", OPERATOR, token),
        ("hoa", reader, token),
        ("hoa", OPERATOR, "x"),
        ("hoa", OPERATOR, "W10="),
    ]
    for text, access, page in asked:
        with pytest.raises(Rejected):
            library.search(parse_query(text), access, page=page)


def test_replaced_entries(index: SearchIndex) -> None:
    """An entry added again replaces the old one entirely."""
    index.add([entry("r", "cũ", "Z1", type_name="Công văn"), entry("s", "cũ")])
    index.add([entry("r", "mới", "Z2")])
    assert (found(index, "cũ"), found(index, "mới"), found(index, 'loai:"Công văn"')) == (["s"], ["r"], [])
    assert ask(index, "-x").facets["agency"] == {"Z1": 1, "Z2": 1}


def test_one_record_twice_at_once(index: SearchIndex) -> None:
    """Of two entries of one record in one call the later one stays."""
    others = [entry(f"o{number}", "khác") for number in range(30)]
    index.add([entry("r", "cũ"), *others, entry("r", "mới")])
    assert (found(index, "cũ"), found(index, "mới")) == ([], ["r"])
    assert len(list(index.ids(OPERATOR))) == 31


def test_removed_entries(corpus: SearchIndex) -> None:
    """A removed record is in no answer; removing unknown ids is harmless."""
    corpus.remove(["land", "unknown"])
    assert "land" not in found(corpus, "hòa")
    assert set(corpus.ids(OPERATOR)) == set(BY_ID) - {"land"}
    assert list(corpus.ids(OPERATOR)) == sorted(corpus.ids(OPERATOR))


def test_differences(corpus: SearchIndex) -> None:
    """An index holds what it was given; what it holds otherwise is named part by part, without its value."""
    assert list(corpus.differences(RECORDS)) == []
    same, other = BY_ID["land"], BY_ID["water"]
    changed = [
        replace(same, body="khác"),
        replace(other, agency="Z99"),
        replace(same, mode="07"),
        replace(same, fields={**same.fields, "note": "khác"}),
        entry("none", "khác"),
    ]
    told = [dict.fromkeys(part for _, part in corpus.differences([one])) for one in changed]
    wanted = ("body", "agency", "mode", "fields", "entry")
    assert all(part in parts for part, parts in zip(wanted, told, strict=True)), told
    corpus.remove(["land"])
    assert list(corpus.differences([same, other])) == [("land", "entry")]


def test_entries_that_no_reader_may_see(corpus: SearchIndex) -> None:
    """Checks are told of entries of any level, readers are not."""
    corpus.add([entry("hidden", "khác", mode="07")])
    assert list(corpus.held_ids()) == sorted([*BY_ID, "hidden"])
    assert "hidden" not in set(corpus.ids(OPERATOR))
    corpus.remove(["land"])
    assert list(corpus.held_ids()) == sorted({*BY_ID, "hidden"} - {"land"})


def test_rebuild(corpus: SearchIndex) -> None:
    """After a rebuild the index is what was given, and nothing else."""
    assert corpus.rebuild(RECORDS[:5]) == 5
    assert set(corpus.ids(OPERATOR)) == {entry.record_id for entry in RECORDS[:5]}
    assert found(corpus, "loi OR lợi") == []


def test_an_interrupted_rebuild_changes_nothing(corpus: SearchIndex) -> None:
    """The old index serves on, and the next rebuild works."""

    def breaks() -> list[IndexEntry]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.rebuild(e if e.record_id != "water" else breaks()[0] for e in RECORDS)
    assert set(corpus.ids(OPERATOR)) == set(BY_ID)
    assert corpus.rebuild(RECORDS) == len(RECORDS)


def test_the_old_index_serves_during_a_rebuild(corpus: SearchIndex) -> None:
    """Questions see the old index until the swap, and changes made meanwhile survive it."""

    def entries() -> list[IndexEntry]:
        assert len(list(corpus.ids(OPERATOR))) == len(RECORDS)
        corpus.add([entry("new", "vừa thêm"), replace(BY_ID["water"], body="vừa sửa")])
        corpus.remove(["land"])
        assert set(found(corpus, "vừa")) == {"new", "water"}
        return list(RECORDS)

    class Lazy(list[IndexEntry]):
        def __iter__(self):  # type: ignore[no-untyped-def]  # starts when the rebuild reads
            return iter(entries())

    assert corpus.rebuild(Lazy()) == len(RECORDS)
    assert set(corpus.ids(OPERATOR)) == set(BY_ID) - {"land"} | {"new"}
    assert set(found(corpus, "vừa")) == {"new", "water"}


letters = st.characters(min_codepoint=1, max_codepoint=0x10FFFF)


@given(st.lists(st.text(alphabet=letters, min_size=1, max_size=5), min_size=1, max_size=6))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_engines_split_at_our_spaces_only(index: SearchIndex, pieces: list[str]) -> None:
    """Every word of any text, of any script, is found by itself and marked in the highlight."""
    body = " ".join(pieces)
    index.add([entry("r", body)])
    for piece in pieces:
        query = parse_query(f'"{piece}"')
        if query.empty or query.agency or query.type_name or query.issued_from or query.issued_to:
            continue
        assert [hit.record_id for hit in index.search(query, OPERATOR).hits] == ["r"], piece


@given(
    st.text(alphabet="hòa hoa giải Đường-/.\n□<&", max_size=60),
    st.sampled_from(["hoa", "hòa", "giải hoa", "duong"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_marks_are_on_the_words(index: SearchIndex, body: str, text: str) -> None:
    """What is marked folds to the words asked for, and without the marks it is the text of the paper."""
    index.add([entry("r", body)])
    query = parse_query(text)
    wanted = {fold_norm(word) for word in text.split()} | {fold_plain(word) for word in text.split()}
    for hit in index.search(query, OPERATOR).hits:
        assert hit.highlights
        for shown in hit.highlights:
            for marked in re.findall("<mark>(.*?)</mark>", shown):
                assert {fold_norm(html.unescape(marked)), fold_plain(html.unescape(marked))} & wanted
            bare = html.unescape(re.sub("</?mark>", "", shown)).strip("… ")
            assert bare in " ".join(re.sub(r"\s+", " ", body).split(" "))


@given(st.text())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_question_has_an_answer(index: SearchIndex, text: str) -> None:
    """No input breaks the engine."""
    index.search(parse_query(text), OPERATOR)


@pytest.mark.parametrize(
    "text",
    ["(" * 200 + "a" + ")" * 200, "-(" * 60 + "a OR b" + ")" * 60, "a " * 3000, "a OR " * 3000, "x" * 100_000,
     "/".join("a" * 3000), "(a OR -(b (c OR -(d (e OR -(f (g OR -(h i))))))))"],
    ids=["groups", "negations", "words", "alternatives", "long word", "long phrase", "deep"],
)  # fmt: skip
def test_extreme_questions(library: SearchIndex, text: str) -> None:
    """Length and depth have limits of our own, not of the engine."""
    ask(library, text)


def test_ping(library: SearchIndex) -> None:
    """Ping names the engine in one line."""
    assert "\n" not in library.ping()


SHELF = [
    replace(
        entry("a", "x", "Z1", "01", code_number="374", code_notation="QĐ-UBND", signer_name="Lê Thị Lan"),
        state="waits",
        quality="poor",
        signed="valid",
        dossier="H1.2024",
    ),
    entry("b", "x", "Z1", "01", code_number="37", code_notation="TB-VP", signer_name="Lê  Thị Lan"),
    entry("c", "x", "Z2", "01", code_number="374", code_notation="QD-UBND", signer_name="Trần Lệ Thủy"),
    entry("d", "x", "Z2", "02", signer_name="Lê Thị Lan"),
    entry("e", "x", "Z1", "01", code_number="374", code_notation="QĐ-UBND", issued_date="2024-05-06"),
]
OPEN = Access(None, frozenset({"01"}))


@pytest.fixture
def shelf(index: SearchIndex) -> SearchIndex:
    """Five records of two agencies, one of them not open to all."""
    index.add(SHELF)
    return index


def test_records_are_counted_and_found_by_what_is_known_of_them(shelf: SearchIndex) -> None:
    """State, quality, signatures, hồ sơ and signer narrow down, and all but the signer are counted."""
    facets = ask(shelf, "x").facets
    assert facets["state"] == {"waits": 1, "settled": 4}
    assert facets["quality"] == {"poor": 1, "good": 4}
    assert facets["signed"] == {"valid": 1, "none": 4}
    assert facets["dossier"] == {"H1.2024": 1}
    for text in ("trangthai:waits", "chatluong:poor", "kyso:valid", "hoso:h1.2024"):
        assert found(shelf, text) == ["a"], text
    assert set(found(shelf, 'nguoiky:"lê thị lan"')) == {"a", "b", "d"}
    assert found(shelf, 'nguoiky:"lê thị"') == []
    shelf.add([entry("a", "x", "Z1", "01")])
    assert ask(shelf, "x").facets["dossier"] == {}


def test_hits_in_the_order_of_their_numbers(shelf: SearchIndex) -> None:
    """By figure, the newest of one number first, records without a number last; page by page the same."""
    query, order = parse_query("x xep:so"), ["b", "e", "a", "c", "d"]
    assert [hit.record_id for hit in shelf.search(query, OPERATOR).hits] == order
    page, seen = "", []
    for _ in order:
        result = shelf.search(query, OPERATOR, size=1, page=page)
        seen += [hit.record_id for hit in result.hits]
        page = result.next_page
    assert (seen, page) == (order, "")


def test_many_questions_are_counted_at_once(shelf: SearchIndex) -> None:
    """Each as its own search would count it, for this reader; an empty question counts nothing."""
    texts = ["x", "zyz", "so:374", "", "coquan:Z2", "-x", "x tu:2024-01-01"] * 40
    for access in (OPERATOR, OPEN, Access(frozenset({"Z1"}))):
        wanted = [ask(shelf, text, access).total for text in texts]
        assert list(shelf.counts([parse_query(text) for text in texts], access)) == wanted
    assert list(shelf.counts([], OPERATOR)) == []


def test_signers_and_numbers_go_on_as_typed(shelf: SearchIndex) -> None:
    """From the beginning of a word, whatever the marks, counted for this reader, most frequent first."""
    signers = {
        "le": {"Lê Thị Lan": 3, "Trần Lệ Thủy": 1},
        "Lê thị l": {"Lê Thị Lan": 3},
        "lan": {"Lê Thị Lan": 3},
        "le lan": {},
        "an": {},
        "": {},
    }
    for typed, names in signers.items():
        assert shelf.complete("signer", typed, OPERATOR, 8) == names, typed
    assert list(shelf.complete("signer", "le", OPERATOR, 1)) == ["Lê Thị Lan"]
    assert shelf.complete("signer", "le", OPEN, 8) == {"Lê Thị Lan": 2, "Trần Lệ Thủy": 1}
    assert shelf.complete("signer", "tran", Access(frozenset({"Z1"})), 8) == {}
    assert shelf.complete("number", "37", OPERATOR, 8) == {"374/QĐ-UBND": 2, "37/TB-VP": 1, "374/QD-UBND": 1}
    assert shelf.complete("number", "374/qd-u", OPERATOR, 8) == {"374/QĐ-UBND": 2, "374/QD-UBND": 1}
    assert shelf.complete("number", "374", Access(frozenset({"Z2"})), 8) == {"374/QD-UBND": 1}
    assert shelf.complete("number", "74", OPERATOR, 8) == {}


def test_pages_stay_right_while_records_arrive(index: SearchIndex) -> None:
    """Of a list that is read page by page nothing that was there is shown twice or left out."""
    there = [entry(f"k{n:02d}", "x", "Z1", "01", code_number=str(n)) for n in range(0, 40, 2)]
    for order in ("", " xep:ngay", " xep:so"):
        index.add(there)
        query, page, seen, turn = parse_query(f"x{order}"), "", list[str](), 0
        while True:
            result = index.search(query, OPERATOR, size=3, page=page)
            seen += [hit.record_id for hit in result.hits]
            index.add([entry(f"k{2 * turn + 1:02d}", "x", "Z1", "01", code_number=str(2 * turn + 1))])
            page, turn = result.next_page, turn + 1
            if not page:
                break
        assert len(seen) == len(set(seen)), order
        assert {each.record_id for each in there} <= set(seen), order
        index.remove([f"k{n:02d}" for n in range(1, 40, 2)])
