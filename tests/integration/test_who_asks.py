"""A reader gets no word of what is not theirs: it is as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest import mock

import pytest

from sohoa.domain.errors import NotFound
from sohoa.domain.inbox.states import State
from sohoa.domain.protection.access import PUBLIC, Access, Reader
from sohoa.domain.review.queue import Step
from sohoa.domain.search.query import parse_query
from sohoa.settings import load_settings
from sohoa.usecases.archive.verdicts import sample_of
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.dossiers.attach import attach
from sohoa.usecases.dossiers.lists import list_dossiers, loose, members_of
from sohoa.usecases.evidence.aliases import aliases
from sohoa.usecases.pipeline.quarantine import quarantined, remove
from sohoa.usecases.pipeline.release import release
from sohoa.usecases.review.assignments import assign
from sohoa.usecases.review.batch_samples import check_sample, draw_sample
from sohoa.usecases.review.decide import accept, correct, reject
from sohoa.usecases.review.parts import merge, split
from sohoa.usecases.review.undo import retry, withdraw
from sohoa.usecases.review.views import view, waiting
from sohoa.usecases.search.search import listed, search, show, where
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.site import stored_site

pytestmark = pytest.mark.slow
ROLES = frozenset({"operator", "archivist", "officer", "security"})
ARCHIVIST, BATCH = "Cán bộ lưu trữ mẫu", "lo-1"
EVERYBODY = Reader(ARCHIVIST, True, ROLES)
OTHER_AGENCY = Reader(ARCHIVIST, True, ROLES, Access(frozenset({"Z99.02"})))
OPEN_ONLY = Reader(ARCHIVIST, True, ROLES, Access(None, frozenset({PUBLIC})))
Ask = Callable[[Reader, Services, str], object]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A stored home, whose records all are of one agency and of the level 02."""
    stored = stored_site(tmp_path_factory.mktemp("who"))
    home = {"SOHOA_HOME": str(stored.home), "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0"}
    with mock.patch.dict("os.environ", home), open_services(load_settings()) as opened:
        yield opened


def record(services: Services) -> str:
    """A record that waits for a person."""
    return next(iter(services.queue.waiting(agency="Z99.01"))).record_id


OF_A_RECORD: Mapping[str, Ask] = {
    "show": show,
    "show with personal data": lambda r, s, name: show(r, s, name, personal=True),
    "view": view,
    "view with personal data": lambda r, s, name: view(r, s, name, personal=True),
    "accept": lambda r, s, name: accept(r, s, name),
    "correct": lambda r, s, name: correct(r, s, name, {"subject": "khác"}),
    "reject": lambda r, s, name: reject(r, s, name, "nhầm"),
    "withdraw": lambda r, s, name: withdraw(r, s, name, "nhầm"),
    "split": lambda r, s, name: split(r, s, name, ["1", "2"], ""),
    "merge": lambda r, s, name: merge(r, s, [name], ""),
    "attach": lambda r, s, name: attach(r, s, name, "HS-01", None),
    "assign": lambda r, s, name: assign(r, s, [name], ARCHIVIST, Step.ENTRY),
}


@pytest.mark.parametrize("reader", [OTHER_AGENCY, OPEN_ONLY], ids=["of another agency", "of open papers"])
@pytest.mark.parametrize("ask", OF_A_RECORD.values(), ids=OF_A_RECORD)
def test_a_record_of_others_does_not_exist(services: Services, ask: Ask, reader: Reader) -> None:
    """The same error with the same words as for an id that nobody has; nothing is written."""
    name = record(services)
    before = len(services.events.events(name))
    with pytest.raises(NotFound) as of_others:
        ask(reader, services, name)
    with pytest.raises(NotFound) as of_nobody:
        ask(reader, services, "a" * 26)
    assert str(of_others.value).replace(name, "?") == str(of_nobody.value).replace("a" * 26, "?")
    assert of_others.value.code == of_nobody.value.code
    assert len(services.events.events(name)) == before


LISTS: Mapping[str, Callable[[Reader, Services], Any]] = {
    "search": lambda r, s: search(r, s, parse_query("kế hoạch")).hits,
    "where a key": lambda r, s: where(r, s, "Z99.01/lo-1/qd-47.tif"),
    "where a record": lambda r, s: where(r, s, record(s)),
    "listed": lambda r, s: list(listed(r, s)),
    "waiting": waiting,
    "dossiers": lambda r, s: list_dossiers(r, s.dossiers, s.records),
    "members": lambda r, s: members_of(r, s.dossiers, "Z99.01", "HS-01"),
    "loose": lambda r, s: list(loose(r, s.dossiers, s.records)),
    "quarantined": lambda r, s: list(quarantined(r, s.states)),
    "sample": lambda r, s: sample_of(r, s.events, "Z99.01", BATCH) or [],
    "coverage": lambda r, s: [row for row in measure(r, s).agencies if row.agency == "Z99.01"],
}


@pytest.mark.parametrize("ask", LISTS.values(), ids=LISTS)
def test_lists_hold_nothing_of_other_agencies(
    services: Services, ask: Callable[[Reader, Services], Any]
) -> None:
    """What everybody's reader finds is not there for a reader of another agency."""
    assert ask(EVERYBODY, services)
    assert not ask(OTHER_AGENCY, services)
    assert list(aliases(OTHER_AGENCY, services)) == []


@pytest.mark.parametrize(
    "decide",
    [
        lambda r, s: release(r, s, next(quarantined(EVERYBODY, s.states)).sha256, "nhầm", false_alarm=True),
        lambda r, s: remove(r, s, next(quarantined(EVERYBODY, s.states)).sha256, "nhầm"),
        lambda r, s: retry(r, s, ["Z99.01/lo-1/rong.pdf"]),
        lambda r, s: check_sample(r, s, "Z99.01", BATCH, [], []),
        lambda r, s: measure(r, s, agency="Z99.01"),
    ],
    ids=["release", "remove", "retry", "check a sample", "coverage of it"],
)
def test_objects_and_batches_of_others_do_not_exist(
    services: Services, decide: Callable[[Reader, Services], object]
) -> None:
    """A decision on them is refused as one on nothing."""
    with pytest.raises(NotFound):
        decide(OTHER_AGENCY, services)


def test_a_reason_is_retried_for_the_readers_agencies_alone(services: Services) -> None:
    """Objects of other agencies stay as they are."""
    reason = next(row.reason for row in services.states.objects(states=(State.REJECTED,)))
    assert retry(OTHER_AGENCY, services, [], reason) == 0
    assert retry(OTHER_AGENCY, services, []) == 0
    assert [row.reason for row in services.states.objects(states=(State.REJECTED,))] == [reason]


def test_no_sample_is_drawn_of_others(services: Services) -> None:
    """Their batch has no record for this reader."""
    with pytest.raises(Exception, match="0 records"):
        draw_sample(OTHER_AGENCY, services, "Z99.01", BATCH, 2, 0, "x")
