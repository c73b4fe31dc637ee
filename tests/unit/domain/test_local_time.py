"""Persons see the time of Vietnam, seven hours ahead of what is stored."""

from datetime import UTC, datetime

from sohoa.domain.local_time import shown


def test_an_evening_in_utc_is_the_next_morning_in_vietnam() -> None:
    assert shown(datetime(2026, 1, 31, 22, 5, 9, tzinfo=UTC)) == "01/02/2026 05:05:09"
