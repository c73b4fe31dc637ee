"""Held objects come back by a named person only, mark by mark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import pytest

from ocr.page import Box, Mark, MarkKind
from sohoa.domain.archive.records import Reading
from sohoa.domain.errors import NotAllowed
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.domain.protection.access import Reader
from sohoa.ports import FileFacts, Recogniser
from sohoa.settings import load_settings
from sohoa.usecases.checks.verify import verify
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import nightly
from sohoa.usecases.pipeline.release import release
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services
from tests.support.site import SAMPLES

pytestmark = pytest.mark.slow
GUARD = "Cán bộ bảo mật mẫu"
READER = Reader(GUARD, by_name=True, roles=frozenset({"security"}))
SCAN = SAMPLES / "Z99.03" / "2026-01" / "tb-0021.png"


@dataclass(frozen=True)
class Stamping:
    """The real recogniser on paper that bears these stamps, too."""

    real: Recogniser
    stamps: tuple[str, ...]

    def inspect(self, path: Path) -> FileFacts:
        return self.real.inspect(path)

    def read(self, path: Path, facts: FileFacts) -> Reading:
        reading = self.real.read(path, facts)
        first, *others = reading.pages
        marks = tuple(
            Mark(MarkKind.SECRECY if text == "MẬT" else MarkKind.STAMP, text, Box(9, 9, 90, 30))
            for text in self.stamps
        )
        return replace(reading, pages=(replace(first, marks=(*first.marks, *marks)), *others))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    home = {"SOHOA_HOME": str(tmp_path / "home"), "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0"}
    with mock.patch.dict(os.environ, home):
        settings = load_settings()
        init_home(settings)
        with open_services(settings) as opened:
            ingest(opened, [SCAN], "Z99.03", "b")
            yield opened


def after_a_night(services: Services, *stamps: str) -> InboxObject:
    """What became of the paper that bears these stamps."""
    stamped = replace(services, recogniser=Stamping(services.recogniser, stamps))
    nightly(READER, stamped, lambda _: None, lambda _: None)
    return next(services.states.objects())


def test_a_declassified_paper_is_released_mark_by_mark(services: Services) -> None:
    """First the stamp GIẢI MẬT, then the mark that it makes void; nothing passes that nobody released."""
    held = after_a_night(services, "GIẢI MẬT", "MẬT")
    assert (held.state, held.reason) == (State.QUARANTINED, "declassified_mark")
    release(READER, services, held.sha256[:8], "Quyết định giải mật số 5")
    held = after_a_night(services, "GIẢI MẬT", "MẬT")
    assert (held.state, held.reason) == (State.QUARANTINED, "secrecy_mark")
    release(READER, services, held.sha256, "Quyết định giải mật số 5")
    assert after_a_night(services, "GIẢI MẬT", "MẬT").state in (State.ARCHIVED, State.NEEDS_REVIEW)
    assert verify(services).faults == ()


def test_a_secrecy_mark_is_released_as_a_false_alarm_only(services: Services) -> None:
    """Without a declassification the person must say that there is no mark."""
    held = after_a_night(services, "MẬT")
    with pytest.raises(NotAllowed, match="declassification"):
        release(READER, services, held.sha256, "đọc nhầm")
    release(READER, services, held.sha256, "đọc nhầm", false_alarm=True)
    assert after_a_night(services, "MẬT").state in (State.ARCHIVED, State.NEEDS_REVIEW)


def test_a_recalled_paper_is_never_released_here(services: Services) -> None:
    """It goes back to who recalled it, whatever anybody says."""
    held = after_a_night(services, "TÀI LIỆU THU HỒI")
    with pytest.raises(NotAllowed, match="recall"):
        release(READER, services, held.sha256, "đọc nhầm", false_alarm=True)


def test_a_release_is_for_these_bytes_alone(services: Services) -> None:
    """Another paper under the same key is screened as if nothing had been released."""
    held = after_a_night(services, "GIẢI MẬT")
    release(READER, services, held.sha256, "đã giải mật")
    other = SAMPLES / "Z99.01" / "2026-01" / "cv-3088.pdf"
    services.store.put(services.policy.inbox, held.key, other, replace=True)
    after_a_night(services, "GIẢI MẬT")
    now = next(row for row in services.states.objects() if not row.replaced)
    assert now.sha256 != held.sha256
    assert (now.state, now.reason) == (State.QUARANTINED, "declassified_mark")
