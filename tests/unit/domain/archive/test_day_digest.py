"""The digest of a day: its name, and what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sohoa.domain.archive.day_digest import DayDigest, day_of, in_order, name_of
from sohoa.domain.errors import Corrupt

MADE = DayDigest("2026-03-05", datetime(2026, 3, 5, 1, 2, 3, tzinfo=UTC), "", 2, "0f", "B-T")


def test_further_digests_of_a_day_are_numbered_and_stand_in_their_order() -> None:
    """The tenth comes after the second, and all before those of the next day."""
    names = list[str]()
    for day in (date(2026, 3, 5), date(2026, 3, 6)):
        names += [name_of(day, names)]
        for _ in range(10):
            names += [name_of(day, names)]
    assert names[:2] == ["2026-03-05", "2026-03-05-2"]
    assert names[10:12] == ["2026-03-05-11", "2026-03-06"]
    assert in_order(reversed(names)) == names
    assert {day_of(name) for name in names} == {"2026-03-05", "2026-03-06"}


def test_a_digest_is_read_as_it_was_written() -> None:
    """With its level, and an old one without."""
    assert DayDigest.from_bytes(MADE.to_bytes()) == MADE
    old = MADE.to_bytes().replace(b'"level": "B-T"', b'"other": ""')
    assert old != MADE.to_bytes()
    assert DayDigest.from_bytes(old).level == ""


@pytest.mark.parametrize("at", [b"2026-03-05T01:02:03", b"yesterday", b""])
def test_a_digest_without_a_time_is_corrupt(at: bytes) -> None:
    """A time without its offset is none."""
    changed = MADE.to_bytes().replace(b"2026-03-05T01:02:03+00:00", at)
    assert changed != MADE.to_bytes()
    with pytest.raises(Corrupt):
        DayDigest.from_bytes(changed)
