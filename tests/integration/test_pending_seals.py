"""Copies that wait for their signature: a token taken out in the middle of a night, and put back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from typer.testing import CliRunner, Result

from sohoa.answers.archive import show_answer
from sohoa.cli.commands import app
from sohoa.domain.archive.records import UNSEALED, Reading
from sohoa.domain.errors import ExitCode
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import Reader
from sohoa.ports import FileFacts
from sohoa.settings import Settings, load_settings
from sohoa.usecases.archive.pending_seals import complete_seals, sealed_records
from sohoa.usecases.archive.renewals import renew_seals
from sohoa.usecases.checks.verify import verify
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import last_report, nightly
from sohoa.usecases.search.search import show
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services
from tests.support.answers import faults
from tests.support.authority import PIN, Authority, authority, softhsm
from tests.support.sealing_keys import Keys
from tests.support.site import ROOT
from tests.support.waiting import PlainRecogniser, pictures

DOCUMENTS = 20
READER = Reader("may")


@dataclass
class TokenTakenOut(PlainRecogniser):
    """After so many documents the token is taken out."""

    tokens: Path
    left: int = DOCUMENTS // 2

    def read(self, path: Path, facts: FileFacts) -> Reading:
        if self.left == 0:
            shutil.move(self.tokens, away(self.tokens))
        self.left -= 1
        return super().read(path, facts)


def away(tokens: Path) -> Path:
    """Where the token is when it was taken out."""
    return tokens.with_name("away")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority") / "ca") as running:
        yield running


@pytest.fixture
def tokens(made: Authority, tmp_path: Path) -> Iterator[Path]:
    with softhsm(made, tmp_path / "softhsm", ["signer"]) as folder:
        yield folder


@pytest.fixture
def settings(made: Authority, tokens: Path, tmp_path: Path) -> Iterator[Settings]:
    """A site whose province seals with a token, at level B-T."""
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    (config / "trust").mkdir(exist_ok=True)
    shutil.copy(made.certificate("root"), config / "trust")
    entry = {
        key: value
        for key, value in Keys(made, tmp_path, mock.Mock()).entry("pkcs11", "signer").items()
        if key != "file"
    }
    (config / "seals.yaml").write_text(yaml.safe_dump({"seals": [entry]}), "utf-8")
    environment = {
        "SOHOA_HOME": str(tmp_path / "home"),
        "SOHOA_CONFIG": str(config / "sohoa.yaml"),
        "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0",
        "SOHOA_OCR__WORKERS": "1",
        "SOHOA_SEAL__KEY": "pkcs11",
        "SOHOA_SEAL__LEVEL": "B-T",
        "SOHOA_SEAL__TSA": made.tsa,
    }
    with mock.patch.dict(os.environ, environment):
        chosen = load_settings()
        init_home(chosen)
        yield chosen


def night(services: Services) -> dict[str, Any]:
    """The whole night; returns its report."""
    nightly(READER, services, lambda _: None, lambda _: None)
    return last_report(services.reports)


def signed(services: Services) -> dict[str, bool]:
    """Of every record whether its copy is signed."""
    return {row.record_id: row.signed for row in services.records.records()}


def test_a_token_taken_out_in_the_middle(settings: Settings, tokens: Path, tmp_path: Path) -> None:
    """Half is sealed, half waits, nothing is lost or blocked; when it is back all are sealed, each once."""
    with open_services(settings) as opened:
        services = replace(opened, recogniser=TokenTakenOut(tokens), workers=1)
        ingest(services, [pictures(tmp_path / "scans", DOCUMENTS)], "Z99.01")
        report = night(services)
        rows = signed(services)
        assert sorted(rows.values()) == [False] * (DOCUMENTS // 2) + [True] * (DOCUMENTS // 2)
        assert {row.state for row in services.states.objects()} == {State.NEEDS_REVIEW}
        assert report["seals"]["waiting"] == DOCUMENTS // 2
        assert "is away" in report["seals"]["keys"][0]["problem"]
        assert verify(services).faults == ()
        waiting = [name for name, is_signed in rows.items() if not is_signed]
        answer = show_answer(show(READER, services, waiting[0]))
        assert [f["code"] for f in answer["findings"]] == [UNSEALED]
        assert list(faults("show", answer)) == []

    with open_services(settings) as opened:  # the token is still away
        done = complete_seals(READER, opened)
        assert (done.sealed, sorted(done.waiting)) == ((), sorted(waiting))

    shutil.move(away(tokens), tokens)
    with open_services(settings) as opened:
        assert night(opened)["seals"]["sealed"] == DOCUMENTS // 2
        assert set(signed(opened).values()) == {True}
        assert complete_seals(READER, opened).sealed == ()
        assert verify(opened).faults == ()
        assert {row.version for row in opened.records.records() if row.record_id in waiting} == {2}
        actions = [[e.action for e in opened.events.events(name)] for name in rows]
        assert all(story.count("sealed") == 1 for story in actions)
        certificates = {record.certificate for record in sealed_records(READER, opened)}
        assert certificates == {opened.sealer.keys(opened.clock.now())[0].certificate}
        record = show(READER, opened, waiting[0]).record
        assert record["findings"] == []
        assert (record["seal"]["level"], "place" in record["seal"]) == ("B-T", False)


def test_secrets_are_in_nothing_that_is_kept(settings: Settings, tokens: Path, tmp_path: Path) -> None:
    """The PIN is in no file of the home (ledger, events, records, reports) and in no dump of the settings."""
    with open_services(settings) as opened:
        services = replace(opened, recogniser=PlainRecogniser(), workers=1)
        ingest(services, [pictures(tmp_path / "scans", 3)], "Z99.01")
        night(services)
        assert set(signed(services).values()) == {True}
    assert (tmp_path / "pkcs11.secret").read_bytes() == PIN.encode()
    kept = {path: path.read_bytes() for path in settings.home.rglob("*") if path.is_file()}
    assert {"ledger.sqlite", "last-run.json", "events.jsonl"} <= {path.name for path in kept}
    assert [path for path, data in kept.items() if PIN.encode() in data] == []
    assert PIN not in json.dumps(settings.shown())


def test_time_stamps_near_their_end_are_renewed_once(
    settings: Settings, made: Authority, tokens: Path, tmp_path: Path
) -> None:
    """As a next version on top of the same signature; without a TSA that lasts longer nothing is written."""
    lasting = settings.model_copy(
        update={"seal": settings.seal.model_copy(update={"level": "B-LTA", "tsa": made.tsa_that_ends})}
    )
    with open_services(lasting) as opened:
        services = replace(opened, recogniser=PlainRecogniser(), workers=1)
        ingest(services, [pictures(tmp_path / "scans", 2)], "Z99.01")
        night(services)
        names = {*signed(services)}
        assert renew_seals(READER, services, timedelta(days=50)).sealed == ()
        done = renew_seals(READER, services, timedelta(days=180))
        assert (done.sealed, {*done.waiting}) == ((), names)
        assert all("ends no later" in reason for reason in done.waiting.values())
    longer = lasting.model_copy(update={"seal": lasting.seal.model_copy(update={"tsa": made.tsa})})
    with open_services(longer) as services:
        before = {name: show(READER, services, name).record["seal"] for name in names}
        done = renew_seals(READER, services, timedelta(days=180))
        assert ({*done.sealed}, done.waiting) == (names, {})
        assert renew_seals(READER, services, timedelta(days=180)).sealed == ()
        assert {row.version for row in services.records.records()} == {2}
        for name in names:
            after = show(READER, services, name).record["seal"]
            assert after["until"] > before[name]["until"]
            assert {**after, "until": ""} == {**before[name], "until": ""}
            story = [event.action for event in services.events.events(name)]
            assert (story.count("sealed"), story.count("renewed")) == (1, 1)
        assert verify(services).faults == ()


def test_what_sohoa_seal_says(settings: Settings, tokens: Path, tmp_path: Path) -> None:
    """Keys and what waits; --pending signs, --renew finds nothing to renew at B-T, --records lists by key."""
    with open_services(settings) as opened:
        services = replace(opened, recogniser=PlainRecogniser(), workers=1)
        ingest(services, [pictures(tmp_path / "scans", 1)], "Z99.01")
        shutil.move(tokens, away(tokens))
        night(services)
    said = _sohoa("seal")
    assert (said.exit_code, "1 wait for their signature" in said.output) == (ExitCode.UNAVAILABLE, True)
    assert _sohoa("seal", "--pending").exit_code == ExitCode.UNAVAILABLE
    shutil.move(away(tokens), tokens)
    said = _sohoa("seal", "--pending")
    assert (said.exit_code, "1 signed, 0 wait" in said.output) == (0, True)
    assert "0 renewed, 0 wait" in _sohoa("seal", "--renew").output
    assert "B-T" in _sohoa("seal", "--records").output


def _sohoa(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)
