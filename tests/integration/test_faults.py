"""Killed, doubled, full, unwritable: the archive ends in the same state, with one clear sentence."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.support.nights import SampleNight
from tests.support.scanmaker import as_jpeg
from tests.support.site import SAMPLES, Site, sample_files, truth_of

pytestmark = pytest.mark.slow
AGENCY = "Z99.01"


def fill(site: Site, folder: Path) -> None:
    """Two pages that nobody wrote on, a copy of one of them, and a file that is no document."""
    pages = {width: as_jpeg(Image.new("RGB", (width, 400), "white"), 200) for width in (300, 310)}
    files = {"a.jpg": pages[300], "b.jpg": pages[310], "copy.jpg": pages[300], "note.txt": b"no document"}
    (folder / "lo-1").mkdir()
    for name, data in files.items():
        (folder / "lo-1" / name).write_bytes(data)
    site.run("init")
    site.run("ingest", folder / "lo-1", "--agency", AGENCY)


def files_of(site: Site) -> set[str]:
    """Files of the archive's records, without what a killed writer left in the hidden folder."""
    archive = site.home / "archive"
    return {path.relative_to(archive).as_posix() for path in archive.glob("Z*/**/*") if path.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A home after a night over four small files, for tests that only compare."""
    folder = tmp_path_factory.mktemp("undisturbed")
    site = Site(folder / "home")
    fill(site, folder)
    site.run("nightly")
    assert sorted(state for state, _ in site.states().values()) == [
        "duplicate", "needs_review", "needs_review", "rejected",
    ]  # fmt: skip
    return site


@pytest.fixture
def archived(sample_night: SampleNight, tmp_path: Path) -> Site:
    """A copy of the home after the night over the samples."""
    return sample_night.copied_to(tmp_path / "samples").site


# Where the night kills itself: the audit event of Python's, what one of its arguments says, how often before.
MOMENTS = {
    "inbox seen": ("open", r"/inbox/.*\.jpg$", 0),
    "worker started": ("subprocess.Popen", r"ocr\.process\.worker", 1),
    "sealing": ("open", r"/keys/test", 0),
    "storing": ("os.link", r"/archive/[^.].*/v1/", 0),
    "manifest": ("os.link", r"/archive/[^.].*/v1/manifest\.json$", 0),
    "manifest of the second": ("os.link", r"/archive/[^.].*/v1/manifest\.json$", 1),
}
_DIES = """
import os, re, signal, sys
event, said, left = sys.argv[1], re.compile(sys.argv[2]), int(sys.argv[3])
def watch(name, arguments):
    global left
    if name == event and any(said.search(str(argument)) for argument in arguments):
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
sys.addaudithook(watch)
sys.argv[1:] = ["nightly"]
from sohoa.cli import main
main()
"""


@pytest.mark.parametrize("moment", list(MOMENTS))
def test_a_killed_night_is_finished_by_the_next(moment: str, undisturbed: Site, tmp_path: Path) -> None:
    """Killed at that moment, then another night: the same states and files, nothing doubled."""
    site = Site(tmp_path / "home", {"SOHOA_OCR__WORKERS": "2"})
    fill(site, tmp_path)
    event, said, left = MOMENTS[moment]
    command = [sys.executable, "-c", _DIES, event, said, str(left)]
    night = subprocess.run(command, env=site.environment, capture_output=True, text=True, check=False)
    assert night.returncode == -signal.SIGKILL, f"the moment never came: {night.stderr}"
    assert files_of(site) != files_of(undisturbed)
    holds_as(undisturbed, site)


def holds_as(undisturbed: Site, site: Site) -> None:
    """After another night everything is as if nothing had happened."""
    assert site.states() == undisturbed.states()
    assert files_of(site) == files_of(undisturbed)
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []


def test_a_night_over_scans_that_is_killed_from_outside(sample_night: SampleNight, tmp_path: Path) -> None:
    """``kill -9`` while scans are read, sealed and stored; the next night ends as one that was left alone."""
    site = Site(tmp_path / "home")
    site.run("init")
    chosen = [s for s in sample_files() if truth_of(s)["state"] == "archived"][:2]
    for sample in chosen:
        agency, batch = sample.relative_to(SAMPLES).parts[:2]
        site.run("ingest", sample, "--agency", agency, "--batch", batch)
    night = site.start("nightly")
    while not files_of(site) and night.poll() is None:
        time.sleep(0.005)
    night.send_signal(signal.SIGKILL)
    night.communicate()
    assert night.returncode == -signal.SIGKILL, "the night was over before it was killed"
    wanted, states = sample_night.copied_to(tmp_path / "samples").site, site.states()
    assert len(states) == len(chosen)
    assert states == {key: found for key, found in wanted.states().items() if key in states}
    records = {record for _, record in states.values()}
    assert files_of(site) == {name for name in files_of(wanted) if name.split("/")[1] in records}
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []


def test_two_nights_at_once_do_no_harm(undisturbed: Site, tmp_path: Path) -> None:
    """Both end well, and together they leave what one would have left."""
    site = Site(tmp_path / "home")
    fill(site, tmp_path)
    first, second = site.start("nightly"), site.start("nightly")
    for night in (first, second):
        _, err = night.communicate(timeout=250)
        assert night.returncode == 0, err
    holds_as(undisturbed, site)


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


def test_retry_and_withdraw_keep_the_balance(archived: Site) -> None:
    """A rejected object gets another chance; a withdrawn record leaves search and counts."""
    rejected = next(key for key, (state, _) in archived.states().items() if state == "rejected")
    assert archived.run("retry", rejected).startswith("1 ")
    assert archived.json("reconcile")["states"]["pending"] == 1
    assert archived.states()[rejected][0] == "rejected"
    record = next(record for state, record in archived.states().values() if state == "archived")
    archived.run("withdraw", record, "--reason", "nhầm cơ quan")
    assert archived.json("reconcile")["holds"]
    assert archived.json("verify")["faults"] == []
    shown = archived.json("show", record)
    assert shown["withdrawn"] == "nhầm cơ quan"
    assert any(event["action"] == "withdrawn" for event in shown["events"])


def test_a_changed_archive_is_found(archived: Site) -> None:
    """A changed, an extra and a missing file, a foreign folder, swapped records: each is named, exit 1."""
    archive = archived.home / "archive"
    records = [path.relative_to(archive).as_posix() for path in sorted(archive.glob("*/*/v1/text/body.txt"))]
    first, second, third, fourth = (archive / name.removesuffix("/v1/text/body.txt") for name in records[:4])
    body = first / "v1" / "text" / "body.txt"
    body.write_bytes(body.read_bytes()[:-1] + bytes([body.read_bytes()[-1] ^ 1]))
    (first / "v1" / "extra.txt").write_text("not ours")
    (second / "v1" / "record.json").unlink()
    (archive / AGENCY / "unknown").mkdir(parents=True)
    (archive / AGENCY / "unknown" / "file").write_text("?")
    third.rename(archive / "kept")
    fourth.rename(third)
    (archive / "kept").rename(fourth)
    faults = {(fault["path"], fault["kind"]) for fault in archived.json("verify", code=1)["faults"]}
    place = {path: path.relative_to(archive).as_posix() for path in (first, second, third, fourth)}
    assert {name for name in faults if name[0].startswith(place[first])} == {
        (f"{place[first]}/v1/text/body.txt", "changed"),
        (f"{place[first]}/v1/extra.txt", "extra"),
    }
    assert (f"{place[second]}/v1/record.json", "missing") in faults
    assert (f"{AGENCY}/unknown/", "extra") in faults
    swapped = {path.rpartition("/")[0] for path, kind in faults if kind == "swapped"}
    assert swapped == {place[third], place[fourth]}
    touched = (*place.values(), f"{AGENCY}/unknown")
    assert [path for path, _ in faults if not path.startswith(touched)] == []


def test_a_vanished_object_breaks_the_balance_and_is_named(archived: Site) -> None:
    """An object that was received and is gone from the inbox is a fault with its key: exit 1."""
    key = next(key for key, (state, _) in archived.states().items() if state == "rejected")
    (archived.home / "inbox" / key).unlink()
    balance = archived.json("reconcile", code=1)
    assert not balance["holds"]
    assert balance["faults"] == [f"{key} was received but is no longer in the inbox"]
