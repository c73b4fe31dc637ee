"""The ledger's server is down, dies, refuses, only reads, or is not told apart from another one."""

from __future__ import annotations

import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL, make_url

from sohoa.adapters.ledger import SqlLedger, engine, open_ledger
from sohoa.adapters.processes import may_live, new_owner
from sohoa.domain.archive.event_chain import first_break
from sohoa.domain.errors import Misconfigured, Unavailable
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from tests.support.databases import session
from tests.support.moments import NOON
from tests.support.processes import results, start
from tests.support.services import machine, postgresql
from tests.support.services.private import Private, private

pytestmark = pytest.mark.slow
ME = new_owner("me")


@pytest.fixture(scope="module")
def server() -> Iterator[Private]:
    """A PostgreSQL of these tests' own, in a folder that its user may enter."""
    try:
        postgresql.programs()
    except machine.Trouble as trouble:
        pytest.skip(str(trouble))
    with tempfile.TemporaryDirectory(prefix="sohoa-test-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with private(postgresql, Path(place), "postgresql") as running:
            yield running


def location(settings: Mapping[str, str]) -> URL:
    return make_url(settings["SOHOA_LEDGER__URL"]).set(password=settings["SOHOA_LEDGER__PASSWORD"])


@pytest.fixture
def url(server: Private) -> Iterator[str]:
    """An empty ledger on that server; afterwards it is empty again."""
    place = location(server.settings)
    yield place.render_as_string(hide_password=False)
    with session(place) as connection:
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("DROP DATABASE sohoa WITH (FORCE)")
        connection.execute("CREATE DATABASE sohoa TEMPLATE template0 ENCODING 'UTF8'")


def opened(url: str | URL, password: str = "") -> SqlLedger:
    return open_ledger(str(url), may_live, password)


def wrong(url: str, **changes: Any) -> tuple[str, str]:
    """The address with something changed, and its password."""
    place = make_url(url)._replace(**changes)
    return place._replace(password=None).render_as_string(), str(place.password or "")


def test_nobody_listens(url: str) -> None:
    """A server that is down may be tried again; the sentence names host and port and says what to do."""
    address, password = wrong(url, port=machine.free_port())
    began = time.monotonic()
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1.*refused: start the server") as caught:
        opened(address, password)
    assert str(make_url(address).port) in str(caught.value)
    assert password not in str(caught.value)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "mistyped-secret"},
        {"username": "nobody_here"},
        {"database": "nothing"},
        {"password": None},
    ],
    ids=["password", "user", "database", "no password"],
)
def test_refused_by_the_server(url: str, changes: dict[str, str]) -> None:
    """A wrong password, user or database is a fault of the settings, and no secret is shown."""
    address, password = wrong(url, **changes)
    with pytest.raises(Misconfigured, match=r"127\.0\.0\.1.*ledger\.password") as caught:
        opened(address, password)
    assert "secret" not in str(caught.value)


def test_a_name_that_nobody_knows(url: str) -> None:
    """A host that cannot be found is named."""
    address, password = wrong(url, host="ledger.invalid")
    with pytest.raises(Unavailable, match=r"ledger\.invalid"):
        opened(address, password)


def test_a_user_without_rights(url: str) -> None:
    """A user who may not make tables is told to become the database's owner."""
    place = make_url(url)
    with session(place) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest-secret'")
    try:
        with pytest.raises(Misconfigured, match="owner of its database"):
            opened(place._replace(username="guest", password=None).render_as_string(), "guest-secret")
    finally:
        with session(place) as connection:
            connection.execute("DROP ROLE guest")


def test_a_server_that_only_reads(url: str) -> None:
    """A standby is read, and refuses to be written with one sentence."""
    ledger = opened(url)
    place = make_url(url)
    with session(place) as connection:
        connection.execute("ALTER DATABASE sohoa SET default_transaction_read_only = on")
    ledger.close()
    ledger = opened(url)
    assert list(ledger.states.objects()) == []
    with pytest.raises(Unavailable, match="only reads"):
        ledger.states.observe([ObjectInfo("H1/a", 1, "e")])
    ledger.close()


