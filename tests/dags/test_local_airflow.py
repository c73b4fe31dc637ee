"""The local Airflow for real: a night under a short-lived scheduler, an open one, a failed night."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from sohoa.orchestration.processes import free_port
from tests.support.receivers import SECRET, Endpoint, authority, listening
from tests.support.site import sample_files, truth_of

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.airflow, pytest.mark.timeout(900)]
AGENCY = "Z99.01"


@dataclass
class Home:
    """A home with its own copy of config/, driven from outside as a person would."""

    path: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("SOHOA_", "AIRFLOW"))
        }
        config = self.path.parent / "config" / "sohoa.yaml"
        own = {"SOHOA_HOME": str(self.path), "SOHOA_CONFIG": str(config), "AIRFLOW_PORT": str(self.port)}
        return kept | own

    def sohoa(self, *arguments: str) -> None:
        command = [sys.executable, "-c", "from sohoa.cli import main; main()", *arguments]
        subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=300)

    def local(self, verb: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "sohoa.orchestration.local", verb]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE, text=True)

    def night(self, verb: str = "run") -> tuple[int, str]:
        """Exit code and standard error of one night."""
        process = self.local(verb)
        _, errors = process.communicate(timeout=600)
        return process.returncode, errors

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Rows of Airflow's database."""
        with closing(sqlite3.connect(self.path / "airflow" / "airflow.db")) as connection:
            return connection.execute(question).fetchall()

    def report(self) -> dict[str, object]:
        """The last-run report."""
        text = (self.path / "reports" / "last-run.json").read_text("utf-8")
        return dict(json.loads(text))

    def processes(self) -> list[str]:
        """Command lines of this home's Airflow that are still running."""
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        return [line for line in listed.splitlines() if str(self.path) in line or f"port:{self.port}" in line]


def make_home(folder: Path) -> Home:
    """An empty home."""
    shutil.copytree(ROOT / "config", folder / "config")
    home = Home(folder / "home", free_port())
    home.sohoa("init")
    return home


_RECEIVER = (
    "  - {{name: {name}, kind: https, url: '{url}', ca_file: tls/ca.crt, secret_file: khoa.txt,"
    " formats: [json]}}"
)


def deliver_to(config: Path, **endpoints: Endpoint) -> None:
    """Let snapshots be sent to these endpoints."""
    (config / "khoa.txt").write_text(SECRET, encoding="utf-8")
    lines = [_RECEIVER.format(name=name, url=endpoint.url) for name, endpoint in endpoints.items()]
    (config / "deliveries.yaml").write_text("\n".join(["deliveries:", *lines, ""]), encoding="utf-8")


def test_a_night_with_an_empty_inbox_ends_well_and_leaves_nothing_running(tmp_path: Path) -> None:
    """Mapping over nothing still finishes the night, counts, runs the coverage report and delivers it.

    An endpoint that is down then costs nothing but time: it gets the snapshot later, and once.
    """
    home = make_home(tmp_path)
    tls = authority(tmp_path / "config" / "tls").parent
    up, late = Endpoint(), Endpoint(port=free_port())
    with listening(up, tls):
        deliver_to(tmp_path / "config", up=up, late=late)
        code, errors = home.night()
    assert code == 0, errors
    (event,) = home.ask(
        "select count(*) from asset_event e join asset a on a.id = e.asset_id"
        " where a.name = 'coverage_snapshot'"
    )
    assert event == (1,)
    (body,) = up.taken.values()
    reports = home.path / "reports"
    published = (reports / "snapshots" / body["day"] / "coverage.json").read_bytes()
    assert hashlib.sha256(published).hexdigest() == body["snapshot_sha256"]
    for name in ("night", "coverage", "deliveries"):
        text = (reports / f"sohoa-{name}.prom").read_text("utf-8")
        assert list(text_string_to_metric_families(text))
    waiting = 'sohoa_delivery_waiting{delivery="late",kind="https"} 1'
    assert waiting in (reports / "sohoa-deliveries.prom").read_text("utf-8").splitlines()
    runs = home.ask("select dag_id, state from dag_run order by dag_id")
    assert runs == [("coverage_report", "success"), ("digitize_nightly", "success")]
    assert home.report()["failed"] is False
    assert (home.path / "reports" / "coverage.html").is_file()
    assert home.processes() == []
    with listening(up, tls), listening(late, tls):
        assert home.night("catch-up") == (0, "nothing new since the last night: Airflow is not started\n")
        home.sohoa("deliver")
    assert (len(up.keys), len(late.keys), len(late.taken)) == (1, 1, 1)
    assert home.ask("select count(*) from dag_run") == [(2,)]
    shutil.rmtree(home.path / "reports")
    assert not up_to_date(home), "a night whose report is missing did not come to its end"


