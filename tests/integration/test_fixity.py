"""Fixity night by night: every record within the period, a bounded share each time; not checked is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from sohoa.adapters.clock import SystemClock
from sohoa.orchestration import jobs
from sohoa.settings import load_settings
from sohoa.usecases.checks.day_digests import digest_of_the_day
from sohoa.usecases.checks.fixity import REPORT, check_share
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.site import Site, stored_site

pytestmark = pytest.mark.slow
PERIOD = 7


class Later(SystemClock):
    """The clock so many days after the record that came last."""

    def __init__(self, services: Services, days: float) -> None:
        last = max(row.archived_at for row in services.records.records() if row.archived_at)
        self._now = last + timedelta(days=days)

    def now(self) -> datetime:
        return self._now


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return stored_site(tmp_path_factory.mktemp("stored"))


@pytest.fixture
def site(stored: Site, tmp_path: Path) -> Site:
    shutil.copytree(stored.home, tmp_path / "home", symlinks=True)
    return Site(tmp_path / "home", {"SOHOA_VERIFY__PERIOD_DAYS": str(PERIOD)})


@pytest.fixture
def opened(site: Site) -> Iterator[Services]:
    names = {name: value for name, value in site.environment.items() if name.startswith("SOHOA_")}
    with open_services(load_settings(names)) as services:
        yield services


def night(services: Services, day: float, most: int = 1000) -> tuple[int, list[str]]:
    """How many records were checked that day, and the kinds of the faults."""
    policy = replace(services.policy, verify_night_records=most)
    share = check_share(replace(services, clock=Later(services, day), policy=policy))
    return share.report.checked, [fault.kind for fault in share.report.faults]


def test_every_record_is_checked_within_the_period(opened: Services) -> None:
    """A share each night, none twice before all had their turn, and nothing overdue at its end."""
    count = sum(1 for _ in opened.records.records())
    assert count == PERIOD
    assert [night(opened, day) for day in range(PERIOD)] == [(1, [])] * PERIOD
    first = opened.fixity.due(1)
    assert night(opened, PERIOD - 0.5) == (1, [])
    assert opened.fixity.due(count)[-1] == first[0]


def test_what_was_not_checked_in_time_is_a_fault(opened: Services) -> None:
    """After nights without a check the bounded share leaves records overdue, and says how many."""
    assert night(opened, PERIOD + 1, most=2) == (2, ["not_checked"])
    assert night(opened, PERIOD + 2) == (PERIOD - 2, [])


def test_a_record_with_a_fault_is_checked_again_each_night(opened: Services, site: Site) -> None:
    """It stays red until it is mended, however many other records are due; the report names it."""
    faulty = opened.fixity.due(1)[0]
    text = next((site.home / "archive").glob(f"*/{faulty}/v1/text/body.txt"))
    kept = text.read_bytes()
    text.write_bytes(b"x")
    assert night(opened, 0) == (1, ["changed"])
    assert night(opened, 1) == (2, ["changed"])
    told = json.loads((site.home / "reports" / REPORT).read_bytes())
    assert (told["checked"], told["records"], told["faulty"]) == (2, PERIOD, 1)
    assert [faulty in fault["path"] for fault in told["faults"]] == [True]
    text.write_bytes(kept)
    assert night(opened, 2) == (2, [])


def test_a_record_that_a_digest_names_and_the_ledger_does_not_is_a_fault(opened: Services) -> None:
    """The newest digest is asked each night, too."""
    assert digest_of_the_day(opened)["made"]
    assert night(opened, 0) == (1, [])
    gone = next(opened.records.records())
    opened.records.save(replace(gone, version=0), Later(opened, 1).now())
    assert "missing_record" in night(opened, 1)[1]


def test_the_command_checks_what_is_due(site: Site) -> None:
    """Its answer is that of ``verify``; the next time the next records are checked."""
    assert site.json("verify", "--due") == {"checked": 1, "faults": []}
    assert "stands alone" in site.ask("verify", "--due", "--sample", "2")[2]


def test_the_tasks_tell_and_fail(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault is a line; without one the alert is skipped, with one the run fails and lists it."""
    for name, value in site.environment.items():
        monkeypatch.setenv(name, value)
    assert jobs.verify_share() == []
    with pytest.raises(AirflowSkipException):
        jobs.raise_alert([])
    jobs.judge([])
    shutil.rmtree(next((site.home / "archive" / "Z99.01").iterdir()))
    lines = jobs.verify_share()
    assert any("missing_record" in line for line in lines), lines
    assert jobs.raise_alert(lines) == len(lines)
    with pytest.raises(AirflowFailException, match="missing_record"):
        jobs.judge(lines)