def test_another_encoding_is_refused(url: str) -> None:
    """A database that cannot hold Vietnamese is refused before a table is made."""
    place = make_url(url)
    with session(place) as connection:
        connection.execute("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    try:
        with pytest.raises(Misconfigured, match="UTF8"):
            opened(*wrong(url, database="narrow"))
    finally:
        with session(place) as connection:
            connection.execute("DROP DATABASE narrow")


def test_a_stuck_lock_does_not_hold_for_ever(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that waits for somebody else's lock gives up, and nothing of it is written."""
    ledger = opened(url)
    ledger.states.observe([ObjectInfo("H1/a", 1, "e")])
    place = make_url(url)
    with session(place, "sohoa") as other, other.transaction():
        other.execute("SELECT * FROM objects FOR UPDATE")
        ledger.close()
        monkeypatch.setitem(engine._POSTGRESQL, "options", "-c lock_timeout=100ms")
        ledger = opened(url)
        with pytest.raises(Unavailable, match="another process holds it"):
            ledger.states.settle("H1/a", "e", Outcome(State.ARCHIVED), NOON)
    assert [item.state for item in ledger.states.objects()] == [State.PENDING]
    ledger.close()


WORK = """
ledger, owner = open_ledger(place, alive), new_owner("w")
print("ready", flush=True)
done, lost = 0, 0
while True:
    try:
        waiting = list(ledger.states.objects(states=(State.PENDING,)))
        if not waiting:
            break
        for item in waiting:
            if ledger.states.claim(item.key, item.etag, owner):
                if ledger.states.find(item.key)[0].state is State.PENDING:
                    now = datetime.now(UTC)
                    ledger.states.settle(item.key, item.etag, Outcome(State.ARCHIVED), now, attempts=1)
                    ledger.events.append(item.key, owner, Action.SETTLED, {}, datetime.now(UTC))
                ledger.states.release(item.key, item.etag, owner)
                done += 1
    except Unavailable:
        lost += 1
        time.sleep(0.1)
print(done, lost)
ledger.close()
"""
IMPORTS = "import time\nfrom sohoa.domain.errors import Unavailable\n"


def test_killed_in_the_middle(server: Private, url: str) -> None:
    """Workers whose server dies and comes back finish the work; nothing is half written, nothing is lost."""
    ledger = opened(url)
    keys = [f"H1/{number:04}" for number in range(300)]
    ledger.states.observe(ObjectInfo(key, 7, "e") for key in keys)
    workers = [start(IMPORTS + WORK, url) for _ in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    while len(list(ledger.states.objects(states=(State.ARCHIVED,)))) < 50:
        time.sleep(0.02)
    server.kill()
    with pytest.raises(Unavailable, match="start the server"):
        ledger.states.live_claims()
    server.start()
    printed = [tuple(map(int, text.split())) for text in results(workers)]
    assert all(lost for _, lost in printed)
    assert {item.state for item in ledger.states.objects()} == {State.ARCHIVED}
    for key in keys:
        (item,), events = ledger.states.find(key), ledger.events.events(key)
        # One whose server died between two of its transactions is settled without an event.
        assert len(events) <= item.attempts == 1
        assert first_break(events) is None
    assert ledger.states.live_claims() == 0
    ledger.close()


def test_a_lost_connection_is_made_anew(url: str) -> None:
    """Sessions that the server ended cost nothing when nobody was in the middle of something."""
    ledger = opened(url)
    ledger.states.observe([ObjectInfo("H1/a", 1, "e")])
    end_sessions(url)
    assert ledger.states.claim("H1/a", "e", ME)
    end_sessions(url)
    ledger.states.settle("H1/a", "e", Outcome(State.ARCHIVED), NOON)
    assert ledger.states.live_claims() == 1
    ledger.close()


def end_sessions(url: str) -> None:
    with session(make_url(url)) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sohoa'"
        )


def test_a_silent_server_does_not_hold_for_ever(server: Private, url: str) -> None:
    """A server that accepts and says nothing is given up within seconds."""
    ledger = opened(url)
    ledger.close()
    server.pause()
    try:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            opened(url)
        assert time.monotonic() - began < 15
    finally:
        server.pause(signal.SIGCONT)
