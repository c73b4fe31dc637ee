"""What a person's decision makes of a record."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.record_document import field_values
from sohoa.domain.fields import REQUIRED, field_of
from sohoa.domain.review.decisions import (
    DECIDABLE,
    blocking,
    is_persons,
    keep_person_values,
    open_doubts,
    with_decision,
    with_values,
)

TEXTS = st.text(min_size=1, max_size=8)
EVIDENCE = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["text", "filename"]),
        "page": st.just(1),
        "box": st.just([1, 2, 3, 4]),
        "value": TEXTS,
        "confidence": st.floats(0, 1),
    }
)
FIELDS = st.builds(
    lambda value, sure, seen: {"value": value, "raw": value, "confidence": sure, "evidence": seen},
    TEXTS,
    st.floats(0, 1),
    st.lists(EVIDENCE, max_size=3),
)
CODES = [f"{kind}_{name}" for kind in ("missing", "doubtful") for name in REQUIRED]


@st.composite
def records(draw: st.DrawFn) -> Any:
    """A record as a machine described it."""
    fields = draw(st.dictionaries(st.sampled_from(REQUIRED), FIELDS))
    review = draw(st.lists(st.sampled_from([*CODES, *DECIDABLE]), unique=True))
    return {
        "fields": fields,
        "documents": [{"pages": [1, 1], "fields": fields}],
        "review": review,
        "draft": "draft" in review,
    }


VALUES = st.dictionaries(st.sampled_from(REQUIRED), st.none() | TEXTS, min_size=1)


@given(records(), VALUES)
def test_a_persons_value_is_certain_and_settles_its_doubts(
    record: Any, values: dict[str, str | None]
) -> None:
    """Each given field has the value, confidence 1 and the person as evidence; nothing asks for it again."""
    after = with_values(record, values)
    for name, value in values.items():
        assert (after["fields"][name]["value"], after["fields"][name]["confidence"]) == (value, 1.0)
        assert is_persons(after["fields"][name])
    assert not {field_of(code) for code in after["review"]} & set(values)
    assert after["documents"][0]["fields"] == after["fields"]
    assert set(field_values(after)) >= {name for name, value in values.items() if value is not None}


@given(records(), VALUES)
def test_other_fields_and_doubts_stay_as_they_are(record: Any, values: dict[str, str | None]) -> None:
    """A correction touches the fields that it names, and the record that it is made from not at all."""
    before = repr(record)
    after = with_values(record, values)
    assert repr(record) == before
    others = {name: f for name, f in record["fields"].items() if name not in values}
    assert {name: f for name, f in after["fields"].items() if name not in values} == others
    assert after["review"] == [code for code in record["review"] if field_of(code) not in values]


@given(records(), VALUES)
def test_what_the_machine_saw_stays_as_candidates(record: Any, values: dict[str, str | None]) -> None:
    """The machine's evidence is kept behind the person's."""
    after = with_values(record, values)
    for name in values:
        seen = record["fields"].get(name, {"evidence": []})["evidence"]
        assert after["fields"][name]["evidence"][1:] == seen


@given(records(), VALUES, st.lists(st.sampled_from(DECIDABLE), unique=True), records())
def test_persons_values_survive_any_later_description(
    old: Any, values: dict[str, str | None], codes: list[str], new: Any
) -> None:
    """Whatever a machine finds later: a person's values, decisions and settled doubts are as they were."""
    decided: Any = with_values(old, values)
    for code in codes:
        decided = with_decision(decided, code, {"by": "person:Lan"})
    after = keep_person_values(decided, new)
    for name, value in values.items():
        assert (after["fields"][name]["value"], after["fields"][name]["confidence"]) == (value, 1.0)
    for name, field in new["fields"].items():
        if name not in values:
            assert after["fields"][name] == field
    assert set(codes) <= set(after["decisions"])
    assert not {field_of(code) for code in after["review"]} & set(values)
    assert not set(after["review"]) & set(codes)
    assert set(after["review"]) <= set(new["review"])


@given(records(), VALUES, records())
def test_keeping_twice_is_keeping_once(old: Any, values: dict[str, str | None], new: Any) -> None:
    """The merge is idempotent."""
    decided = with_values(old, values)
    once = keep_person_values(decided, new)
    assert keep_person_values(decided, once) == once


def test_who_confirms_a_draft_has_confirmed_that_number_and_date_are_open() -> None:
    """A draft has neither; a record that is said to be none still lacks them."""
    record: Any = {
        "fields": {},
        "documents": [{"pages": [1, 1], "fields": {}}],
        "review": ["draft", "missing_code_number", "missing_issued_date", "missing_subject"],
        "draft": True,
    }
    assert with_decision(record, "draft", {"by": "person:Lan"})["review"] == ["missing_subject"]
    record["draft"] = False
    issued = with_decision(record, "draft", {"by": "person:Lan"})
    assert issued["review"] == ["missing_code_number", "missing_issued_date", "missing_subject"]


def test_only_what_keeps_a_record_from_counting_blocks() -> None:
    """Missing fields and drafts block; a doubtful value counts already."""
    assert blocking(["missing_subject", "doubtful_issued_date", "draft", "same_number"]) == 2
    assert blocking(["missing_signer_name"]) == 0
    record: Any = {"review": ["no_text"], "fields": {}, "draft": False}
    assert open_doubts(record) == ("no_text",)
