"""What the command line says after a refusal."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator

import pytest

from sohoa.cli.next_steps import _NEXT, after_refusal
from sohoa.domain.errors import NotAllowed, NotFound
from tests.support.site import ROOT

_REFUSALS = ("NotFound", "NotAllowed", "InvalidRequest", "Conflict")


def refusals() -> Iterator[tuple[str, frozenset[str]]]:
    """Code and names of the details of every refusal that the program makes."""
    for path in (ROOT / "sohoa").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _REFUSALS:
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{node.lineno}"
                yield str(code.value), frozenset(word.arg for word in node.keywords if word.arg)


def test_each_step_belongs_to_a_refusal_that_gives_its_details() -> None:
    """No step is for a code that nobody raises, and none lacks a word when it is told."""
    made = list(refusals())
    assert set(_NEXT) <= {code for code, _ in made}
    for code, details in made:
        wanted = {name for _, name, _, _ in string.Formatter().parse(_NEXT.get(code, "")) if name}
        assert wanted <= details, code


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (NotFound("record", "there is no record 'x'"), "`sohoa search`"),
        (NotAllowed("anonymous", "by name", role="archivist"), "roles: [archivist]}"),
        (NotFound("usage", "all is said"), ""),
    ],
)
def test_a_step_is_told_with_its_details(error: NotFound, step: str) -> None:
    """The sentence names what was meant; an error that says all has none."""
    assert step in after_refusal(error)
    assert bool(after_refusal(error)) == bool(step)
