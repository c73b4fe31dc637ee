"""Digests of days: what is done to an archive behind the program's back, and proofs that anyone can check."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest
import yaml

from sohoa.adapters.clock import SystemClock
from sohoa.domain.archive.day_digest import FOLDER, DayDigest
from sohoa.domain.archive.versions import entry_for, sha256_hex
from sohoa.domain.errors import ExitCode
from sohoa.domain.protection.access import Reader
from sohoa.settings import Settings, load_settings
from sohoa.usecases.checks.day_digests import (
    FILES,
    Files,
    digest_of_the_day,
    proof,
    stored_days,
    stored_digests,
)
from sohoa.usecases.checks.digest_check import check_digests
from sohoa.usecases.checks.faults import FaultKind
from sohoa.usecases.checks.reindex import reindex
from sohoa.usecases.checks.verify import verify
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import nightly
from sohoa.usecases.review.undo import withdraw
from sohoa.wiring import init_home, open_services
from tests.support.authority import Authority, authority
from tests.support.sealing_keys import Keys
from tests.support.site import ROOT, Site
from tests.support.waiting import PlainRecogniser, pictures

READER = Reader("may")
DOCUMENTS = 3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority") / "ca") as running:
        yield running


@pytest.fixture(scope="module")
def kept(made: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, sealed at B-T with a key of its own, after a night over a few pictures."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "config", folder / "config")
    shutil.copy(made.certificate("root"), folder / "config" / "trust")
    entry = Keys(made, folder, mock.Mock()).entry("pkcs12", "signer")
    (folder / "config" / "seals.yaml").write_text(yaml.safe_dump({"seals": [entry]}), "utf-8")
    with environment(folder, made):
        settings = load_settings()
        init_home(settings)
        with open_services(settings) as opened:
            services = replace(opened, recogniser=PlainRecogniser(), workers=1)
            ingest(services, [pictures(folder / "scans", DOCUMENTS)], "Z99.01")
            nightly(READER, services, lambda _: None, lambda _: None)
    return folder


def environment(folder: Path, made: Authority) -> mock._patch_dict:
    """The variables of the site."""
    return mock.patch.dict(
        os.environ,
        {
            "SOHOA_HOME": str(folder / "home"),
            "SOHOA_CONFIG": str(folder / "config" / "sohoa.yaml"),
            "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0",
            "SOHOA_OCR__WORKERS": "1",
            "SOHOA_SEAL__KEY": "pkcs12",
            "SOHOA_SEAL__LEVEL": "B-T",
            "SOHOA_SEAL__TSA": made.tsa,
        },
    )


@pytest.fixture
def site(kept: Path, made: Authority, tmp_path: Path) -> Iterator[Settings]:
    """A copy of the site after the night, for a test of its own."""
    shutil.copytree(kept / "home", tmp_path / "home")
    shutil.copytree(kept / "config", tmp_path / "config")
    with environment(tmp_path, made):
        yield load_settings()


def records(home: Path) -> list[Path]:
    """The records' folders."""
    return sorted((home / "archive" / "Z99.01").iterdir())


def test_an_untouched_archive_has_no_fault(site: Settings, made: Authority) -> None:
    """The night made the digest; it stays right after a withdrawal, and the next day's names it."""
    with open_services(site) as opened:
        elsewhere = dict(stored_digests(opened))
        report = check_digests(opened, elsewhere)
        assert (report.digests, report.records, report.faults) == (1, DOCUMENTS, ())
        withdraw(READER, opened, records(site.home)[0].name, "nhầm")
        assert not digest_of_the_day(opened)["made"]
        tomorrow = replace(opened, clock=Tomorrow())
        with mock.patch.object(made, "tsa_clock", timedelta(days=1)):
            assert digest_of_the_day(tomorrow)["made"]
        assert not digest_of_the_day(tomorrow)["made"]
        report = check_digests(tomorrow, elsewhere)
        assert (report.digests, report.faults) == (2, ())
        reindex(opened)  # the home was copied
        assert verify(opened).faults == ()


