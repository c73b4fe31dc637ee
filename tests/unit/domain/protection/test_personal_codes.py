"""The codes of provinces and of telephones: no list may be missing, empty or without source."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from sohoa import wiring
from sohoa.domain.errors import Misconfigured
from sohoa.domain.protection.personal_codes import PersonalCodes, load_personal_codes
from tests.support.personal_codes import CODES, PATH
from tests.support.site import Site

_DATA: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))


@pytest.mark.parametrize("section", ["provinces", "mobile", "land"])
@pytest.mark.parametrize("codes", [None, [], ["1"], [1], ["84"], ["0x1"]])
def test_a_damaged_list_is_refused(section: str, codes: Any) -> None:
    """What is missing or wrong is named."""
    data = copy.deepcopy(_DATA)
    data[section] = [] if codes is None else [{"source": "tt22", "codes": codes}]
    with pytest.raises(Misconfigured, match=section):
        load_personal_codes(data)
    with pytest.raises(Misconfigured, match="source"):
        load_personal_codes({**_DATA, section: [{"source": "nobody", "codes": ["001"]}]})


def test_no_codes_can_be_made_with_an_empty_list() -> None:
    """Nothing is masked by half."""
    with pytest.raises(ValueError, match="needed"):
        PersonalCodes((), CODES.mobile, CODES.land)


def test_every_code_stands_once() -> None:
    """63 provinces; no prefix of a telephone begins another one."""
    assert len(CODES.provinces) == len(set(CODES.provinces)) == 63
    prefixes = (*CODES.mobile, *CODES.land)
    assert not [a for a in prefixes for b in prefixes if a != b and a.startswith(b)]
    assert len(set(prefixes)) == len(prefixes)


def test_nothing_is_shown_without_the_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file ends a command with exit code 2: no text goes out that is masked by half."""
    site = Site(tmp_path / "home")
    site.run("init")
    monkeypatch.setattr(wiring, "PERSONAL_CODES", tmp_path / "absent.yaml")
    code, _, told = site.ask("search", "quyết định")
    assert (code, "absent.yaml" in told) == (2, True)
