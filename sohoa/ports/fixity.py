"""When each record was last checked, and with what outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FixityState:
    """How the archive stands: records in all, those not checked since a moment, those last found faulty."""

    records: int
    overdue: int
    faulty: int


class FixityLog(Protocol):
    """Remembers of every record when its files were last hashed and compared."""

    def note(self, faults: Mapping[str, int], at: datetime) -> None:
        """These records were checked at that moment, each with so many faults."""
        ...

    def due(self, most: int) -> Sequence[str]:
        """Records to check next: those last found faulty, then those checked longest ago or never."""
        ...

    def state(self, since: datetime) -> FixityState:
        """How the archive stands; a record that came after ``since`` is not overdue yet."""
        ...
