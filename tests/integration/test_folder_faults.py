"""A folder document whose run is killed between two steps is taken up again by the next night."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from PIL import Image

from sohoa.domain.inbox.states import Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent
from sohoa.settings import load_settings
from sohoa.usecases.checks.reconcile import reconcile
from sohoa.usecases.checks.verify import verify
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import nightly
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services
from tests.support.scanmaker import CLEAN, as_jpeg, load_document, render_document

pytestmark = pytest.mark.slow


class Killed(BaseException):
    """The process ends here."""


@dataclass
class DyingStates:
    """A ledger whose process is killed when the given number of outcomes has been written."""

    whole: Any
    left: int

    def settle(
        self,
        key: str,
        etag: str,
        outcome: Outcome,
        at: datetime,
        *,
        attempts: int = 0,
        event: NewEvent | None = None,
    ) -> None:
        if not self.left:
            raise Killed
        self.left -= 1
        self.whole.settle(key, etag, outcome, at, attempts=attempts, event=event)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)


@contextmanager
def opened(home: Path, pages: list[bytes], disposition: str) -> Iterator[Services]:
    folder = home.parent / "lo" / "van-ban.pages"
    folder.mkdir(parents=True)
    for number, page in enumerate(pages, 1):
        (folder / f"{number}.jpg").write_bytes(page)
    (folder / "_complete").touch()
    variables = {
        "SOHOA_HOME": str(home),
        "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0",
        "SOHOA_SECRECY__DISPOSITION": disposition,
    }
    with mock.patch.dict(os.environ, variables):
        settings = load_settings()
        init_home(settings)
        with open_services(settings) as services:
            ingest(services, [folder.parent], "Z99.01")
            yield services


def run(services: Services) -> None:
    nightly(Reader("may"), services, lambda _: None, lambda _: None)


def blank(width: int) -> bytes:
    return as_jpeg(Image.new("RGB", (width, 300), "white"), 200)


def states_after_a_kill(services: Services, settled: int) -> dict[str, State]:
    """The states after a night that was killed after so many outcomes, and another one."""
    with pytest.raises(Killed):
        run(replace(services, states=DyingStates(services.states, settled)))
    run(services)
    balance = reconcile(services)
    assert balance.holds, balance.faults
    assert not verify(services).faults
    return {row.key.rpartition("/")[2]: row.state for row in services.states.objects()}


@pytest.mark.parametrize("settled", [0, 1, 2])
def test_a_killed_folder_is_one_record_the_next_night(tmp_path: Path, settled: int) -> None:
    """However far the ledger had come: one record, its pages companions, no second copy."""
    with opened(tmp_path / "home", [blank(300), blank(310)], "hold") as services:
        states = states_after_a_kill(services, settled)
        assert states.pop("_complete") is State.NEEDS_REVIEW
        assert set(states.values()) == {State.COMPANION}
        assert len(list(services.records.records())) == 1


@pytest.mark.parametrize("settled", [0, 1, 2])
def test_a_killed_secret_folder_stays_secret(tmp_path: Path, settled: int) -> None:
    """The page with the mark may be gone already: what is left of the folder is never archived."""
    secret = as_jpeg(render_document(load_document("bc_secret"), CLEAN, 150)[0], 150)
    with opened(tmp_path / "home", [secret, blank(310)], "delete") as services:
        states = states_after_a_kill(services, settled)
        assert set(states.values()) == {State.QUARANTINED}
        assert not list(services.store.list(services.policy.archive))
        assert not list(services.store.list(services.policy.inbox))
