"""The time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """The time, as an argument: runs can be repeated, and no rule asks the machine."""

    def now(self) -> datetime:
        """The present moment, timezone-aware."""
        ...

    def today(self) -> date:
        """The day that a calendar in Vietnam shows: what papers and persons mean by today."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; another process is expected to do something meanwhile."""
        ...
