"""The system's clock."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

from sohoa.domain.local_time import VIETNAM


class SystemClock:
    """Moments in UTC, days in Vietnam, whatever zone the machine is set to."""

    def now(self) -> datetime:
        """The present moment, timezone-aware."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day that a calendar in Vietnam shows."""
        return self.now().astimezone(VIETNAM).date()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
