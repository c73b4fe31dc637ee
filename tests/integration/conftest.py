"""A home in which a night has run over the samples, for the tests of the review."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from sohoa.settings import load_settings
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.nights import SampleNight, sample_night
from tests.support.portal import people
from tests.support.site import Site

__all__ = ["sample_night"]


@pytest.fixture
def site(sample_night: SampleNight, tmp_path: Path) -> Site:
    """The home after the night, a copy for one test."""
    return sample_night.copied_to(tmp_path / "site").site


@pytest.fixture(scope="module")
def night(sample_night: SampleNight, tmp_path_factory: pytest.TempPathFactory) -> SampleNight:
    """The home after the night, a copy for the tests of one file."""
    return sample_night.copied_to(tmp_path_factory.mktemp("module") / "night")


@pytest.fixture(scope="module")
def services(night: SampleNight) -> Iterator[Services]:
    """All that is open over that copy."""
    with mock.patch.dict("os.environ", night.site.environment, clear=True):
        settings = load_settings()
    with open_services(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def inhabitants(services: Services) -> None:
    """One person of each role who signs in to the portal over that copy; ``usefixtures`` makes them first."""
    people(services, "Z99.01", "Z99.02")
