"""How often an address may try."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sohoa.domain.people.tries import Tries
from tests.support.moments import NOON

SECOND, NONE = timedelta(seconds=1), timedelta()


def test_many_at_once_then_one_at_a_time() -> None:
    """After those that may come at once, one comes through for each time that passed; the others wait."""
    tries = Tries(at_once=3, every=2 * SECOND)
    assert [tries.take("192.0.2.1", NOON) for _ in range(5)] == [NONE, NONE, NONE, 2 * SECOND, 2 * SECOND]
    assert tries.take("192.0.2.1", NOON + SECOND) == SECOND
    assert tries.take("192.0.2.1", NOON + 2 * SECOND) == NONE
    assert tries.take("192.0.2.1", NOON + 2 * SECOND) == 2 * SECOND
    assert tries.take("192.0.2.2", NOON) == NONE
    assert [tries.take("192.0.2.1", NOON + 60 * SECOND) for _ in range(3)] == [NONE] * 3


def test_right_ones_do_not_count() -> None:
    """A whole office behind one address signs in."""
    tries = Tries(at_once=2)
    for _ in range(50):
        assert tries.take("192.0.2.1", NOON) == NONE
        tries.give_back("192.0.2.1")
    tries.give_back("192.0.2.9")


def test_a_subscriber_is_one_address() -> None:
    """Addresses of one IPv6 network count together, as does an IPv4 address in either spelling."""
    for same in (["2001:db8::1", "2001:db8::ffff:2"], ["192.0.2.1", "::ffff:192.0.2.1"], ["", ""]):
        tries = Tries(at_once=1)
        assert [tries.take(address, NOON) == NONE for address in same] == [True, False]
    tries = Tries(at_once=1)
    others = ["2001:db8::1", "2001:db8:0:1::1", "192.0.2.1", "192.0.2.2", "testclient", ""]
    assert [tries.take(address, NOON) for address in others] == [NONE] * 6


def test_the_memory_is_bounded() -> None:
    """Of more addresses than are kept, the one that tried longest ago is forgotten."""
    tries = Tries(at_once=1, addresses=3)
    for last in range(10):
        assert tries.take(f"192.0.2.{last}", NOON) == NONE
    assert tries.take("192.0.2.9", NOON) > NONE
    assert tries.take("192.0.2.0", NOON) == NONE


def test_threads_do_not_get_more() -> None:
    """Tries at the same time are counted one after the other."""
    tries = Tries(at_once=20)
    with ThreadPoolExecutor(8) as threads:
        passed = list(threads.map(lambda _: tries.take("192.0.2.1", NOON) == NONE, range(200)))
    assert sum(passed) == 20
