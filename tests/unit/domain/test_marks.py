"""The wordings of stamps are complete or they are refused: nobody screens with a list that has holes."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ocr.page import MarkKind
from ocr.stamps import wordings
from ocr.vietnamese.folding import letters
from sohoa import wiring
from sohoa.domain.errors import Misconfigured
from sohoa.domain.marks import Marks, load_marks
from tests.support.marks import MARKS, PATH
from tests.support.site import SAMPLES, Site

_DATA = yaml.safe_load(PATH.read_text("utf-8"))


def _broken(section: str, place: int | None, **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(_DATA)
    if place is None:
        data[section] = changes["to"]
    else:
        data[section][place] |= changes
    return data


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({}, "not_secrecy"),
        ({**_DATA, "secrecy": []}, "secrecy"),
        ({key: value for key, value in _DATA.items() if key != "secrecy"}, "secrecy"),
        ({**_DATA, "secrecy": _DATA["secrecy"][1:]}, "tuyetmat"),
        ({**_DATA, "secrecy": _DATA["secrecy"][:-3]}, "declassified_mark"),
        ({**_DATA, "secrecy": [*_DATA["secrecy"], "MẬT"]}, rf"secrecy\[{len(_DATA['secrecy']) + 1}\]"),
        ({**_DATA, "other": [*_DATA["other"], {"wording": "MẬT", "source": "usage"}]}, "harmless"),
        ({**_DATA, "not_secrecy": ["mat"]}, "harmless"),
        (_broken("secrecy", 0, wording=""), r"secrecy\[1\]"),
        (_broken("secrecy", 0, slips="2"), "TUYỆT MẬT"),
        (_broken("secrecy", 0, slips=-1), "TUYỆT MẬT"),
        (_broken("secrecy", 0, reason="stamp"), "TUYỆT MẬT"),
        (_broken("secrecy", 0, source="nobody"), "nobody"),
        (_broken("urgency", 0, value=None), r"urgency\[1\]"),
        (_broken("copy_form", None, to=[]), "copy_form"),
    ],
)
def test_a_damaged_list_is_refused(data: dict[str, Any], named: str) -> None:
    """What is missing or wrong is named, and there are no marks to screen with."""
    with pytest.raises(Misconfigured, match=named):
        load_marks(data)


def test_no_marks_can_be_made_without_the_levels_of_secrecy() -> None:
    """An empty list is no value: whoever screens has all levels."""
    with pytest.raises(ValueError, match="mat"):
        Marks((), MARKS.values, MARKS.other, MARKS.not_secrecy)


@pytest.mark.parametrize("text", [None, "", "secrecy: [", PATH.read_text("utf-8")[:2500]])
def test_nothing_is_read_where_the_file_is_missing_or_damaged(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command that reads ends with exit code 2 and names the list."""
    damaged = tmp_path / "marks.yaml"
    if text is not None:
        damaged.write_text(text, "utf-8")
    site = Site(tmp_path / "home")
    site.run("init")
    monkeypatch.setattr(wiring, "MARKS", damaged)
    sample = next(path for path in sorted(SAMPLES.rglob("*")) if path.suffix == ".pdf")
    for arguments in (("read", sample), ("nightly",)):
        code, _, said = site.ask(*arguments)
        assert (code, "marks" in said) == (2, True), said


def test_stamps_are_told_by_wordings_that_screening_knows() -> None:
    """What is recognised as a stamp of secrecy is a secrecy wording, and as one of urgency a value."""
    known = {
        MarkKind.SECRECY: {each.letters for each in MARKS.secrecy},
        MarkKind.URGENCY: MARKS.values["urgency"],
    }
    assert len(wordings.known_wordings()) >= 10
    for kind, wording in wordings.known_wordings():
        assert letters(wording) in known[kind]


def test_every_source_says_where_and_since_when() -> None:
    """A wording has its legal article and validity, or says that it is only usage."""
    for name, source in _DATA["sources"].items():
        assert source["title"]
        assert isinstance(source["valid_from"], date) or name == "usage"
        assert source["valid_to"] is None or source["valid_to"] > source["valid_from"]
