"""The words that agencies' names are told by: no list may be missing, empty or without source."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from sohoa import wiring
from sohoa.domain.errors import Misconfigured
from sohoa.domain.extract.agency_words import load_agency_words
from tests.support.agency_words import AGENCY_WORDS, PATH
from tests.support.site import SAMPLES, Site

_DATA: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
_LISTS = [name for name, value in _DATA.items() if isinstance(value, list)]


@pytest.mark.parametrize("section", _LISTS)
@pytest.mark.parametrize(
    "entry", [None, {}, {"words": []}, {"words": [1]}, {"words": ["Sở"], "source": "nobody"}]
)
def test_a_damaged_list_is_refused(section: str, entry: Any) -> None:
    """What is missing or wrong is named."""
    data = copy.deepcopy(_DATA)
    data[section] = [] if entry is None else [*data[section], entry]
    with pytest.raises(Misconfigured, match=section):
        load_agency_words(data)


def test_a_rank_is_a_number() -> None:
    """A rank that is a word decides nothing."""
    data = copy.deepcopy(_DATA)
    data["kinds"][0]["rank"] = "high"
    with pytest.raises(Misconfigured, match=r"kinds\[1\]"):
        load_agency_words(data)


@pytest.mark.parametrize(
    ("line", "begins", "goes_on"),
    [
        ("so noi vu", True, False),
        ("truong", True, True),
        ("hoi dong thi dua khen thuong", True, True),
        ("doan dai bieu quoc hoi va", True, True),
        ("uy ban nhan dan tinh song lam", True, False),
        ("phong van", True, False),
        ("song lam", False, False),
    ],
)
def test_words_tell_where_names_begin_and_go_on(line: str, begins: bool, goes_on: bool) -> None:
    """Kinds of bodies begin a name; what only names a kind goes on in the next line."""
    assert bool(AGENCY_WORDS.start.match(line)) == begins
    assert bool(AGENCY_WORDS.incomplete.search(line)) == goes_on


def test_nothing_is_read_without_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file ends a command with exit code 2: names are not read worse without a word."""
    site = Site(tmp_path / "home")
    monkeypatch.setattr(wiring, "AGENCY_WORDS", tmp_path / "absent.yaml")
    sample = next(path for path in sorted(SAMPLES.rglob("*")) if path.suffix == ".pdf")
    code, _, told = site.ask("read", sample)
    assert (code, "absent.yaml" in told) == (2, True)
