"""A server is down, refuses, or is killed in the middle of a night: one sentence, nothing lost."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.support.indices import client as elastic
from tests.support.province import Province, province
from tests.support.scanmaker import as_jpeg
from tests.support.servers import needed, variables
from tests.support.services import elasticsearch, minio, postgresql
from tests.support.services.machine import free_port
from tests.support.services.private import KILLS, Private, private
from tests.support.site import Site

pytestmark = [pytest.mark.slow, KILLS, pytest.mark.timeout(600)]
KINDS = {"minio": minio, "postgresql": postgresql, "elasticsearch": elasticsearch}


def fill(site: Site, folder: Path) -> None:
    """Eight pages that nobody wrote on, and a file that is no document."""
    (folder / "lo-1").mkdir()
    for width in range(300, 380, 10):
        page = as_jpeg(Image.new("RGB", (width, 400), "white"), 200)
        (folder / "lo-1" / f"{width}.jpg").write_bytes(page)
    (folder / "lo-1" / "note.txt").write_bytes(b"no document")
    site.run("init")
    site.run("ingest", folder / "lo-1", "--agency", "Z99.01")


@dataclass
class Disturbed:
    """A site of which one server is the test's own."""

    site: Province
    server: Private


@pytest.fixture(params=list(KINDS))
def disturbed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disturbed]:
    needed()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with (
            private(KINDS[request.param], Path(folder), request.param) as server,
            province(tmp_path / "home", {**variables(), **server.settings}) as site,
        ):
            fill(site, tmp_path)
            yield Disturbed(site, server)
            server.ensure()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("undisturbed")
    site = Site(folder / "home")
    fill(site, folder)
    site.run("nightly")
    return site


def test_a_server_killed_during_the_night(disturbed: Disturbed, undisturbed: Site) -> None:
    """The night ends with exit 3 and one sentence; the next one finishes the work, with nothing doubled."""
    site, server = disturbed.site, disturbed.server
    archive = site.settings.store.archive_bucket
    night = site.start("nightly")
    while not site.keys(archive) and night.poll() is None:
        time.sleep(0.02)
    server.kill()
    _, err = night.communicate(timeout=400)
    assert night.returncode == 3, err
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1].startswith("sohoa: ")
    port = urlsplit(next(iter(server.settings[name] for name in DOWN if name in server.settings))).port
    assert f"127.0.0.1:{port}" in err or f"port {port}" in err
    server.start()
    balance = site.json("reconcile")
    assert balance["holds"], balance["faults"]
    assert site.states() == undisturbed.states()
    assert site.json("reconcile")["holds"]
    assert site.json("verify")["faults"] == []
    copies = [key for key in site.keys(archive) if key.endswith("archive.pdf")]
    assert len(copies) == len(set(copies)) == site.json("search", "NOT khôngcótừnày")["total"]


DOWN = {
    "SOHOA_STORE__ENDPOINT": "http://127.0.0.1:{port}",
    "SOHOA_LEDGER__URL": "postgresql+psycopg://sohoa@127.0.0.1:{port}/sohoa",
    "SOHOA_INDEX__URL": "http://127.0.0.1:{port}",
}


@pytest.mark.parametrize("name", list(DOWN))
def test_a_server_that_is_down_at_the_start(name: str, tmp_path: Path) -> None:
    """The night does not begin: exit 3, within a minute, and the sentence has the address."""
    needed()
    port = free_port()
    with province(tmp_path / "home", variables()) as site:
        site.run("init")
        whole = Province(site.home, {**site.extra, name: DOWN[name].format(port=port)})
        started = time.monotonic()
        ended, _, err = whole.ask("nightly")
        assert ended == 3, err
        assert f"127.0.0.1:{port}" in err or f"port {port}" in err
        assert "Traceback" not in err
        assert time.monotonic() - started < 60
        answers = whole.json("ping", code=3)
        down = [service for service, answer in answers.items() if answer.startswith("Unavailable: ")]
        assert down == [name.removeprefix("SOHOA_").partition("__")[0].lower()]


@pytest.mark.parametrize(
    "name", ["SOHOA_STORE__SECRET_KEY", "SOHOA_LEDGER__PASSWORD", "SOHOA_INDEX__PASSWORD"]
)
def test_refused_credentials(name: str, tmp_path: Path) -> None:
    """Exit 2: a matter of settings; the wrong secret is not shown."""
    needed()
    with province(tmp_path / "home", variables()) as site:
        site.run("init")
        ended, out, err = Province(site.home, {**site.extra, name: "not-the-secret"}).ask("nightly")
        assert ended == 2, err
        assert "Traceback" not in err
        assert "not-the-secret" not in out + err


def test_a_missing_bucket_and_a_foreign_index(tmp_path: Path) -> None:
    """Both are found before the night begins, and the sentence says what to type."""
    needed()
    with province(tmp_path / "home", variables()) as site:
        site.run("init")
        other = Province(site.home, {**site.extra, "SOHOA_STORE__ARCHIVE_BUCKET": "nowhere-at-all"})
        ended, _, err = other.ask("nightly")
        assert ended == 2
        assert "sohoa init" in err
        name = f"foreign-{secrets.token_hex(5)}"
        with elastic(site.settings.index) as bare:
            bare.indices.create(index=name, mappings={"properties": {"record_id": {"type": "date"}}})
            try:
                ended, _, err = Province(site.home, {**site.extra, "SOHOA_INDEX__NAME": name}).ask("nightly")
            finally:
                bare.indices.delete(index=name)
        assert (ended, "Traceback" in err) == (2, False)
        assert name in err
