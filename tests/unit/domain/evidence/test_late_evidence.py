"""What evidence that comes late makes of a described record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Box
from sohoa.domain.archive.as_json import fields_json
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.evidence.late_evidence import Reweighed, reweigh
from sohoa.domain.extract.fusion import agree, fuse, together
from sohoa.domain.fields import CONTESTED, REQUIRED
from sohoa.domain.reasons import reason
from sohoa.domain.review.decisions import is_persons, with_values

BELOW = 0.9
NAMES = (*REQUIRED, "signer_name", "file_code")
VALUES = st.sampled_from(["12", "13", "777", "Sở Nội vụ", "Sở Tài chính"])
SHARES = st.integers(300, 950).map(lambda thousandths: thousandths / 1000)
METHODS = st.sampled_from([Method.MANIFEST, Method.REGISTER])
LATE = st.builds(Evidence, METHODS, VALUES, SHARES)
GIVEN = st.dictionaries(st.sampled_from(NAMES), st.tuples(LATE), max_size=4)


def read(value: str, sure: float) -> Field:
    """A field as the paper shows it."""
    return Field(value, value, sure, (Evidence(Method.TEXT, value, sure, 1),))


def said_late(value: str, method: Method = Method.REGISTER, sure: float = 0.9) -> tuple[Evidence, ...]:
    """What a list says of one field."""
    return (Evidence(method, value, sure),)


def described(fields: dict[str, Field], documents: int = 1) -> Any:
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


ROUNDED = 0.01  # what the rounding of a stored confidence can make of a small one
PLACE = {"file_code": "Z99.2024.HS1", "doc_ordinal": "3"}
SURE = st.integers(300, 990).map(lambda thousandths: thousandths / 1000)  # as fields are stored
RECORDS = st.dictionaries(st.sampled_from(NAMES), st.builds(read, VALUES, SURE))
NUMBERED = st.fixed_dictionaries({"code_number": st.builds(read, st.just("12"), SURE)})
NUMBERS = st.builds(Evidence, METHODS, st.sampled_from(["12", "13"]), SHARES)
GIVEN_NUMBER = st.fixed_dictionaries({"code_number": st.tuples(NUMBERS)})


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
    """No value that was read is replaced; each that is contradicted is told, and is a doubt."""
    weighed = reweigh(described(fields), said, BELOW)
    against = {n for n in said if n in fields and agree(n, fields[n].value, said[n][0].value) is False}
    assert set(weighed.contradicted if weighed else ()) == against
    if weighed is not None:
        after = weighed.record
        assert {name: after["fields"][name]["value"] for name in fields} == {
            name: field.value for name, field in fields.items()
        }
        assert {f"doubtful_{name}" for name in against} <= set(after["review"])


@given(RECORDS | NUMBERED, GIVEN | GIVEN_NUMBER, GIVEN | GIVEN_NUMBER)
def test_two_rounds_are_never_surer_than_both_in_time(
    fields: dict[str, Field], first: dict[str, Any], second: dict[str, Any]
) -> None:
    """Who hears a contradiction late, before or after an agreement, asks a person no less.

    What a source says twice counts once.
    """
    record: Any = described(fields)
    for said in (first, second):
        weighed = reweigh(record, said, BELOW)
        record = weighed.record if weighed else record
    for name, voices in together(first, second).items():
        once = {(said.method, said.value): said for said in reversed(voices)}.values()
        in_time, late = fuse(name, fields.get(name), once), record["fields"][name]
        assert in_time is not None
        if name != "file_code" and late["value"] == in_time.value:
            assert late["confidence"] <= in_time.confidence + ROUNDED
        if name in REQUIRED and in_time.confidence < BELOW:
            assert f"doubtful_{name}" in record["review"]


@given(RECORDS | NUMBERED, GIVEN | GIVEN_NUMBER, GIVEN | GIVEN_NUMBER)
def test_a_doubt_stays_while_anybody_contradicts(
    fields: dict[str, Field], first: dict[str, Any], second: dict[str, Any]
) -> None:
    """No later voice makes a value sure that another list contradicted."""
    record: Any = described(fields)
    for said in (first, second):
        before, weighed = record, reweigh(record, said, BELOW)
        record = weighed.record if weighed else record
        for name, field in record["fields"].items():
            others = [seen["value"] for seen in field["evidence"] if seen["method"] != Method.TEXT]
            if any(agree(name, field["value"], value) is False for value in others):
                old = before["fields"].get(name, {}).get("confidence", 0)
                assert field["confidence"] < BELOW or field["confidence"] <= old
                doubt = f"doubtful_{name}"
                assert doubt in record["review"] or doubt not in before["review"]


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


def after_both(name: str, field: Field, first: Any, second: Any) -> tuple[Reweighed, float]:
    """The record after a first and a second late voice on its field, and the field's confidence."""
    once = reweigh(described({name: field}), {name: first}, BELOW)
    assert once is not None
    twice = reweigh(once.record, {name: second}, BELOW)
    assert twice is not None
    return twice, twice.record["fields"][name]["confidence"]


