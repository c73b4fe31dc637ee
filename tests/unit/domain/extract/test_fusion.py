"""What a manifest or a register does to the trust in what was read."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.fusion import MOST_WITHOUT_PAPER, agree, fuse, fuse_all, with_type_codes
from sohoa.domain.extract.types import TypeTable

shares = st.integers(10, 990).map(lambda thousandths: thousandths / 1000)
values = st.sampled_from(["47", "047", "48", "49"])
voices = st.lists(
    st.builds(Evidence, st.sampled_from([Method.MANIFEST, Method.REGISTER]), values, shares), max_size=4
)
seen = st.builds(lambda value, share: Field(value, value, share), values, shares)
reads = st.none() | seen


def said(value: str, share: float = 0.85) -> Evidence:
    return Evidence(Method.MANIFEST, value, share)


def confidence(read: Field | None, *given_: Evidence) -> float:
    fused = fuse("code_number", read, given_)
    assert fused is not None
    return fused.confidence


@given(reads, voices)
def test_the_order_of_voices_does_not_matter(read: Field | None, given_: list[Evidence]) -> None:
    """All permutations give the same field, to the last digit."""
    assert len({fuse("code_number", read, order) for order in permutations(given_)}) == 1


@given(seen, voices, st.builds(Evidence, st.just(Method.REGISTER), values, shares))
def test_one_more_voice(read: Field, given_: list[Evidence], more: Evidence) -> None:
    """For the value it never lowers the trust in it, against it never raises it."""
    before, after = confidence(read, *given_), confidence(read, *given_, more)
    if agree("code_number", read.value, more.value):
        assert after >= before
    else:
        assert after <= before


@given(reads, voices)
def test_the_paper_is_never_replaced_and_nothing_is_lost(read: Field | None, given_: list[Evidence]) -> None:
    """The value read stays; all voices are kept as evidence; without paper the trust is limited."""
    fused = fuse("code_number", read, given_)
    if read is not None:
        assert fused is not None
        assert fused.value == read.value
    if fused is not None:
        assert sorted(map(repr, fused.evidence)) == sorted(map(repr, given_))
        assert read is not None or 0.01 <= fused.confidence <= MOST_WITHOUT_PAPER
    if not given_:
        assert fused is read


def test_agreement_raises_and_contradiction_lowers() -> None:
    """Two good sources make an automatic value, a contradiction sends it to a person."""
    read = Field("47", "47", 0.8)
    assert confidence(read, said("047")) > 0.95
    assert confidence(Field("47", "47", 0.97), said("48")) < 0.9
    assert confidence(None, said("47")) == MOST_WITHOUT_PAPER
    assert confidence(None, said("47"), said("48")) < 0.5


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("code_number", "05", "5", True),
        ("code_notation", "QĐ-UBND", "qđ - ubnd", True),
        ("code_notation", "QĐ-UBND", "QD-UBND", None),
        ("code_notation", "QĐ-UBND", "TB-UBND", False),
        ("issued_date", "2024-03-05", "2024-03-06", False),
        ("subject", "Về việc giao đất cho hộ gia đình", "V/v giao đất cho hộ gia đình.", True),
        ("subject", "Về việc giao đất cho hộ gia đình", "Kế hoạch kiểm tra năm 2024", False),
        ("organ_name", "Ủy ban nhân dân tỉnh Quảng Ngãi", "UBND tỉnh Quảng Ngãi", True),
        ("organ_name", "Ủy ban nhân dân tỉnh Quảng Ngãi", "HĐND tỉnh Quảng Ngãi", None),
        ("type_name", "Quyết định", "QUYẾT ĐỊNH", True),
    ],
)
def test_what_counts_as_the_same(name: str, one: str, other: str, same: bool | None) -> None:
    """Spelling does not matter, another wording says nothing, another fact contradicts."""
    assert agree(name, one, other) is same
    assert agree(name, other, one) is same


def test_type_names_are_spelt_as_in_the_table(types: TypeTable) -> None:
    """A type typed in capitals is the table's, with its code; an unknown one is kept as it was said."""
    given_ = with_type_codes({"type_name": [said("QUYẾT ĐỊNH"), said("Đơn từ")]}, types)
    assert [one.value for one in given_["type_name"]] == ["Quyết định", "Đơn từ"]
    assert [one.value for one in given_["type_code"]] == ["02"]
    assert with_type_codes({}, types) == {}


def test_all_fields_are_heard() -> None:
    """Fields that nobody speaks of stay, fields that only others know come in."""
    read = {"subject": Field("a", "a", 0.9)}
    fused = fuse_all(read, {"file_code": (said("H49.1"),)})
    assert fused["subject"] is read["subject"]
    assert (fused["file_code"].value, fused["file_code"].confidence) == ("H49.1", MOST_WITHOUT_PAPER)


def test_lists_of_recipients_never_contradict() -> None:
    """A clerk shortens the list; noughts before an arrival number do not matter."""
    printed = "Sở Nội vụ; Sở Tư pháp; Lưu: VT"
    assert agree("recipients", printed, "Sở Nội vụ; Sở Tư pháp; Lưu VT") is True
    assert agree("recipients", printed, "Các sở") is None
    assert agree("arrival_number", "15", "015") is True
    assert agree("arrival_date", "2024-03-05", "2024-03-06") is False
