"""Headings are in the language of whoever reads them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sohoa.cli
from sohoa.cli.headings import Heading, Language, field_heading, language
from sohoa.domain.errors import Misconfigured


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN", "LC_MESSAGES": "C"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": ""}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "SOHOA_LANG": "en"}, "en"),
        ({"LANG": "C", "SOHOA_LANG": "vi"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "SOHOA_LANG": ""}, "vi"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(
    environment: dict[str, str], chosen: str
) -> None:
    """SOHOA_LANG goes first, then LC_ALL, LC_MESSAGES, LANG; all but Vietnamese is English."""
    assert language(environment) == chosen


def test_another_language_is_refused() -> None:
    """The sentence names the variable and what it may be."""
    with pytest.raises(Misconfigured, match="SOHOA_LANG must be vi or en, not 'fr'"):
        language({"SOHOA_LANG": "fr"})


@pytest.mark.parametrize("heading", Heading)
def test_every_heading_has_a_word_in_each_language(heading: Heading, monkeypatch: pytest.MonkeyPatch) -> None:
    """No heading is left empty, and each shows the word of the language in force."""
    words = []
    for chosen in Language:
        monkeypatch.setenv("SOHOA_LANG", chosen)
        words.append(str(heading))
    assert all(words)
    assert tuple(words) == heading.value


def test_fields_over_columns_are_named_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A label for archivists, the identifier in English."""
    monkeypatch.setenv("SOHOA_LANG", "vi")
    assert field_heading("subject") == "Trích yếu"
    monkeypatch.setenv("SOHOA_LANG", "en")
    assert field_heading("subject") == "subject"


@pytest.mark.parametrize("path", sorted(Path(sohoa.cli.__path__[0]).glob("*.py")), ids=lambda path: path.name)
def test_no_table_has_a_heading_of_its_own(path: Path) -> None:
    """Words over columns come from the catalogue alone."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    tables = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print_table"]
    literals = [
        node.value for call in tables for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)
    ]
    assert [word for word in literals if word not in ("", "?")] == []
