"""Claims on a server: workers of other machines hold them as long as they are heard of."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import make_url

from sohoa.adapters.ledger import SqlLedger, open_ledger, workers
from sohoa.adapters.processes import may_live, new_owner
from sohoa.domain.errors import Unavailable
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from tests.support.databases import fresh_database, session
from tests.support.moments import NOON
from tests.support.processes import kill, start_ready
from tests.support.servers import needed

KEY, ETAG = "H1/batch/a.pdf", "e1"
ME = new_owner("me")
ELSEWHERE = "far-away@4026531836:17:12345678.99:w"


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_database(needed("ledger").ledger) as address:
        yield address


@pytest.fixture
def ledger(url: str) -> Iterator[SqlLedger]:
    opened = open_ledger(url, may_live)
    opened.states.observe([ObjectInfo(KEY, 7, ETAG)])
    yield opened
    opened.close()


def unheard(url: str, seconds: int) -> None:
    """Nobody was heard of for so long."""
    location = make_url(url)
    with session(location, str(location.database)) as server:
        server.execute(
            "UPDATE workers SET seen_at = clock_timestamp() - make_interval(secs => %s)", [seconds]
        )


def test_a_worker_elsewhere_keeps_its_claim_until_its_lease_ends(ledger: SqlLedger, url: str) -> None:
    """A dead worker that cannot be seen from here loses its objects when it was not heard of for 30 s."""
    states = "open_ledger(place, alive).states"
    code = f"print({states}.claim({KEY!r}, {ETAG!r}, {ELSEWHERE!r}), flush=True); input()"
    kill(start_ready(code, url))
    unheard(url, 25)
    assert not ledger.states.claim(KEY, ETAG, ME)
    assert ledger.states.live_claims() == 1
    unheard(url, 31)
    assert ledger.states.live_claims() == 0
    assert ledger.states.claim(KEY, ETAG, ME)


def test_a_worker_that_was_taken_for_dead_cannot_settle(ledger: SqlLedger, url: str) -> None:
    """One that comes back after a pause is told so; what the other wrote stands."""
    other = open_ledger(url, may_live)
    assert ledger.states.claim(KEY, ETAG, ELSEWHERE)
    unheard(url, 31)
    assert other.states.claim(KEY, ETAG, ME)
    with pytest.raises(Unavailable, match="took the object over"):
        ledger.states.settle(KEY, ETAG, Outcome(State.FAILED), NOON)
    assert not ledger.states.claim(KEY, ETAG, ELSEWHERE)
    other.states.settle(KEY, ETAG, Outcome(State.ARCHIVED), NOON)
    ledger.states.release(KEY, ETAG, ELSEWHERE)
    assert (ledger.states.live_claims(), [item.state for item in ledger.states.find(KEY)]) == (
        1,
        [State.ARCHIVED],
    )
    other.close()


def test_long_work_keeps_its_lease(ledger: SqlLedger, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker is heard of while it works, however long one object takes."""
    monkeypatch.setattr(workers, "HEARTBEAT_S", 0.05)
    assert ledger.states.claim(KEY, ETAG, ELSEWHERE)
    other = open_ledger(url, may_live)
    unheard(url, 31)
    deadline = time.monotonic() + 10
    while not other.states.live_claims() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert other.states.live_claims() == 1
    assert not other.states.claim(KEY, ETAG, ME)
    other.close()


def test_a_closed_ledger_gives_its_claims_up(ledger: SqlLedger, url: str) -> None:
    """Claims that an orderly end has left over keep nobody waiting."""
    other = open_ledger(url, may_live)
    assert other.states.claim(KEY, ETAG, ELSEWHERE)
    other.close()
    assert ledger.states.live_claims() == 0
    assert ledger.states.claim(KEY, ETAG, ME)


def test_a_forked_child_works_on_its_own(ledger: SqlLedger, url: str) -> None:
    """A child has its own lease and connections, which end with it; the parent's stay as they were."""
    ledger.states.observe([ObjectInfo("H1/b", 7, ETAG)])
    assert ledger.states.claim(KEY, ETAG, ME)
    before = connections(url)
    child = os.fork()
    if not child:
        mine = ledger.states.claim("H1/b", ETAG, new_owner("child"))
        os._exit(0 if mine and not ledger.states.claim(KEY, ETAG, new_owner("child")) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    ledger.states.settle(KEY, ETAG, Outcome(State.ARCHIVED), NOON)
    assert ledger.states.live_claims() == 1
    assert ledger.states.claim("H1/b", ETAG, ME)
    deadline = time.monotonic() + 10
    while connections(url) > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert connections(url) <= before


def connections(url: str) -> int:
    location = make_url(url)
    with session(location) as server:
        found = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [location.database]
        ).fetchone()
    assert found is not None
    return int(found[0])
