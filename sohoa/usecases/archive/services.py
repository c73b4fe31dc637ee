"""What working with archived records needs of ``Services``: to read them, to claim one, to write versions."""

from __future__ import annotations

from typing import Protocol

from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.ports import (
    Clock,
    DocumentStates,
    Dossiers,
    EventLog,
    ObjectStore,
    RecordRegister,
    ReviewQueue,
    SearchIndex,
)


class ArchiveBucket(Protocol):
    """The bucket that holds the records."""

    @property
    def archive(self) -> str: ...


class InboxBucket(Protocol):
    """The bucket that holds the inbox."""

    @property
    def inbox(self) -> str: ...


class StoredRecords(Protocol):
    """The archive's files."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def policy(self) -> ArchiveBucket: ...


class Claims(Protocol):
    """Work on one object of the inbox alone; ``owner`` names this process."""

    @property
    def states(self) -> DocumentStates: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def owner(self) -> str: ...


class Registered(StoredRecords, Protocol):
    """The archive's files, the ledger's row of each record, and the codes that tell personal data in them."""

    @property
    def records(self) -> RecordRegister: ...
    @property
    def codes(self) -> PersonalCodes: ...


class Filed(Registered, Protocol):
    """The same, and the hồ sơ that records are in."""

    @property
    def dossiers(self) -> Dossiers: ...


class LineUpServices(Filed, Protocol):
    """All that follows from the archive: ledger, index, queue, history and hồ sơ."""

    @property
    def queue(self) -> ReviewQueue: ...
    @property
    def index(self) -> SearchIndex: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...


class VersionServices(LineUpServices, Claims, Protocol):
    """What a new version of a record needs."""
