"""At 23:30 UTC it is half past six of the next day in Vietnam: papers of that day are not of the future."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from unittest import mock

import pytest

from sohoa.adapters.clock import SystemClock
from tests.support.scanmaker import as_born_digital, load_document
from tests.support.site import Site

pytestmark = pytest.mark.slow
KEY, ARCHIVIST = "Z99.02/sang-som/bao-cao.pdf", "Cán bộ lưu trữ mẫu"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """A home after a night at that hour over a report of the same day, and the report."""
    folder = tmp_path_factory.mktemp("early")
    paper = folder / "bao-cao.pdf"
    paper.write_bytes(as_born_digital(replace(load_document("bc_58_digital"), issued=date(2027, 1, 1))))
    site = Site(folder / "home")
    hour = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with mock.patch.object(SystemClock, "now", return_value=hour):
        site.run("init")
        site.run("ingest", paper, "--agency", "Z99.02", "--batch", "sang-som")
        site.run("nightly")
        yield site, paper


def test_the_night_and_a_single_reading_take_the_date(night: tuple[Site, Path]) -> None:
    """Today's date is read like any other."""
    site, paper = night
    record = site.json("where", KEY)[0]["record_id"]
    assert site.json("show", record)["fields"]["issued_date"]["value"] == "2027-01-01"
    assert site.json("read", paper)["fields"]["issued_date"]["value"] == "2027-01-01"


def test_a_person_may_give_today_and_not_tomorrow(night: tuple[Site, Path]) -> None:
    """A reviewer's date is refused only where it lies in Vietnam's future."""
    site, _ = night
    record = site.json("where", KEY)[0]["record_id"]
    site.run("review", "set", record, "issued_date=01/01/2027", "--as", ARCHIVIST)
    ended, _, error = site.ask("review", "set", record, "issued_date=02/01/2027", "--as", ARCHIVIST)
    assert (ended, "future" in error) == (2, True)
