"""Trouble of one document's own never ends the night."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from sohoa.domain.archive.records import Reading
from sohoa.domain.errors import Rejected, Unavailable
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import Reader
from sohoa.ports import FileFacts
from sohoa.settings import load_settings
from sohoa.usecases.checks.reconcile import reconcile
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import nightly
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services


class DyingOnSight:
    """A recogniser whose workers die when they look into a file, except for empty-looking PNGs."""

    def inspect(self, path: Path) -> FileFacts:
        if path.read_bytes().startswith(b"png"):
            raise Rejected("broken")
        raise Unavailable("the worker died")

    def read(self, path: Path, facts: FileFacts) -> Reading:
        raise AssertionError("never reached")


class Stumbling(DyingOnSight):
    """A recogniser with a mistake of its own, whose message quotes the document."""

    def inspect(self, path: Path) -> FileFacts:
        raise ValueError(f"could not parse {path.read_text()!r}")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.pdf").write_text("Chuyện riêng")
    (tmp_path / "b" / "two.png").write_text("png")
    home = {"SOHOA_HOME": str(tmp_path / "home"), "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0"}
    with mock.patch.dict(os.environ, home):
        settings = load_settings()
        init_home(settings)
        with open_services(settings) as opened:
            ingest(opened, [tmp_path / "b"], "Z99.01")
            yield opened


def run(services: Services) -> None:
    nightly(Reader("may"), services, lambda _: None, lambda _: None)


def test_a_dying_worker_costs_its_document_only(services: Services) -> None:
    """The document fails after its attempts, with the reason; the other is settled; nights are limited."""
    broken = replace(services, recogniser=DyingOnSight())
    run(broken)
    rows = {row.key: row for row in broken.states.objects()}
    one, two = rows["Z99.01/b/one.pdf"], rows["Z99.01/b/two.png"]
    assert (one.state, one.reason, one.attempts) == (State.FAILED, "worker_crashed", 3)
    assert (two.state, two.reason) == (State.REJECTED, "broken")
    for _ in range(6):
        run(broken)
    assert next(broken.states.objects(states=(State.FAILED,))).attempts == 15
    assert reconcile(broken).holds


def test_an_unexpected_error_never_quotes_the_document(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """The object fails as ``internal`` with type and place of the error, not its message."""
    broken = replace(services, recogniser=Stumbling())
    run(broken)
    row = next(row for row in broken.states.objects() if row.key.endswith("one.pdf"))
    assert (row.state, row.reason) == (State.FAILED, "internal")
    assert "ValueError" in row.detail
    assert "Chuyện" not in row.detail + caplog.text