def test_a_second_night_of_the_day_makes_a_further_digest(site: Settings, tmp_path: Path) -> None:
    """It names the one before, holds what is new, and is the one that proofs are from."""
    with open_services(site) as opened:
        before = {row.record_id for row in opened.records.records()}
        (first,) = stored_days(opened)
        services = replace(opened, recogniser=PlainRecogniser(), workers=1)
        ingest(services, [pictures(tmp_path / "more", DOCUMENTS + 1)], "Z99.01")
        done = nightly(READER, services, lambda _: None, lambda _: None)["digest"]
        assert done == {"day": f"{first}-2", "made": True, "records": DOCUMENTS + 1}
        (new,) = {row.record_id for row in opened.records.records()} - before
        assert proof(opened, new).startswith(f"day {first}-2\n")
        assert not digest_of_the_day(opened)["made"]
        report = check_digests(opened, {})
        assert (report.digests, report.records, report.faults) == (2, DOCUMENTS + 1, ())
        shutil.rmtree(site.home / "archive" / FOLDER / first)
        assert check_digests(opened, {}).faults


def test_an_archive_rolled_back_to_yesterday_is_noticed_by_what_was_exported(
    site: Settings, made: Authority, tmp_path: Path
) -> None:
    """Archive, ledger and index of yesterday agree among themselves, but today's digest is not there."""
    shutil.copytree(site.home, tmp_path / "yesterday")
    with open_services(site) as opened:
        withdraw(READER, opened, records(site.home)[0].name, "nhầm")
        with mock.patch.object(made, "tsa_clock", timedelta(days=1)):
            assert digest_of_the_day(replace(opened, clock=Tomorrow()))["made"]
        elsewhere = dict(stored_digests(opened))
    shutil.rmtree(site.home)
    shutil.move(tmp_path / "yesterday", site.home)
    with open_services(site) as opened:
        assert check_digests(opened, {}).faults == ()
        kinds = {fault.kind for fault in check_digests(opened, elsewhere).faults}
    assert {FaultKind.MISSING, FaultKind.EVENT_CHAIN} <= kinds


class Tomorrow(SystemClock):
    """The clock of the next day."""

    def now(self) -> datetime:
        return super().now() + timedelta(days=1)


def _remove(home: Path) -> None:
    shutil.rmtree(records(home)[1])


def _replace(home: Path) -> None:
    first, second = records(home)[:2]
    shutil.rmtree(first)
    shutil.copytree(second, first)


def _rewrite_with_hashes(home: Path) -> None:
    manifest = records(home)[0] / "v1" / "manifest.json"
    body = records(home)[0] / "v1" / "text" / "body.txt"
    old = json.loads(manifest.read_text("utf-8"))
    body.write_text("khác", "utf-8")
    changed = entry_for(body.read_bytes())
    old["files"]["v1/text/body.txt"] = {"size": changed.size_bytes, "sha256": changed.sha256}
    manifest.write_text(json.dumps(old), "utf-8")


def _rewrite_everything(home: Path) -> None:
    """The text, the manifest, and what the ledger says of it: `verify` alone would find no fault."""
    _rewrite_with_hashes(home)
    manifest = records(home)[0] / "v1" / "manifest.json"
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        changed = "UPDATE records SET manifest_sha256 = ? WHERE record_id = ?"
        values = sha256_hex(manifest.read_bytes()), records(home)[0].name
        assert ledger.execute(changed, values).rowcount


def _remove_everywhere(home: Path) -> None:
    """Files, ledger and history: a record that there never was."""
    name = records(home)[1].name
    shutil.rmtree(records(home)[1])
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        assert ledger.execute("DELETE FROM records WHERE record_id = ?", (name,)).rowcount
        assert ledger.execute("DELETE FROM events WHERE subject = ?", (name,)).rowcount


def _cut_history(home: Path) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        assert ledger.execute("DELETE FROM events WHERE action = 'archived'").rowcount


