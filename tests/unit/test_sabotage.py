"""The list of sabotages fits the code: what ``bench.sabotage`` replaces is there."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LISTED = yaml.safe_load((ROOT / "bench" / "sabotage.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("each", LISTED, ids=lambda each: each["name"])
def test_its_passage_stands_in_the_file_once(each: dict[str, str]) -> None:
    """A passage that was rewritten is rewritten in ``bench/sabotage.yaml``, too; its tests exist."""
    assert (ROOT / each["file"]).read_text(encoding="utf-8").count(each["old"]) == 1
    assert each["new"] != each["old"]
    places = [ROOT / word for word in shlex.split(each["tests"]) if word.startswith("tests/")]
    assert places
    assert all(place.exists() for place in places)
