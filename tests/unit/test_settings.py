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


def test_a_secret_stands_in_a_variable_or_in_a_file(tmp_path: Path) -> None:
    """The file's content without the final newline; it wins over nothing, and is never shown."""
    secret = tmp_path / "key"
    secret.write_text("from-a-file\n", encoding="utf-8")
    environment = written(tmp_path, "") | {
        "SOHOA_STORE__KIND": "s3",
        "SOHOA_STORE__ENDPOINT": "https://s3.example",
        "SOHOA_STORE__ACCESS_KEY": "from-a-variable",
        "SOHOA_STORE__SECRET_KEY_FILE": str(secret),
    }
    loaded = load_settings(environment)
    assert loaded.store.secret("access_key") == "from-a-variable"
    assert loaded.store.secret("secret_key") == "from-a-file"
    assert "from-a" not in str(loaded.shown()) + repr(loaded)
    assert load_settings(environment | {"SOHOA_STORE__SECRET_KEY_FILE": ""}).store.secret("secret_key") == ""
    secret.unlink()
    with pytest.raises(Misconfigured, match="secret_key_file"):
        loaded.store.secret("secret_key")


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SOHOA_STORE__KIND": "s3"}, "endpoint"),
        ({"SOHOA_STORE__ENDPOINT": "https://s3.example"}, "kind s3"),
        ({"SOHOA_LEDGER__KIND": "postgresql"}, "url"),
        ({"SOHOA_LEDGER__KIND": "postgresql", "SOHOA_LEDGER__URL": "sqlite:///x"}, "url"),
        ({"SOHOA_INDEX__KIND": "elasticsearch"}, "url"),
        ({"SOHOA_INDEX__URL": "https://es.example"}, "kind elasticsearch"),
        ({"SOHOA_INDEX__NAME": "Records*"}, "index.name"),
    ],
)
def test_half_a_server_is_a_mistake(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    """A kind without its address, or an address without its kind, stops the start."""
    with pytest.raises(Misconfigured, match=named):
        load_settings(written(tmp_path, "") | variables)
