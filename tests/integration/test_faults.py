"""Killed, doubled, full, unwritable: the archive ends in the same state, with one clear sentence."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.site import SAMPLES, Site, sample_files, truth_of

pytestmark = pytest.mark.slow


def some_samples() -> list[Path]:
    """A few quick samples: an archived one, a duplicate pair, rejected ones."""
    wanted = {"archived": 2, "rejected": 2, "duplicate": 1}
    chosen = []
    for sample in sample_files():
        state = truth_of(sample)["state"]
        if wanted.get(state, 0) > 0:
            wanted[state] -= 1
            chosen.append(sample)
    return chosen


def fill(site: Site) -> None:
    site.run("init")
    for sample in some_samples():
        agency, batch = sample.relative_to(SAMPLES).parts[:2]
        site.run("ingest", sample, "--agency", agency, "--batch", batch)


def files_of(site: Site) -> set[str]:
    """The archive's objects; what a killed writer left in the hidden folder goes with the next write."""
    archive = site.home / "archive"
    return {path.relative_to(archive).as_posix() for path in archive.glob("[!.]*/**/*") if path.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("undisturbed") / "home")
    fill(site)
    site.run("nightly")
    return site


@pytest.mark.parametrize("moment", ["inbox seen", "worker started", "sealing", "storing", "manifest"])
def test_a_killed_night_is_finished_by_the_next(moment: str, undisturbed: Site, tmp_path: Path) -> None:
    """``kill -9`` at any moment, then another night: the same states and files, nothing doubled."""
    site = Site(tmp_path / "home")
    fill(site)
    night = site.start("nightly")
    deadline = time.monotonic() + 120
    while not reached(moment, site, night.pid) and night.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    night.send_signal(signal.SIGKILL)
    night.communicate()
    assert site.states() == undisturbed.states()
    assert files_of(site) == files_of(undisturbed)
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []


def reached(moment: str, site: Site, pid: int) -> bool:
    """Whether the running night has come to that moment."""
    if moment == "inbox seen":
        return (site.home / "ledger.sqlite-wal").exists()
    if moment == "worker started":
        return any(Path(f"/proc/{pid}/task").glob("*/children")) and bool(
            Path(f"/proc/{pid}/task/{pid}/children").read_text() or _children(pid)
        )
    name = {
        "sealing": "keys/test",
        "storing": "archive/*/*/v1/*",
        "manifest": "archive/*/*/v1/manifest.json",
    }[moment]
    return any(site.home.glob(name))


def _children(pid: int) -> str:
    return "".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))


def test_two_nights_at_once_do_no_harm(undisturbed: Site, tmp_path: Path) -> None:
    """Both end well, and together they leave what one would have left."""
    site = Site(tmp_path / "home")
    fill(site)
    first, second = site.start("nightly"), site.start("nightly")
    for night in (first, second):
        _, err = night.communicate(timeout=250)
        assert night.returncode == 0, err
    assert site.states() == undisturbed.states()
    assert files_of(site) == files_of(undisturbed)
    assert site.json("verify")["faults"] == []


_HOLDS = """
import sys, time
from sohoa.settings import load_settings
from sohoa.wiring import open_services
with open_services(load_settings()) as services:
    services.states.observe(services.store.list("inbox"))
    held = next(services.states.objects())
    assert services.states.claim(held.key, held.etag, services.owner)
    print("holds", flush=True)
    time.sleep(600)
"""


def test_what_a_dying_worker_held_is_taken_over_by_the_same_night(tmp_path: Path) -> None:
    """A night waits for another one's worker; when that dies, it does the work itself before it reports."""
    site = Site(tmp_path / "home")
    site.run("init")
    for sample in [s for s in sample_files() if truth_of(s)["state"] == "rejected"]:
        site.run("ingest", sample, "--agency", sample.relative_to(SAMPLES).parts[0])
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS], env=site.environment, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    with holder:
        assert holder.stdout.readline() == "holds\n"
        night = site.start("nightly", "--json")
        while site.json("reconcile")["states"]["pending"] > 1 and night.poll() is None:
            time.sleep(0.2)
        assert night.poll() is None, "the night did not wait for the live worker"
        holder.kill()
    out, err = night.communicate(timeout=60)
    assert night.returncode == 0, err
    report = json.loads(out)
    assert report["states"]["pending"] == 0
    assert len(report["documents"]) == report["states"]["rejected"] == 3


def test_too_little_room_is_a_clear_error(tmp_path: Path) -> None:
    """The night does not start when less room is left than the setting asks for: exit 4, one sentence."""
    site = Site(tmp_path / "home", {"SOHOA_NIGHTLY__MIN_FREE_BYTES": str(10**15)})
    site.run("init")
    ended, _, err = site.ask("nightly")
    assert ended == 4
    assert "min_free_bytes" in err
    assert "Traceback" not in err


def test_an_unwritable_home_is_a_clear_error(tmp_path: Path) -> None:
    """A home below a file cannot be made: exit 2, and what to do."""
    (tmp_path / "file").write_text("in the way")
    site = Site(tmp_path / "file" / "home")
    ended, _, err = site.ask("init")
    assert ended == 2
    assert "SOHOA_HOME" in err


def test_retry_and_withdraw_keep_the_balance(undisturbed: Site) -> None:
    """A rejected object gets another chance; a withdrawn record leaves search and counts."""
    rejected = next(key for key, (state, _) in undisturbed.states().items() if state == "rejected")
    assert undisturbed.run("retry", rejected).startswith("1 ")
    assert undisturbed.json("reconcile")["states"]["pending"] == 1
    assert undisturbed.states()[rejected][0] == "rejected"
    record = next(record for state, record in undisturbed.states().values() if state == "archived")
    undisturbed.run("withdraw", record, "--reason", "nhầm cơ quan")
    assert undisturbed.json("reconcile")["holds"]
    assert undisturbed.json("verify")["faults"] == []
    shown = undisturbed.json("show", record)
    assert shown["withdrawn"] == "nhầm cơ quan"
    assert any(event["action"] == "withdrawn" for event in shown["events"])


def test_a_changed_archive_is_found(tmp_path: Path) -> None:
    """One flipped bit, a missing, an extra and a swapped file: each is a fault of its kind, exit 1."""
    site = Site(tmp_path / "home")
    fill(site)
    site.run("nightly")
    first, second = sorted((site.home / "archive").glob("*/*"))[:2]
    body = first / "v1" / "text" / "body.txt"
    body.write_bytes(body.read_bytes()[:-1] + b"!")
    (first / "v1" / "extra.txt").write_text("not ours")
    (second / "v1" / "record.json").unlink()
    (site.home / "archive" / "Z99.01" / "unknown").mkdir(parents=True)
    (site.home / "archive" / "Z99.01" / "unknown" / "file").write_text("?")
    kinds = {fault["kind"] for fault in site.json("verify", code=1)["faults"]}
    assert {"changed", "extra", "missing"} <= kinds


def test_a_vanished_object_breaks_the_balance_and_is_named(tmp_path: Path) -> None:
    """An object that was received and is gone from the inbox is a fault with its key: exit 1."""
    site = Site(tmp_path / "home")
    fill(site)
    site.run("nightly")
    key = next(key for key, (state, _) in site.states().items() if state == "rejected")
    (site.home / "inbox" / key).unlink()
    balance = site.json("reconcile", code=1)
    assert not balance["holds"]
    assert any(key in fault for fault in balance["faults"])
