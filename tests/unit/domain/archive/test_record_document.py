"""Records and words as JSON, and what is derived from a record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Page, Source
from sohoa.domain.archive.record_document import field_values, is_complete, issue_year, sheets_a4
from sohoa.domain.archive.records import record_id
from sohoa.domain.fields import REQUIRED


@pytest.mark.parametrize(
    ("width_mm", "height_mm", "sheets"),
    [
        (210, 297, 1),
        (148, 210, 1),
        (216, 300, 1),
        (230, 330, 2),
        (297, 420, 2),
        (420, 594, 4),
        (841, 1189, 16),
    ],
)
def test_pages_count_as_a4_sheets(width_mm: int, height_mm: int, sheets: int) -> None:
    """A4 counts 1, A3 2, A2 4, A0 16; more than a tenth larger counts as the next size."""
    assert (
        sheets_a4(Page(1, round(width_mm / 25.4 * 200), round(height_mm / 25.4 * 200), 200, Source.OCR))
        == sheets
    )


def test_a_record_is_complete_with_all_required_fields() -> None:
    """One missing required field makes it incomplete; the code joins number and notation."""
    fields = {name: {"value": "x"} for name in REQUIRED} | {"issued_date": {"value": "2024-03-05"}}
    record: Any = {"fields": fields}
    lacking: Any = {"fields": {name: v for name, v in fields.items() if name != "subject"}}
    empty: Any = {"fields": {}}
    assert is_complete(record)
    assert issue_year(record) == 2024
    assert field_values(record)["code"] == "x/x"
    assert not is_complete(lacking)
    assert issue_year(empty) is None


@given(st.text(), st.text())
def test_record_ids_are_stable_and_opaque(agency: str, part: str) -> None:
    """The same agency, bytes and part give the same 26 characters; another agency gives others."""
    one = record_id(agency, "ab" * 32, part)
    assert one == record_id(agency, "ab" * 32, part)
    assert len(one) == 26
    assert one.islower()
    assert one != record_id(agency + "x", "ab" * 32, part)
