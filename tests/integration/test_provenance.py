"""What a record says of the values that it was made by."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from unittest import mock

from sohoa.settings import load_settings
from sohoa.wiring import init_home, open_services
from tests.support.site import ROOT


def hash_of_settings(folder: Path) -> str:
    """The digest that a night's events would bear with this configuration."""
    found = {"SOHOA_CONFIG": str(folder / "sohoa.yaml"), "SOHOA_HOME": str(folder.parent / "home")}
    with mock.patch.dict(os.environ, found):
        init_home(load_settings())
        with open_services(load_settings()) as opened:
            return opened.policy.settings_sha256


def test_other_trust_in_readings_is_told_by_the_digest_of_the_settings(tmp_path: Path) -> None:
    """A site that changes a probability gets another digest; the same configuration gets the same."""
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    before = hash_of_settings(config)
    assert hash_of_settings(config) == before
    calibration = config / "calibration.yaml"
    calibration.write_text(calibration.read_text("utf-8") + "# other\n", encoding="utf-8")
    assert hash_of_settings(config) != before
