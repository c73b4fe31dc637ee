"""The table of fields is complete: what a row leaves out is noticed here, not in the archive."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from sohoa.domain.evidence.document_columns import document_values
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


# Functions that take a field's name, and where among their arguments.
_NAMED_AT = {
    **dict.fromkeys(("label", "missing", "doubtful", "comparable", "agree", "fuse"), 0),
    **dict.fromkeys(("_put", "_code_field"), 1),
    "_same": 2,
}
_HOLDERS = ("fields", "given", "values")


def _named_fields(tree: ast.AST) -> Iterator[str]:
    """Field names that code writes out: looked up, made with a ``Field``, or handed to a function."""
    for node in ast.walk(tree):
        found: list[ast.expr | None] = []
        if isinstance(node, ast.Subscript) and _is_holder(node.value):
            found = [node.slice]
        elif isinstance(node, ast.Call):
            place = _NAMED_AT.get(_last_name(node.func))
            found = list(node.args[place : place + 1]) if place is not None else []
            if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop", "setdefault"):
                found = list(node.args[:1]) if _is_holder(node.func.value) else []
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found = [
                key
                for key, value in pairs
                if isinstance(value, ast.Call) and _last_name(value.func) == "Field"
            ]
        yield from (
            each.value for each in found if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_holder(node: ast.AST) -> bool:
    """Whether it holds fields by name: ``fields``, ``record["fields"]``, ``entry.values``."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value == "fields"
    return _last_name(node) in _HOLDERS


def test_the_code_names_no_field_that_is_not_in_the_table() -> None:
    """Fields that the program looks up by name are rows: a slip of the pen finds nothing for ever."""
    used = {
        name: path.name
        for room in ("answers", "domain", "usecases")
        for path in (ROOT / "sohoa" / room).rglob("*.py")
        for name in _named_fields(ast.parse(path.read_text("utf-8")))
        if path.parent.name not in {"dossiers", "packages"}
    }
    assert len(used) > 20
    assert {name: place for name, place in used.items() if name not in FIELDS} == {}


def test_every_field_has_a_source() -> None:
    """A row that no rule reads off the page, no list gives and no person may set is a dead row."""
    extract = "".join(path.read_text("utf-8") for path in (ROOT / "sohoa" / "domain").rglob("*.py"))
    for name, spec in FIELDS.items():
        assert spec.lists or spec.settable or extract.count(f'"{name}"') > 1, name


def test_an_import_reads_every_column_that_its_headings_name() -> None:
    """A column of a field that is recognised is taken, whatever the kind: none is dropped without a word."""
    written = {Kind.DAY: "31/12/2024", Kind.COUNT: "7", Kind.NUMBER: "12", Kind.NOTATION: "QĐ-UBND"}
    for source in ListKind:
        cells = {name: written.get(FIELDS[name].kind, "chữ") for name in headings(source) if name != "code"}
        values, faults = document_values(cells, source)
        assert (set(values), faults) == (set(cells), ())