@pytest.mark.parametrize("sure", [0.5, 0.7, 0.85])
def test_an_agreement_does_not_cancel_an_earlier_contradiction(sure: float) -> None:
    """The field becomes as sure as with both in time, and stays a doubt."""
    against, pro = said_late("16", Method.MANIFEST, 0.85), said_late("15")
    at_night = fuse("code_number", read("15", sure), against)
    assert at_night is not None
    weighed = reweigh(described({"code_number": at_night}), {"code_number": pro}, BELOW)
    in_time = fuse("code_number", read("15", sure), (*against, *pro))
    assert weighed is not None
    assert in_time is not None
    late = weighed.record["fields"]["code_number"]["confidence"]
    assert late == pytest.approx(in_time.confidence, abs=0.002)
    assert "doubtful_code_number" in weighed.record["review"]


def test_a_register_that_changes_its_mind_leaves_a_doubt() -> None:
    """The corrected line agrees with the paper; a person decides all the same."""
    weighed, sure = after_both("code_number", read("15", 0.95), said_late("51"), said_late("15"))
    assert sure < BELOW
    assert "doubtful_code_number" in weighed.record["review"]
    weighed, _ = after_both(
        "signer_name", read("Lê Văn An", 0.95), said_late("Bùi Thị Hoa"), said_late("Lê Văn An")
    )
    assert "doubtful_signer_name" in weighed.record["review"]


def test_every_doubt_that_may_be_raised_has_a_sentence() -> None:
    """The queue shows it to a person."""
    assert all(reason(f"doubtful_{name}").vi for name in CONTESTED)


def test_a_list_that_names_another_file_moves_no_record() -> None:
    """File and place stay as sure as they were, a person is asked; the other file's ordinal is not heard."""
    path = {name: Field(v, v, 0.8, said_late(v, Method.FILENAME, 0.8)) for name, v in PLACE.items()}
    said = {"file_code": said_late("Z99.2024.HS2", Method.MANIFEST), "doc_ordinal": said_late("7")}
    for fields in (path, {"file_code": path["file_code"]}):
        weighed = reweigh(described(fields), said, BELOW)
        assert weighed is not None
        assert weighed.contradicted == ("file_code",)
        assert {n: (f["value"], f["confidence"]) for n, f in weighed.record["fields"].items()} == {
            name: (field.value, 0.8) for name, field in fields.items()
        }
        assert "doubtful_file_code" in weighed.record["review"]
        assert reweigh(weighed.record, said, BELOW) is None


def test_another_ordinal_in_the_same_file_is_a_doubt() -> None:
    """The old one stays until a person changes it."""
    fields = {name: Field(v, v, 0.8, said_late(v, Method.FILENAME, 0.8)) for name, v in PLACE.items()}
    said = {"file_code": said_late(PLACE["file_code"], Method.MANIFEST), "doc_ordinal": said_late("7")}
    weighed = reweigh(described(fields), said, BELOW)
    assert weighed is not None
    assert weighed.record["fields"]["doc_ordinal"]["value"] == "3"
    assert weighed.record["fields"]["file_code"]["confidence"] == 0.85
    assert (weighed.contradicted, weighed.record["review"][-1]) == (("doc_ordinal",), "doubtful_doc_ordinal")


def test_the_agency_list_is_not_a_register() -> None:
    """What the agencies' list vouched for at the reading has a page; the clerk's line is still heard."""
    known = Evidence(Method.REGISTER, "Sở Nội vụ", 0.9, 1, Box(0, 0, 9, 9))
    seen = Field("Sở Nội vụ", "SỞ NỘI VỤ", 0.7, (*read("SỞ NỘI VỤ", 0.7).evidence, known))
    weighed = reweigh(described({"organ_name": seen}), {"organ_name": said_late("Sở Nội vụ")}, BELOW)
    assert weighed is not None
    assert weighed.record["fields"]["organ_name"]["confidence"] == 0.955
    assert "doubtful_organ_name" not in weighed.record["review"]


def test_a_value_that_only_lists_gave_keeps_its_form() -> None:
    """The number of the file name stays padded where a manifest says the same without a nought."""
    named = Field("05", "5", 0.6, said_late("5", Method.FILENAME, 0.6))
    said = {"code_number": said_late("5", Method.MANIFEST)}
    weighed = reweigh(described({"code_number": named}), said, BELOW)
    assert weighed is not None
    field = weighed.record["fields"]["code_number"]
    assert (field["value"], field["raw"], field["confidence"]) == ("05", "5", 0.85)


def test_a_contradicted_type_code_is_a_doubt_about_the_type() -> None:
    """``CV`` and ``CĐ`` differ although ``Công văn`` and ``Công điện`` look alike."""
    fields = {"type_name": read("Công văn", 0.96), "type_code": read("CV", 0.96)}
    given = {"type_name": said_late("Công điện"), "type_code": said_late("CĐ")}
    weighed = reweigh(described(fields), given, BELOW)
    assert weighed is not None
    assert weighed.contradicted == ("type_name",)
    assert "doubtful_type_name" in weighed.record["review"]
