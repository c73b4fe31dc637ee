"""The table of fields is complete: what a row leaves out is noticed here, not in the archive."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sohoa.domain.fields import (
    CONTESTED,
    FIELDS,
    REQUIRED,
    FieldSpec,
    Kind,
    ListKind,
    doubtful,
    field_of,
    headings,
    is_missing,
    missing,
)
from sohoa.domain.reasons import REASONS
from sohoa.domain.review.typed_values import _PARSERS
from tests.support.marks import MARKS
from tests.support.site import ROOT


@pytest.mark.parametrize("spec", FIELDS.values(), ids=FIELDS)
def test_each_field_has_all_that_its_row_promises(spec: FieldSpec) -> None:
    """A label, a parser, sentences where it can be missing or doubted, columns where lists name it."""
    assert re.fullmatch(r"[a-z][a-z_]+[a-z]", spec.name)
    assert spec.label[0].isupper()
    assert spec.kind in _PARSERS
    assert spec.kind is not Kind.MARK or len(MARKS.choices(spec.name)) > 1
    assert not spec.required or (spec.missing and spec.doubtful)
    assert bool(spec.lists) == bool(spec.headings)
    assert not spec.shortened or spec.alike


def test_every_doubt_about_a_field_is_a_reason_in_both_languages() -> None:
    """Codes and fields lead to each other, and no reason is about a field that does not exist."""
    for name in REQUIRED:
        assert REASONS[missing(name)].vi
        assert is_missing(missing(name))
        assert field_of(missing(name)) == name
    for name in CONTESTED:
        assert REASONS[doubtful(name)].en
        assert not is_missing(doubtful(name))
        assert field_of(doubtful(name)) == name
    assert {field_of(code) for code in REASONS} - {""} <= FIELDS.keys()


@pytest.mark.parametrize("source", ListKind)
def test_no_column_heading_means_two_fields(source: ListKind) -> None:
    """A heading is written once among the fields of a kind of list."""
    written = Counter(text.casefold() for texts in headings(source).values() for text in texts)
    assert [text for text, times in written.items() if times > 1] == []


def test_labels_are_told_apart() -> None:
    """Two fields never bear the same name before people."""
    assert len({spec.label for spec in FIELDS.values()}) == len(FIELDS)


def test_the_code_names_no_field_that_is_not_in_the_table() -> None:
    """Fields that the program looks up by name are rows: a slip of the pen finds nothing for ever."""
    looked_up = re.compile(r"""\bfields(?:\.get\(|\[)"([a-z_]+)\"""")
    used = {
        name for path in (ROOT / "sohoa").rglob("*.py") for name in looked_up.findall(path.read_text("utf-8"))
    }
    assert len(used) > 8
    assert used <= FIELDS.keys()
