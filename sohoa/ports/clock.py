"""The time."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time; an argument, so that runs can be repeated."""

    def now(self) -> datetime:
        """The present moment, timezone-aware."""
        ...
