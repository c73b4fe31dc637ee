"""The night over the samples, run once for all tests of a run, and copies of what it left."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.support.review import PEOPLE
from tests.support.site import ROOT, Site

_DONE = "done"


@dataclass(frozen=True)
class SampleNight:
    """A folder with a configuration, the home after the night, its report and its temporary folder."""

    folder: Path

    @property
    def site(self) -> Site:
        """The home, used through the command line."""
        config = self.folder / "config" / "sohoa.yaml"
        return Site(self.folder / "home", {"SOHOA_CONFIG": str(config), "TMPDIR": str(self.scratch)})

    @property
    def scratch(self) -> Path:
        """Where the night put its temporary files."""
        return self.folder / "scratch"

    @property
    def report(self) -> Path:
        """What ``nightly --json`` printed."""
        return self.folder / "night.json"

    def copied_to(self, folder: Path) -> SampleNight:
        """A copy that a test may change; the folder must not exist."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return SampleNight(folder)


def shared_night(base: Path) -> SampleNight:
    """The night below that folder, run by whichever process of this test run comes first; only to be read."""
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    night = SampleNight(run / "sample-night")
    with (run / "sample-night.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (night.folder / _DONE).exists():
            shutil.rmtree(night.folder, ignore_errors=True)
            _run(night)
            (night.folder / _DONE).touch()
    return night


def _run(night: SampleNight) -> None:
    """Two worker processes, as on a machine of two cores."""
    night.scratch.mkdir(parents=True)
    shutil.copytree(ROOT / "config", night.folder / "config")
    people = yaml.safe_dump({"people": PEOPLE}, allow_unicode=True)
    (night.folder / "config" / "people.yaml").write_text(people, encoding="utf-8")
    site = Site(night.site.home, {**night.site.extra, "SOHOA_OCR__WORKERS": "2"})
    site.ingest_samples()
    night.report.write_text(site.run("nightly", "--json"), encoding="utf-8")


@pytest.fixture(scope="session")
def sample_night(tmp_path_factory: pytest.TempPathFactory) -> SampleNight:
    """The night over the samples; a test that changes anything takes a copy."""
    return shared_night(tmp_path_factory.getbasetemp())
