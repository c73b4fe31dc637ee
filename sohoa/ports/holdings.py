"""Declared holdings: the register of declarations, and the files that agencies hand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from sohoa.domain.coverage.holdings import Declaration, Holding
from sohoa.domain.coverage.register_table import Sheet
from sohoa.ports.events import NewEvent


class HoldingRegister(Protocol):
    """What agencies declared to hold; nothing is ever changed, a correction is a new declaration."""

    def declarations(self, *, agency: str = "") -> Sequence[Declaration]:
        """All declarations in the order in which they were made, of one agency if wanted."""
        ...

    def declare(
        self, holdings: Sequence[Holding], by: str, at: datetime, counts_from: date, event: NewEvent
    ) -> None:
        """Add declarations and their event, all or none; each counts from its day or from ``counts_from``."""
        ...


class HoldingFiles(Protocol):
    """Register files, which nobody vouches for, and the forms to fill in."""

    def read(self, path: Path) -> Sequence[Sheet]:
        """The file's lines in every reading of its letters; raises ``InvalidRequest`` in Vietnamese."""
        ...

    def template(self, kind: str, agencies: Mapping[str, str]) -> bytes:
        """An empty register as ``csv`` or ``xlsx``, with an example that cannot be imported by mistake.

        ``agencies`` are names by code, to choose from.
        """
        ...

    def rest(self, rows: Sequence[Mapping[str, str]]) -> bytes:
        """Rows that were not taken as CSV, with their ``fault``: to be mended and imported again."""
        ...