def _forge_leaves(home: Path) -> None:
    (leaves,) = (home / "archive" / FOLDER).glob("*/leaves.txt")
    leaves.write_text("".join(leaves.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")


def _forge_root(home: Path) -> None:
    (digest,) = (home / "archive" / FOLDER).glob("*/digest.json")
    digest.write_text(digest.read_text("utf-8").replace('"records": 3', '"records": 2'), "utf-8")


def _take_stamp(home: Path) -> None:
    (stamp,) = (home / "archive" / FOLDER).glob("*/digest.tsr")
    stamp.unlink()


def _take_digest(home: Path) -> None:
    shutil.rmtree(home / "archive" / FOLDER)


@pytest.mark.parametrize(
    ("act", "alone"),
    [
        (_remove, True),
        (_replace, True),
        (_rewrite_with_hashes, True),
        (_rewrite_everything, True),
        (_remove_everywhere, True),
        (_cut_history, True),
        (_forge_leaves, True),
        (_forge_root, True),
        (_take_stamp, True),
        (_take_digest, False),
    ],
)
def test_what_is_done_behind_the_programs_back_is_noticed(
    site: Settings, act: Callable[[Path], None], alone: bool
) -> None:
    """By the archive's own digest, and in any case by the one that was exported."""
    with open_services(site) as opened:
        elsewhere: Files = dict(stored_digests(opened))
        act(site.home)
        assert bool(check_digests(opened, {}).faults) == alone
        assert check_digests(opened, elsewhere).faults


@pytest.mark.parametrize(
    ("hours", "level", "told"),
    [(-1, "B-B", "signed at"), (-24, "B-B", "made on"), (0, "B-LT", "level B-LT, with a time-stamp")],
)
def test_a_digest_signed_by_our_key_at_another_time_or_level_is_a_fault(
    site: Settings, hours: int, level: str, told: str
) -> None:
    """Backdated or without its time-stamp: a valid signature alone does not make it right."""
    (path,) = (site.home / "archive" / FOLDER).glob("*/digest.json")
    now = datetime.now(UTC)
    forged = replace(
        DayDigest.from_bytes(path.read_bytes()), made_at=now + timedelta(hours=hours), level=level
    )
    unstamped = {"SOHOA_SEAL__LEVEL": "B-B", "SOHOA_SEAL__TSA": ""}
    with mock.patch.dict(os.environ, unstamped), open_services(load_settings()) as opened:
        seal = opened.sealer.sign_text(forged.to_bytes(), now)
        path.write_bytes(forged.to_bytes())
        path.with_name("digest.p7s").write_bytes(seal.signature)
        path.with_name("digest.tsr").unlink()
        faults = check_digests(opened, {}).faults
    assert any(told in fault.expected for fault in faults), faults
    assert "a valid signature of ours" not in {fault.expected for fault in faults}


def test_a_record_is_checked_by_hand(site: Settings, made: Authority, tmp_path: Path) -> None:
    """The commands of docs/verify-by-hand.md work as written, and fail where the original was changed."""
    record, desk = records(site.home)[1], tmp_path / "desk"
    desk.mkdir()
    with open_services(site) as opened:
        (desk / "proof.txt").write_text(proof(opened, record.name), "utf-8")
    for name in ("v1/archive.pdf", "v1/manifest.json", "original.png"):
        shutil.copy(record / name, desk)
    for path in (site.home / "archive" / FOLDER).glob("*/digest.*"):
        shutil.copy(path, desk)
    shutil.copy(made.certificate("root"), desk / "root.pem")
    shutil.copy(made.certificate("tsa"), desk / "tsa.pem")
    page = (ROOT / "docs" / "verify-by-hand.md").read_text("utf-8")
    commands = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert len(commands) == 6
    told = [run(command, desk) for command in commands]
    assert [code for code, _ in told] == [0] * 6, told
    assert "archive.pdf: listed\noriginal.png: listed" in told[0][1]
    assert "Signature is Valid" in told[1][1]
    (desk / "original.png").write_bytes(b"other")
    assert "original.png: listed" not in run(commands[0], desk)[1]
    (desk / "digest.json").write_text((desk / "digest.json").read_text("utf-8") + " ", "utf-8")
    assert [run(command, desk)[0] != 0 for command in commands[4:]] == [True, False]
    assert "Verification: OK" not in run(commands[5], desk)[1]


def run(command: str, folder: Path) -> tuple[int, str]:
    """Exit code and what was said."""
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_without_the_key_there_is_no_digest(site: Settings) -> None:
    """The reason is told, nothing is stored, and the next night makes it."""
    entry = yaml.safe_load((site.config_dir / "seals.yaml").read_text("utf-8"))["seals"][0]
    shutil.move(entry["file"], f"{entry['file']}.away")
    try:
        with open_services(site) as opened:
            done = digest_of_the_day(replace(opened, clock=Tomorrow()))
            stored = len(dict(stored_digests(opened)))
    finally:
        shutil.move(f"{entry['file']}.away", entry["file"])
    assert (done["made"], "cannot be read" in done["reason"]) == (False, True)
    assert stored == len(FILES)


def test_digests_are_exported_checked_and_proved_by_commands(site: Settings, tmp_path: Path) -> None:
    """Export copies what the folder lacks, check ends with 1 after a change, prove says why it cannot."""
    shell, folder = Site(site.home, dict(os.environ)), tmp_path / "elsewhere"
    name = records(site.home)[0].name
    assert shell.run("digest", "export", folder) == f"{len(FILES)} files copied\n"
    assert shell.run("digest", "export", folder) == "0 files copied\n"
    assert shell.run("digest", "check", folder) == f"1 digests, {DOCUMENTS} records checked, 0 faults\n"
    assert f" {name} 1 " in shell.run("digest", "prove", name)
    _rewrite_everything(site.home)
    ended, out, err = shell.ask("digest", "check")
    assert (ended, out) == (1, f"1 digests, {DOCUMENTS} records checked, 1 faults\n")
    assert f"Z99.01/{name}/v1/manifest.json: changed" in err
    (leaves,) = folder.glob("*/leaves.txt")
    leaves.write_bytes(b"x")
    assert f"{leaves} differs from the archive's" in shell.ask("digest", "export", folder)[2]
    assert "no digest holds a record" in shell.ask("digest", "prove", "none")[2]
    assert "holds no digests" in shell.ask("digest", "check", tmp_path)[2]


def test_the_command_seal_lists_keys_and_records(site: Settings) -> None:
    """Keys, and records by the certificate that signed; nothing waits, and a key that is away is told."""
    shell = Site(site.home, dict(os.environ))
    assert shell.run("seal").endswith("0 wait for their signature\n")
    assert shell.run("seal", "--pending").endswith("0 signed, 0 wait\n")
    listed = shell.run("seal", "--records").splitlines()[1:]
    assert {line.split(" ")[0] for line in listed} - {""} == {folder.name for folder in records(site.home)}
    certificate = load_record_certificate(site.home)
    assert shell.run("seal", "--key", certificate[:16].upper()).splitlines()[1:] == listed
    assert shell.run("seal", "--key", "none").splitlines()[1:] == []
    entry = yaml.safe_load((site.config_dir / "seals.yaml").read_text("utf-8"))["seals"][0]
    (site.config_dir / "seals.yaml").write_text(
        yaml.safe_dump({"seals": [entry | {"file": str(site.home / "none.p12")}]}), "utf-8"
    )
    assert shell.ask("seal")[0] == ExitCode.UNAVAILABLE


def load_record_certificate(home: Path) -> str:
    """The certificate that signed the first record, as its ``record.json`` says."""
    record = json.loads((records(home)[0] / "v1" / "record.json").read_text("utf-8"))
    return str(record["seal"]["certificate"])
