"""The portal as a process: its address, its figures, and what is said where it cannot listen."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from sohoa.domain.metrics import Sample, exposition
from tests.support.site import Site, stored_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return stored_site(tmp_path_factory.mktemp("serving"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def portal(site: Site) -> Iterator[str]:
    """A portal that listens; its address."""
    port = free_port()
    with site.start("portal", "--port", str(port)) as process:
        assert process.stderr is not None
        try:
            assert process.stderr.readline() == f"http://127.0.0.1:{port}/\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_it_serves_and_counts(site: Site) -> None:
    """Answers are counted by page and status, without a word of what was asked; a proxy gets nothing."""
    figures = site.home / "reports" / "sohoa-night.prom"
    figures.parent.mkdir(exist_ok=True)
    figures.write_bytes(exposition([Sample("sohoa_night_failed", 0)]))
    with portal(site) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        assert client.get("/login").status_code == 200
        assert client.get("/search?q=bi+mat").status_code == 303
        assert client.get("/records/abc").status_code == 303
        assert client.get("/no/such/page").status_code == 404
        told = client.get("/metrics").text
        assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404
        assert client.get("/metrics", headers={"X-Forwarded-Proto": "https"}).status_code == 404
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }
    assert samples["sohoa_portal_requests_total", "200", "login"] == 1
    assert samples["sohoa_portal_requests_total", "303", "search"] == 1
    assert samples["sohoa_portal_requests_total", "404", "none"] == 1
    assert samples["sohoa_portal_request_seconds_count", "record"] == 1
    assert samples["sohoa_portal_sessions",] == 0
    assert samples["sohoa_night_failed",] == 0
    assert not re.search("mat|abc|such", told)


def test_a_port_in_use_is_told(site: Site, tmp_path: Path) -> None:
    """One sentence that says what to do, exit code 2, and no address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, told = site.ask("portal", "--port", str(port))
    assert (code, out) == (2, "")
    assert f"cannot listen on 127.0.0.1, port {port}: address already in use" in " ".join(told.split())
    assert "--port" in told
    assert "http://" not in told
    assert "Traceback" not in told
