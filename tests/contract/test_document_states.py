"""What every ledger does with states and claims of inbox objects."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.adapters.ledger import SqlLedger
from sohoa.adapters.ledger.tables import REVISION
from sohoa.adapters.processes import new_owner
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.keys import object_id
from sohoa.domain.inbox.states import InboxObject, ObjectInfo, Outcome, State
from sohoa.ports import NewEvent
from tests.support.moments import NOON
from tests.support.processes import kill, results, start, start_ready

KEY, ETAG = "H1/batch/a.pdf", "e1"
ME = new_owner("me")
REMOVED = NewEvent("lan", Action.REMOVED, {"reason": "giấy"})
DEAD = new_owner("dead").replace(f":{os.getpid()}:", ":4999999:")


def seen(ledger: SqlLedger, *objects: tuple[str, str]) -> None:
    ledger.states.observe(ObjectInfo(key, 7, etag) for key, etag in objects)


def row(ledger: SqlLedger, key: str = KEY, etag: str = ETAG) -> InboxObject:
    (found,) = [item for item in ledger.states.find(key) if item.etag == etag]
    return found


def settled(ledger: SqlLedger, state: State, reason: str = "", key: str = KEY) -> None:
    ledger.states.settle(key, ETAG, Outcome(state, reason), NOON)


def test_a_listed_object_is_pending(ledger: SqlLedger) -> None:
    """An object that was never seen is pending; seeing it again changes nothing."""
    seen(ledger, (KEY, ETAG))
    seen(ledger, (KEY, ETAG))
    assert list(ledger.states.objects()) == [InboxObject(KEY, ETAG, 7)]


def test_seeing_an_object_again_keeps_its_state(ledger: SqlLedger) -> None:
    """The listing does not undo what was decided."""
    seen(ledger, (KEY, ETAG))
    settled(ledger, State.ARCHIVED)
    seen(ledger, (KEY, ETAG), ("H1/b.pdf", "x"))
    assert row(ledger).state is State.ARCHIVED


def test_a_replaced_object_is_a_new_one(ledger: SqlLedger) -> None:
    """Another etag is a new pending object and marks the old row; the old etag again revives it."""
    seen(ledger, (KEY, "e1"))
    settled(ledger, State.ARCHIVED)
    seen(ledger, (KEY, "e2"))
    assert [(o.etag, o.state, o.replaced) for o in ledger.states.objects()] == [
        ("e1", State.ARCHIVED, True),
        ("e2", State.PENDING, False),
    ]
    seen(ledger, (KEY, "e1"))
    assert [(o.etag, o.replaced) for o in ledger.states.objects()] == [("e1", False), ("e2", True)]


@given(
    st.sets(st.text(alphabet="aZ/-đ~0\U0001f600", min_size=1), max_size=30),
    st.text(alphabet="a-", max_size=1),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_rows_are_sorted_by_bytes(ledger: SqlLedger, keys: set[str], prefix: str) -> None:
    """Rows come in the order of the listing, so that both can be merged as streams."""
    seen(ledger, *((key, ETAG) for key in keys))
    found = [item.key for item in ledger.states.objects(prefix=prefix)]
    assert found == sorted(found, key=str.encode)
    assert {key for key in keys if key.startswith(prefix)} <= set(found)
    assert all(key.startswith(prefix) for key in found)


def test_many_rows_stream_while_they_change(ledger: SqlLedger) -> None:
    """Thousands of rows come once each, although each is settled while it is read."""
    seen(ledger, *((f"H1/{number:05}", ETAG) for number in range(2500)))
    count = 0
    for item in ledger.states.objects(states=(State.PENDING,)):
        count += 1
        if count % 100 == 0:
            ledger.states.settle(item.key, item.etag, Outcome(State.ARCHIVED), NOON)
    assert count == 2500
    assert len(list(ledger.states.objects(states=(State.ARCHIVED, State.FAILED)))) == 25


def test_find_by_key_hash_and_record(ledger: SqlLedger) -> None:
    """An object is found by its key, its hash or its record; an empty text finds nothing."""
    seen(ledger, (KEY, ETAG), ("H1/b.pdf", ETAG))
    ledger.states.settle(KEY, ETAG, Outcome(State.ARCHIVED, sha256="ab" * 32, record_id="r1", pages=3), NOON)
    for text in (KEY, "ab" * 32, "r1"):
        assert [item.key for item in ledger.states.find(text)] == [KEY]
    assert list(ledger.states.find("")) == list(ledger.states.find("H1")) == []
    assert row(ledger).updated_at == NOON


def test_settling_keeps_a_known_hash_and_counts_attempts(ledger: SqlLedger) -> None:
    """A later failure does not forget the hash; each failed attempt counts one."""
    seen(ledger, (KEY, ETAG))
    ledger.states.settle(KEY, ETAG, Outcome(State.FAILED, "timeout", sha256="ab"), NOON, attempts=1)
    ledger.states.settle(KEY, ETAG, Outcome(State.FAILED, "timeout", "page 3"), NOON, attempts=1)
    assert (row(ledger).sha256, row(ledger).attempts, row(ledger).detail) == ("ab", 2, "page 3")
    with pytest.raises(Corrupt):
        settled(ledger, State.ARCHIVED, key="H1/unknown")


def test_objects_are_known_by_their_ids(ledger: SqlLedger) -> None:
    """An id stands for one version of an object; one of an object that was never seen for nothing."""
    seen(ledger, (KEY, "e1"), ("H1/b", "e1"))
    seen(ledger, (KEY, "e2"))
    asked = [object_id(*pair) for pair in ((KEY, "e1"), (KEY, "e2"), ("H1/c", "e1"))]
    assert ledger.states.identified(asked) == {asked[0]: (KEY, "e1"), asked[1]: (KEY, "e2")}
    assert ledger.states.identified([]) == {}


def test_retry(ledger: SqlLedger) -> None:
    """Rejected and failed objects of the keys, or of the reason, get a fresh start; others stay."""
    states = {"a": State.REJECTED, "b": State.FAILED, "c": State.ARCHIVED, "d": State.FAILED}
    seen(ledger, *((key, ETAG) for key in states))
    for key, state in states.items():
        settled(ledger, state, "timeout" if key == "d" else "broken", key)
    assert ledger.states.retry((), "", NOON) == 0
    assert ledger.states.retry(("a", "c", "zz"), "", NOON) == 1
    assert ledger.states.retry((), "timeout", NOON) == 1
    assert [o.key for o in ledger.states.objects(states=(State.PENDING,))] == ["a", "d"]
    assert (row(ledger, "a").reason, row(ledger, "a").attempts) == ("", 0)


def test_tombstones(ledger: SqlLedger) -> None:
    """Only a quarantined object can be removed, and the row says by whom."""
    seen(ledger, (KEY, ETAG))
    with pytest.raises(Corrupt):
        ledger.states.mark_removed(KEY, ETAG, "lan", NOON, REMOVED)
    settled(ledger, State.QUARANTINED, "secrecy_mark")
    ledger.states.mark_removed(KEY, ETAG, "lan", NOON, REMOVED)
    assert (row(ledger).removed_by, row(ledger).state) == ("lan", State.QUARANTINED)


def test_a_state_is_never_without_its_event(ledger: SqlLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is killed between the two has written neither; what is refused leaves no event."""
    event = NewEvent("may", Action.SETTLED, {"state": "archived"})
    seen(ledger, (KEY, ETAG))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sohoa.adapters.ledger.events._insert", killed)
        with pytest.raises(KeyboardInterrupt):
            ledger.states.settle(KEY, ETAG, Outcome(State.ARCHIVED), NOON, event=event)
    assert (row(ledger).state, list(ledger.events.events(KEY))) == (State.PENDING, [])
    ledger.states.settle(KEY, ETAG, Outcome(State.ARCHIVED), NOON, event=event)
    assert [item.action for item in ledger.events.events(KEY)] == ["settled"]
    with pytest.raises(Corrupt):
        ledger.states.settle("H1/unknown", ETAG, Outcome(State.ARCHIVED), NOON, event=event)
    with pytest.raises(Corrupt):
        ledger.states.mark_removed(KEY, ETAG, "lan", NOON, REMOVED)
    assert [len(ledger.events.events(key)) for key in (KEY, "H1/unknown")] == [1, 0]


