"""A home in which a night has run over the samples, for the tests of the review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.nights import SampleNight, sample_night
from tests.support.site import Site

__all__ = ["sample_night"]


@pytest.fixture
def site(sample_night: SampleNight, tmp_path: Path) -> Site:
    """The home after the night, a copy for one test."""
    return sample_night.copied_to(tmp_path / "site").site
