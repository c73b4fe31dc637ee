"""Calibration as data: every probability is there, none is unknown, none is out of range."""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from ocr.read_page import ReadOptions
from sohoa.domain.errors import Misconfigured
from sohoa.domain.extract import describe
from sohoa.domain.extract.calibration import load_calibration
from tests.support.calibration import CALIBRATION, PATH

_DATA: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))


def test_values_are_read_by_name() -> None:
    """A probability is an attribute of its group; a curve holds a probability for each measured value."""
    assert CALIBRATION.arrival.usual == _DATA["arrival"]["usual"]["value"]
    assert CALIBRATION.dates.days_to_signature[0] == _DATA["dates"]["days_to_signature"]["value"][0]


def _weighed(node: ast.AST) -> list[ast.expr]:
    """What makes a confidence: arguments of evidence and fields, and what a share is multiplied with."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Evidence", "Field", "Sign", "clip"):
        return list(node.args)
    return [node.value] if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Mult) else []


def test_no_rule_has_a_probability_of_its_own() -> None:
    """In extraction no number between 0 and 1 goes into a confidence."""
    strays = [
        f"{path.name}:{number.lineno} {number.value!r}"
        for path in Path(describe.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for made in _weighed(node)
        for number in ast.walk(made)
        if isinstance(number, ast.Constant) and isinstance(number.value, float) and 0 < number.value < 1
    ]
    assert strays == []


def test_what_nobody_measured_says_so() -> None:
    """A value is judged, measured on no case, or it names what it was measured on."""
    entries = [entry for name, group in _DATA.items() if name != "version" for entry in group.values()]
    assert all((entry["source"] == "judged") <= (entry["n"] == 0) for entry in entries)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("arrivals",), {}, "unknown arrivals"),
        (("arrival",), None, "lacks arrival"),
        (("arrival",), [1], "arrival must hold entries"),
        (("arrival", "odd"), {"value": 0.5, "n": 0, "source": "judged"}, "arrival: unknown odd"),
        (("arrival", "usual"), None, "arrival: lacks usual"),
        (("arrival", "usual"), 0.6, "usual must have exactly value, n and source"),
        (("arrival", "usual", "sample"), 4, "usual must have exactly value, n and source"),
        (("arrival", "usual", "value"), 1.2, "usual: 1.2 is no probability"),
        (("arrival", "usual", "value"), 0, "usual: 0 is no probability"),
        (("arrival", "usual", "value"), "0.6", "usual: '0.6' is no probability"),
        (("arrival", "usual", "value"), True, "usual: True is no probability"),
        (("arrival", "usual", "n"), -1, "usual: n is a count"),
        (("arrival", "usual", "source"), "", "source says where"),
        (("dates", "days_to_signature", "value"), 0.5, "a curve needs two or more numbers"),
        (("dates", "days_to_signature", "value"), {0: 0.5}, "a curve needs two or more numbers"),
        (("dates", "days_to_signature", "value"), {0: 0.5, 1: 7}, "days_to_signature: 7 is no probability"),
    ],
)
def test_a_faulty_entry_is_named(path: tuple[str, ...], value: Any, fault: str) -> None:
    """A group, key or value that lacks, is unknown or makes no sense is found when the file is loaded."""
    data = copy.deepcopy(_DATA)
    *above, last = path
    place = data
    for name in above:
        place = place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    with pytest.raises(Misconfigured, match=fault):
        load_calibration(data)


def test_the_trust_in_words_is_the_default_of_reading() -> None:
    """Pages that are read without a calibration are read with the delivered one: neither can drift."""
    assert CALIBRATION.words == ReadOptions().words
