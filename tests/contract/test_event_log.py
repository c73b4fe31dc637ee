"""What every ledger does with events."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import event_hash, first_break
from sohoa.domain.errors import Corrupt, InvalidRequest
from sohoa.ports import Event, EventQuery
from tests.support.moments import NOON
from tests.support.processes import results, start


def log(ledger: SqlLedger, count: int, subject: str = "r1") -> list[Event]:
    return [ledger.events.append(subject, "lan", Action.ARCHIVED, {"n": n}, NOON) for n in range(count)]


def test_events_come_back_in_order(ledger: SqlLedger) -> None:
    """What was appended is read as it was, oldest first, chained; other subjects have their own chain."""
    appended = log(ledger, 3)
    log(ledger, 1, "r2")
    assert list(ledger.events.events("r1")) == appended
    assert first_break(ledger.events.events("r1")) is None
    assert [event.previous for event in ledger.events.events("r2")] == [""]
    assert list(ledger.events.events("r3")) == []


def test_hashes_of_many_subjects_come_at_once(ledger: SqlLedger) -> None:
    """Each chain in its order; a subject without events has an empty one."""
    chains = {name: [event.hash for event in log(ledger, 2, name)] for name in ("r1", "r2")}
    assert ledger.events.hashes(["r2", "r3", "r1"]) == chains | {"r3": []}


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_details_survive(ledger: SqlLedger, details: dict[str, object]) -> None:
    """Any JSON comes back equal, and its hash still fits."""
    subject = str(sorted(details))
    before = len(ledger.events.events(subject))
    assert ledger.events.append(subject, "lan", Action.RECEIVED, details, NOON).details == details
    assert ledger.events.events(subject)[before].details == details
    assert first_break(ledger.events.events(subject)) is None


def test_times_of_any_zone(ledger: SqlLedger) -> None:
    """The moment survives, whatever zone it was given in; a time without zone is an error of the caller."""
    here = NOON.astimezone(timezone(timedelta(hours=7)))
    assert (
        ledger.events.append("r1", "lan", Action.RECEIVED, {}, here).at
        == ledger.events.events("r1")[0].at
        == NOON
    )
    with pytest.raises(ValueError, match="time zone"):
        ledger.events.append("r1", "lan", Action.RECEIVED, {}, NOON.replace(tzinfo=None))


RACE = """
ledger = open_ledger(place, alive)
for n in range(40):
    ledger.events.append("r1", new_owner("w"), Action.ARCHIVED, {"n": n}, datetime.now(UTC))
"""


def test_concurrent_writers_make_one_chain(ledger: SqlLedger, ledger_url: str) -> None:
    """Processes that append to one subject lose nothing and fork nothing."""
    results([start(RACE, ledger_url) for _ in range(3)])
    events = ledger.events.events("r1")
    assert len(events) == 120
    assert first_break(events) is None


def test_history_is_taken_over(ledger: SqlLedger) -> None:
    """Events chained elsewhere are added once; the chain goes on from there."""
    foreign = log(ledger, 3, "r1")
    moved = _chain_of("r9", 3)
    ledger.events.extend(moved[:2])
    ledger.events.extend(moved)
    ledger.events.extend(moved[:1])
    ledger.events.extend(())
    assert list(ledger.events.events("r9")) == moved
    assert ledger.events.append("r9", "lan", Action.ARCHIVED, {}, NOON).previous == moved[-1].hash
    ledger.events.extend(foreign)
    assert list(ledger.events.events("r1")) == foreign


def test_another_history_is_refused(ledger: SqlLedger) -> None:
    """Events that are broken, of two subjects, or contradict the ledger's are not taken."""
    log(ledger, 1, "r9")
    mixed = [*_chain_of("r8", 1), *_chain_of("r7", 1)]
    broken = [replace(event, actor="lan") for event in _chain_of("r6", 2)]
    for events in (_chain_of("r9", 2), mixed, broken, _chain_of("r5", 2)[1:]):
        with pytest.raises(Corrupt):
            ledger.events.extend(events)
    assert [len(ledger.events.events(subject)) for subject in ("r9", "r8", "r6", "r5")] == [1, 0, 0, 0]


def _chain_of(subject: str, count: int) -> list[Event]:
    events: list[Event] = []
    for n in range(count):
        previous = events[-1].hash if events else ""
        sealed = event_hash(subject, NOON, "minh", "import", {"n": n}, previous)
        events.append(Event(subject, NOON, "minh", "import", {"n": n}, previous, sealed))
    return events


def test_chains_that_begin_alike_come_one_after_the_other(ledger: SqlLedger) -> None:
    """Sorted by subject, each in its own order, however they were written; others are left out."""
    subjects = ["views/r2", "views/r1", "people/lan", "views/Lê", "views/r10", "view", "viewsx"]
    for _ in range(3):
        for subject in subjects:
            log(ledger, 1, subject)
    found = list(ledger.events.below("views/"))
    assert [event.subject for event in found[::3]] == ["views/Lê", "views/r1", "views/r10", "views/r2"]
    assert [found[at : at + 3] for at in range(0, 12, 3)] == [
        list(ledger.events.events(event.subject)) for event in found[::3]
    ]
    assert len(list(ledger.events.below(""))) == 21
    assert list(ledger.events.below("searches/")) == []


def test_fifty_people_at_once_are_all_told(ledger: SqlLedger) -> None:
    """Events of one chain that are written at the same time wait for their turn; none is refused."""

    def view(number: int) -> None:
        ledger.events.append("views/r1", f"person:{number}", Action.VIEWED, {}, NOON)

    with ThreadPoolExecutor(50) as threads:
        list(threads.map(view, range(200)))
    events = ledger.events.events("views/r1")
    assert {event.actor for event in events} == {f"person:{number}" for number in range(200)}
    assert first_break(events) is None


def test_events_are_chosen_and_counted(ledger: SqlLedger) -> None:
    """By person, action, record and time, the newest first; pages follow one another without a gap."""
    for number in range(7):
        at = NOON + timedelta(minutes=number // 2)
        ledger.events.append("views/r1", "person:Lan", Action.VIEWED, {"page": number}, at)
    ledger.events.append("r1", "account:night", Action.ARCHIVED, {}, NOON - timedelta(days=1))
    ledger.events.append("searches/Mai", "person:Mai", Action.SEARCHED, {}, NOON)
    query, pages, cursor = EventQuery(record_id="r1"), list[Event](), ""
    while True:
        some, cursor = ledger.events.chosen(query, 3, cursor)
        pages += some
        if not cursor:
            break
    assert [event.details.get("page") for event in pages] == [6, 5, 4, 3, 2, 1, 0, None]
    assert ledger.events.counted(query) == {"viewed": 7, "archived": 1}
    for asked, number in (
        (EventQuery(), 9),
        (EventQuery(name="Mai"), 1),
        (EventQuery(name="night"), 1),
        (EventQuery(action="viewed", since=NOON + timedelta(minutes=1)), 5),
        (EventQuery(until=NOON), 1),
        (EventQuery(name="Nobody"), 0),
    ):
        assert (
            len(ledger.events.chosen(asked, 100)[0]) == sum(ledger.events.counted(asked).values()) == number
        )
    with pytest.raises(InvalidRequest):
        ledger.events.chosen(query, 3, "nonsense")