def test_a_claim_keeps_others_out(ledger: SqlLedger) -> None:
    """One owner has an object, repeatedly if it likes; another gets it after the release."""
    other = new_owner("other")
    seen(ledger, (KEY, ETAG))
    assert not ledger.states.claim("H1/unknown", ETAG, ME)
    assert ledger.states.claim(KEY, ETAG, ME)
    assert ledger.states.claim(KEY, ETAG, ME)
    assert not ledger.states.claim(KEY, ETAG, other)
    ledger.states.release(KEY, ETAG, other)
    assert ledger.states.live_claims() == 1
    ledger.states.release(KEY, ETAG, ME)
    assert ledger.states.live_claims() == 0
    assert ledger.states.claim(KEY, ETAG, other)


def test_a_dead_owner_gives_way(ledger: SqlLedger) -> None:
    """The claim of a process that no longer runs is taken over and does not count as live."""
    seen(ledger, (KEY, ETAG))
    assert ledger.states.claim(KEY, ETAG, DEAD)
    assert ledger.states.live_claims() == 0
    assert ledger.states.claim(KEY, ETAG, ME)
    ledger.states.release(KEY, ETAG, DEAD)
    assert ledger.states.live_claims() == 1


def test_a_killed_worker_loses_its_claim(ledger: SqlLedger, ledger_url: str) -> None:
    """A claim holds as long as its process lives, and no longer."""
    seen(ledger, (KEY, ETAG))
    states = "open_ledger(place, alive).states"
    code = f"print({states}.claim({KEY!r}, {ETAG!r}, new_owner('w')), flush=True); input()"
    worker = start_ready(code, ledger_url)
    assert not ledger.states.claim(KEY, ETAG, ME)
    kill(worker)
    assert ledger.states.claim(KEY, ETAG, ME)


WORK = """
ledger, owner = open_ledger(place, alive), new_owner("w")
taken = [item.key for item in ledger.states.objects() if ledger.states.claim(item.key, item.etag, owner)]
print("ready", flush=True)
input()
print(" ".join(taken))
"""


def test_two_workers_never_hold_the_same_object(ledger: SqlLedger, ledger_url: str) -> None:
    """Processes that race for the same objects, all held by a dead worker, share them out."""
    keys = [f"H1/{number:03}" for number in range(150)]
    seen(ledger, *((key, ETAG) for key in keys))
    for key in keys[::2]:
        ledger.states.claim(key, ETAG, DEAD)
    workers = [start(WORK, ledger_url) for _ in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    assert ledger.states.live_claims() == len(keys)
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    taken = [key for printed in results(workers) for key in printed.split()]
    assert sorted(taken) == keys


def test_ping(ledger: SqlLedger) -> None:
    """Ping names database and schema in one line, and no password."""
    assert f"schema {REVISION}" in ledger.states.ping()
