"""What the clock calls today."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sohoa.adapters.clock import SystemClock


class _At(SystemClock):
    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


@pytest.mark.parametrize(
    ("at", "today"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_in_vietnam(at: datetime, today: date) -> None:
    """A day begins at midnight in Vietnam, at 17:00 UTC."""
    assert _At(at).today() == today
