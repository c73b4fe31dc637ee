"""Settings: defaults, variables, and mistakes that are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sohoa.domain.errors import Misconfigured
from sohoa.settings import load_settings

ROOT = Path(__file__).parents[2]


def written(folder: Path, text: str) -> dict[str, str]:
    (folder / "config").mkdir()
    (folder / "config" / "sohoa.yaml").write_text(text, encoding="utf-8")
    return {"SOHOA_CONFIG": str(folder / "config" / "sohoa.yaml")}


def test_the_shipped_configuration_is_the_default() -> None:
    """Every value of config/sohoa.yaml equals the default in code, so that neither can drift."""
    shipped, default = load_settings({}), load_settings({})
    assert shipped.home == ROOT / "var"
    assert default.ocr == type(default.ocr)()
    assert default.intake == type(default.intake)()
    assert default.nightly == type(default.nightly)()
    assert default.seal == type(default.seal)()


def test_the_home_lies_beside_the_configuration_in_use(tmp_path: Path) -> None:
    """Never relative to the working folder; SOHOA_HOME names another, absolute one."""
    environment = written(tmp_path, "")
    assert load_settings(environment).home == tmp_path / "var"
    assert load_settings(environment | {"SOHOA_HOME": "/srv/x"}).home == Path("/srv/x")
    with pytest.raises(Misconfigured, match="absolute"):
        load_settings(environment | {"SOHOA_HOME": "relative"})


def test_variables_override_the_file(tmp_path: Path) -> None:
    """SOHOA_OCR__WORKERS sets ocr.workers."""
    environment = written(tmp_path, "ocr: {workers: 2}")
    assert load_settings(environment | {"SOHOA_OCR__WORKERS": "3"}).ocr.workers == 3


@pytest.mark.parametrize(
    ("text", "variables", "named"),
    [
        ("ocr: {wrokers: 2}", {}, "ocr.wrokers"),
        ("orc: {}", {}, "orc"),
        ("", {"SOHOA_OCR__WROKERS": "2"}, "ocr.wrokers"),
        ("", {"SOHOA_WORKERS": "2"}, "SOHOA_WORKERS"),
        ("ocr: {workers: many}", {}, "ocr.workers"),
        ("- list", {}, "sections"),
        ("a: [", {}, "cannot be read"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, variables: dict[str, str], named: str) -> None:
    """Unknown keys and wrong values stop the start with their name."""
    with pytest.raises(Misconfigured, match=named):
        load_settings(written(tmp_path, text) | variables)


def test_a_missing_file_says_what_to_set() -> None:
    """The message names SOHOA_CONFIG."""
    with pytest.raises(Misconfigured, match="SOHOA_CONFIG"):
        load_settings({"SOHOA_CONFIG": "/nowhere/sohoa.yaml"})
