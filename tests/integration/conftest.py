"""A home in which a night has run over the samples, for the tests of the review."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.support.review import PEOPLE, site_in
from tests.support.site import ROOT, Site


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the configuration, and a home in which the night has run over the samples."""
    folder = tmp_path_factory.mktemp("review")
    shutil.copytree(ROOT / "config", folder / "config")
    (folder / "config" / "people.yaml").write_text(
        yaml.safe_dump({"people": PEOPLE}, allow_unicode=True), encoding="utf-8"
    )
    made = site_in(folder)
    made.ingest_samples()
    made.run("nightly")
    return folder


@pytest.fixture
def site(night: Path, tmp_path: Path) -> Site:
    """The home after the night, a copy for one test."""
    shutil.copytree(night, tmp_path / "site", symlinks=True)
    return site_in(tmp_path / "site")