def up_to_date(home: Home) -> bool:
    """What `catch-up` asks itself before it starts an Airflow."""
    code = "import sys; from sohoa.orchestration.local import up_to_date; sys.exit(not up_to_date())"
    return subprocess.run([sys.executable, "-c", code], env=home.environment, check=False).returncode == 0


def secret_sample() -> Path:
    """The sample that bears a secrecy mark."""
    return next(sample for sample in sample_files() if truth_of(sample)["state"] == "quarantined")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with three files, one of them secret, whose Airflow is kept open as by `make airflow`."""
    folder = tmp_path_factory.mktemp("opened")
    home = make_home(folder)
    (folder / "batch").mkdir()
    (folder / "batch" / "note.txt").write_text("not a document", encoding="utf-8")
    (folder / "batch" / "empty.pdf").touch()
    shutil.copy(secret_sample(), folder / "batch")
    home.sohoa("ingest", str(folder / "batch"), "--agency", AGENCY)
    process = home.local("airflow")
    deadline = time.monotonic() + 400
    while not (home.path / "airflow" / "instance.lock").is_file() or "url" not in (
        home.path / "airflow" / "instance.lock"
    ).read_text("utf-8"):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline, "Airflow did not open"
        time.sleep(0.5)
    yield home
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert home.processes() == []


@pytest.fixture(scope="module")
def after_night(opened: Home) -> Home:
    """The open home after one night."""
    code, errors = opened.night()
    assert code == 0, errors
    return opened


def test_a_night_runs_in_the_airflow_that_is_open(after_night: Home) -> None:
    """Run, mapped task and logs are in the open Airflow; no second scheduler is started."""
    opened = after_night
    assert ("run_batch", 0, "success") in opened.ask("select task_id, map_index, state from task_instance")
    logs = list((opened.path / "airflow" / "logs").rglob("task_id=run_batch/map_index=0/attempt=1.log"))
    assert len(logs) == 1
    assert "note.txt: rejected" in logs[0].read_text("utf-8")
    states = opened.report()["states"]
    assert isinstance(states, dict)
    assert {name: count for name, count in states.items() if count} == {"quarantined": 1, "rejected": 2}


def test_airflow_knows_no_word_of_the_secret_sample(after_night: Home) -> None:
    """Neither Airflow's database nor its logs hold its text, nor its name."""
    opened, secret = after_night, secret_sample()
    for path in (p for p in (opened.path / "airflow").rglob("*") if p.is_file()):
        data = path.read_bytes()
        for word in (*truth_of(secret)["canary"], secret.name):
            assert word.encode() not in data, path
            assert json.dumps(word)[1:-1].encode() not in data, path


def test_the_coverage_page_is_for_people_who_are_logged_in(after_night: Home) -> None:
    """Airflow's menu links to the coverage page; it answers 401 to strangers and may load nothing."""
    opened = after_night
    url = f"http://127.0.0.1:{opened.port}"
    assert httpx.get(f"{url}/sohoa/coverage", trust_env=False).status_code == 401
    password = json.loads((opened.path / "airflow" / "passwords.json").read_text("utf-8"))["admin"]
    login = {"username": "admin", "password": password}
    token = httpx.post(f"{url}/auth/token", json=login, trust_env=False).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    page = httpx.get(f"{url}/sohoa/coverage", headers=headers, trust_env=False)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "Lần chạy gần nhất thành công" in page.text
    assert "số liệu đến hết ngày" in page.text
    assert "Chưa gửi đến nơi nào" in page.text
    plugins = httpx.get(f"{url}/api/v2/plugins", headers=headers, trust_env=False).json()["plugins"]
    assert [view["name"] for plugin in plugins for view in plugin["external_views"]] == [
        *("Độ phủ số hoá", "Kho lưu trữ số"),
    ]
    portal = httpx.get(f"{url}/sohoa/portal", headers=headers, trust_env=False)
    assert (portal.status_code, portal.headers["location"]) == (307, "http://127.0.0.1:8081/")


def test_a_failed_night_is_heard(after_night: Home) -> None:
    """No room: the night fails at once with exit code 4, the callback leaves a report and an ERROR line."""
    opened = after_night
    config = opened.path.parent / "config" / "sohoa.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("min_free_bytes: 1073741824", f"min_free_bytes: {10**18}"), "utf-8")
    try:
        code, errors = opened.night()
    finally:
        config.write_text(text, "utf-8")
    assert code == 4, errors
    report = opened.report()
    assert report["failed"] is True
    assert str(report["error"]).startswith("NoSpace: ")
    logs = sorted(
        (opened.path / "airflow" / "logs").rglob("task_id=preflight/attempt=1.log"), key=os.path.getmtime
    )
    lines = [json.loads(line) for line in logs[-1].read_text("utf-8").splitlines()]
    assert any(line["level"] == "error" and "digitize_nightly failed" in line["event"] for line in lines)
