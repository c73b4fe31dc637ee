"""What search and show need of ``Services``."""

from __future__ import annotations

from typing import Protocol

from sohoa.ports import Dossiers, EventLog, SearchIndex
from sohoa.usecases.archive.services import Claims, Registered
from sohoa.usecases.people.services import SessionServices


class ShownServices(Registered, Claims, Protocol):
    """Records, and where it is noted that their personal data was shown."""

    @property
    def events(self) -> EventLog: ...


class SearchServices(ShownServices, Protocol):
    """The index, and the hồ sơ that a record is in."""

    @property
    def index(self) -> SearchIndex: ...
    @property
    def dossiers(self) -> Dossiers: ...


class GrantServices(Registered, SessionServices, Protocol):
    """Records that are asked for, and the people who ask."""
