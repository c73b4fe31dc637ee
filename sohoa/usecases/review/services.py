"""What people's work on records needs of ``Services``: to look, to decide, to regroup pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sohoa.domain.extract.types import TypeTable
from sohoa.domain.marks import Marks
from sohoa.ports import (
    Accounts,
    Clock,
    DocumentStates,
    EventLog,
    PageViewer,
    RecordRegister,
    Reports,
    Sealer,
)
from sohoa.usecases.archive.services import ArchiveBucket, StoredRecords, VersionServices
from sohoa.usecases.evidence.services import AliasServices, ContextServices, ReviewLimit


class CropServices(StoredRecords, Protocol):
    """Originals, and what makes pictures of their pages."""

    @property
    def viewer(self) -> PageViewer: ...


class QueuePolicy(ArchiveBucket, Protocol):
    """Agencies below this share of coverage come first."""

    @property
    def target_low(self) -> float: ...


class QueueServices(VersionServices, Protocol):
    """The records that wait, and the coverage that orders them."""

    @property
    def reports(self) -> Reports: ...
    @property
    def policy(self) -> QueuePolicy: ...


class AssignServices(VersionServices, Protocol):
    """The records, and the roles of those who may work on them."""

    @property
    def people(self) -> Mapping[str, frozenset[str]]: ...
    @property
    def accounts(self) -> Accounts: ...


class CorrectServices(VersionServices, AliasServices, Protocol):
    """The records, and what tells whether a typed value can be."""

    @property
    def types(self) -> TypeTable: ...
    @property
    def marks(self) -> Marks: ...


class PartPolicy(ArchiveBucket, ReviewLimit, Protocol):
    """The settings that parts are described by; their hash is written into their history."""

    @property
    def settings_sha256(self) -> str: ...


class PartServices(CorrectServices, ContextServices, CropServices, Protocol):
    """The records, the rules that describe a part, and what seals it."""

    @property
    def sealer(self) -> Sealer: ...
    @property
    def policy(self) -> PartPolicy: ...


class SampleServices(Protocol):
    """A batch's records, and the events of its acceptance."""

    @property
    def records(self) -> RecordRegister: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...


class RetryServices(Protocol):
    """The states of the inbox's objects, and their events."""

    @property
    def states(self) -> DocumentStates: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...
