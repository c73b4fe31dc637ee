"""What evidence that comes late makes of a described record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.as_json import fields_json
from sohoa.domain.extract.fusion import fuse
from sohoa.domain.late_evidence import reweigh
from sohoa.domain.record_document import REQUIRED
from sohoa.domain.records import Evidence, Field, Method
from sohoa.domain.review import is_persons, with_values

BELOW = 0.9
NAMES = (*REQUIRED, "signer_name", "file_code")
VALUES = st.sampled_from(["12", "13", "777", "Sở Nội vụ", "Sở Tài chính"])
LATE = st.builds(Evidence, st.sampled_from([Method.MANIFEST, Method.REGISTER]), VALUES, st.just(0.9))
GIVEN = st.dictionaries(st.sampled_from(NAMES), st.tuples(LATE), max_size=4)


def read(value: str, sure: float) -> Field:
    """A field as the paper shows it."""
    return Field(value, value, sure, (Evidence(Method.TEXT, value, sure, 1),))


def described(fields: dict[str, Field], documents: int = 1) -> dict[str, Any]:
    """A record as a machine described it."""
    sure = {name: field.confidence for name, field in fields.items()}
    review = [f"missing_{name}" for name in REQUIRED if name not in sure]
    review += [f"doubtful_{name}" for name in REQUIRED if sure.get(name, 1) < BELOW]
    stored = fields_json(fields)
    return {
        "fields": stored,
        "documents": [{"pages": [n, n], "fields": stored} for n in range(1, documents + 1)],
        "review": review,
        "draft": False,
    }


SURE = st.integers(300, 990).map(lambda thousandths: thousandths / 1000)  # as fields are stored
RECORDS = st.dictionaries(st.sampled_from(NAMES), st.builds(read, VALUES, SURE))


@given(RECORDS, GIVEN)
def test_hearing_it_twice_is_the_same_as_once(fields: dict[str, Field], said: dict[str, Any]) -> None:
    """A repeated import changes nothing."""
    weighed = reweigh(described(fields), said, BELOW)
    if weighed is not None:
        assert reweigh(weighed.record, said, BELOW) is None


@given(RECORDS, GIVEN)
def test_a_doubtful_field_becomes_what_it_had_been_in_time(
    fields: dict[str, Field], said: dict[str, Any]
) -> None:
    """Where nobody but the paper was heard before, it does not matter when the evidence came."""
    weighed = reweigh(described(fields), said, BELOW)
    for name in weighed.fields if weighed else ():
        in_time = fuse(name, fields.get(name), said[name])
        assert in_time is not None
        assert weighed is not None
        assert weighed.record["fields"][name] == fields_json({name: in_time})[name]


@given(RECORDS, GIVEN)
def test_what_the_paper_shows_keeps_its_value_and_who_contradicts_it_calls_a_person(
    fields: dict[str, Field], said: dict[str, Any]
) -> None:
    """No value that was read is replaced; a required one that is contradicted is a doubt."""
    record = described(fields)
    weighed = reweigh(record, said, BELOW)
    after = weighed.record if weighed else record
    assert {name: after["fields"][name]["value"] for name in fields} == {
        n: f.value for n, f in fields.items()
    }
    doubted = {f"doubtful_{name}" for name in REQUIRED} & set(after["review"])
    assert (
        {f"doubtful_{name}" for name in weighed.contradicted if name in REQUIRED} <= doubted
        if weighed
        else True
    )


@given(RECORDS, GIVEN)
def test_a_person_is_never_overruled(fields: dict[str, Field], said: dict[str, Any]) -> None:
    """Values that a person gave, also that there is none, stay as they are with all that was seen."""
    record = with_values(described(fields), {"code_number": "12", "subject": None})
    weighed = reweigh(record, said, BELOW)
    after = weighed.record if weighed else record
    for name in ("code_number", "subject"):
        assert is_persons(after["fields"][name])
        assert after["fields"][name] == record["fields"][name]
        assert not {f"doubtful_{name}", f"missing_{name}"} & set(after["review"])


@pytest.mark.parametrize(
    ("value", "sure", "fields", "review"),
    [
        ("12", 0.95, None, []),
        ("777", 0.95, ("code_number",), ["doubtful_code_number"]),
        ("777", 0.99, ("code_number",), ["doubtful_code_number"]),
        ("12", 0.6, ("code_number",), []),
        ("777", 0.6, ("code_number",), ["doubtful_code_number"]),
    ],
)
def test_trust_decides_what_late_evidence_may_do(
    value: str, sure: float, fields: tuple[str, ...] | None, review: list[str]
) -> None:
    """Who agrees with a trusted value changes nothing; with a doubtful one, settles it."""
    others = {name: read("x", 0.99) for name in REQUIRED}
    record = described({**others, "code_number": read("12", sure)})
    weighed = reweigh(record, {"code_number": (Evidence(Method.REGISTER, value, 0.9),)}, BELOW)
    assert (weighed.fields if weighed else None) == fields
    assert list(weighed.record["review"] if weighed else record["review"]) == review


def test_a_missing_field_is_filled_and_stays_doubtful() -> None:
    """Nothing on the paper shows it: a person confirms it, and sees who said it."""
    weighed = reweigh(described({}), {"code_number": (Evidence(Method.REGISTER, "12", 0.9),)}, BELOW)
    assert weighed is not None
    field = weighed.record["fields"]["code_number"]
    assert (field["value"], field["confidence"], field["evidence"][0]["method"]) == ("12", 0.85, "register")
    assert "doubtful_code_number" in weighed.record["review"]
    assert "missing_code_number" not in weighed.record["review"]
    assert weighed.record["documents"][0]["fields"] == weighed.record["fields"]


def test_of_several_documents_in_a_file_only_the_file_s_own_values_are_heard() -> None:
    """A manifest's row speaks of the file; nobody knows which of its documents has the number."""
    said = {name: (Evidence(Method.MANIFEST, "12", 0.85),) for name in ("code_number", "file_code")}
    weighed = reweigh(described({}, documents=2), said, BELOW)
    assert weighed is not None
    assert weighed.fields == ("file_code",)
