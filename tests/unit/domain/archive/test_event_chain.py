from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.event_chain import canonical_json, event_hash, first_break
from sohoa.ports import Event

NOON = datetime(2024, 5, 1, 5, tzinfo=UTC)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
details = st.dictionaries(st.text(), json_values, max_size=3)


def chain(*all_details: dict[str, object]) -> list[Event]:
    events: list[Event] = []
    previous = ""
    for given_details in all_details:
        sealed = event_hash("r1", NOON, "lan", "store", given_details, previous)
        events.append(Event("r1", NOON, "lan", "store", given_details, previous, sealed))
        previous = sealed
    return events


def deep() -> list[object]:
    """A value that nests deeper than JSON can be written."""
    found: list[object] = []
    for _ in range(100_000):
        found = [found]
    return found


@given(details)
def test_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    """Equal values have one canonical text."""
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


@given(st.lists(details, max_size=4))
def test_an_untouched_chain_is_intact(all_details: list[dict[str, object]]) -> None:
    """What was chained verifies."""
    assert first_break(chain(*all_details)) is None


@pytest.mark.parametrize(
    "change",
    [{"actor": "minh"}, {"action": "withdraw"}, {"details": {"n": 9}}, {"subject": "r2"},
     {"previous": "0" * 64}, {"at": NOON + timedelta(microseconds=1)}, {"hash": "0" * 64},
     {"details": [1]}, {"details": {"n": float("nan")}}, {"details": {"n": deep()}},
     {"at": NOON.replace(tzinfo=None)}],
)  # fmt: skip
def test_any_change_is_found(change: dict[str, object]) -> None:
    """An event with one part changed breaks the chain at its place."""
    events = chain({"n": 1}, {"n": 2}, {"n": 3})
    events[1] = replace(events[1], **change)  # type: ignore[arg-type]  # one valid change at a time
    assert first_break(events) == 1


@pytest.mark.parametrize(("kept", "position"), [((1, 2), 0), ((0, 2), 1), ((1, 0, 2), 0)])
def test_missing_and_moved_events_are_found(kept: tuple[int, ...], position: int) -> None:
    """An event that was cut out or moved breaks the chain."""
    events = chain({"n": 1}, {"n": 2}, {"n": 3})
    assert first_break([events[index] for index in kept]) == position


def test_the_same_moment_hashes_alike_in_any_zone() -> None:
    """The hash is over UTC; a time without zone is refused."""
    here = NOON.astimezone(timezone(timedelta(hours=7)))
    assert event_hash("r", NOON, "a", "b", {}, "") == event_hash("r", here, "a", "b", {}, "")
    with pytest.raises(ValueError, match="time zone"):
        event_hash("r", NOON.replace(tzinfo=None), "a", "b", {}, "")
