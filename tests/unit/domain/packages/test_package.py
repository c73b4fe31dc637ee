"""What a hồ sơ must have before it is packed, and the identity of its package."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.versions import FileEntry
from sohoa.domain.packages.elements import DOCUMENT, DOSSIER, Element, Fault
from sohoa.domain.packages.package import SIGNATURE, PackedDocument, faults_of, identity_of

WHOLE = {element.name: "1" for element in DOSSIER}
DOCUMENT_WHOLE = {element.name: "1" for element in DOCUMENT}


def packed(values: dict[str, str], *, is_signed: bool = True) -> PackedDocument:
    entry = FileEntry(1, "0" * 64)
    return PackedDocument("Z99.01", "abc", values, "v1/archive.pdf", entry, "", {}, is_signed)


def test_a_whole_description_with_signed_copies_lacks_nothing() -> None:
    assert faults_of(WHOLE, [packed(DOCUMENT_WHOLE)]) == ()


def test_a_copy_that_waits_for_its_signature_is_not_packed() -> None:
    """The circular's packages hold signed copies."""
    assert faults_of(WHOLE, [packed(DOCUMENT_WHOLE, is_signed=False)]) == (Fault(SIGNATURE, 0, 0, "abc"),)


@given(st.sampled_from(DOSSIER), st.integers(1, 50))
def test_an_element_that_is_too_long_is_named_with_limit_and_length(element: Element, more: int) -> None:
    name, limit = element.name, element.limit
    assert faults_of({**WHOLE, name: "x" * (limit + more)}, []) == (Fault(name, limit, limit + more),)


@given(st.sampled_from([element for element in DOCUMENT if element.required]))
def test_a_required_element_that_is_missing_is_named_with_its_record(element: Element) -> None:
    name = element.name
    values = {key: value for key, value in DOCUMENT_WHOLE.items() if key != name}
    (fault,) = faults_of(WHOLE, [packed(values)])
    assert (fault.element, fault.length, fault.where) == (name, 0, "abc")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_the_identity_is_a_uuid_that_follows_from_the_contents(code: str, manifests: list[str]) -> None:
    """The same contents have the same one, another record or description another."""
    made = identity_of("Z99.01", code, manifests, [WHOLE])
    assert str(uuid.UUID(made)).upper() == made
    assert uuid.UUID(made).version == 8
    assert made == identity_of("Z99.01", code, manifests, [dict(reversed(WHOLE.items()))])
    assert made != identity_of("Z99.01", code, [*manifests, "0"], [WHOLE])
    assert made != identity_of("Z99.01", code, manifests, [{**WHOLE, "title": "2"}])
