"""What the way of one scan needs of ``Services``: intake, what becomes of it, and all in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.ports import Clock, DocumentStates, EventLog, ObjectStore, Recogniser, RecordRegister, Sealer
from sohoa.usecases.archive.services import Claims, InboxBucket
from sohoa.usecases.evidence.services import DescribingServices, InboxFiles, LatePolicy, LateServices


class IngestServices(InboxFiles, Protocol):
    """The inbox, and the agencies that have one."""

    @property
    def agencies(self) -> AgencyRegister: ...


class IntakeLimits(Protocol):
    """The limits of one document."""

    @property
    def max_bytes(self) -> int: ...
    @property
    def max_pages(self) -> int: ...


class IntakeServices(Protocol):
    """What tells whether an object may become a record, and which of its marks were released."""

    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def records(self) -> RecordRegister: ...
    @property
    def states(self) -> DocumentStates: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def recogniser(self) -> Recogniser: ...
    @property
    def workers(self) -> int: ...
    @property
    def policy(self) -> IntakeLimits: ...


class SecrecyPolicy(InboxBucket, Protocol):
    """What becomes of objects under secrecy, and the bucket that they may be moved to; tries of one night."""

    @property
    def attempts(self) -> int: ...
    @property
    def disposition(self) -> str: ...
    @property
    def quarantine(self) -> str: ...


class SettleServices(Protocol):
    """Where it is noted what became of an object, and the object itself."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def states(self) -> DocumentStates: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def policy(self) -> SecrecyPolicy: ...


class ReleaseServices(Claims, Protocol):
    """An object's state, claimed, and its events."""

    @property
    def events(self) -> EventLog: ...


class DocumentPolicy(LatePolicy, IntakeLimits, SecrecyPolicy, Protocol):
    """The settings that a record is made by; ``document_seconds`` is how long reading one may take."""

    @property
    def document_seconds(self) -> float: ...
    @property
    def profile(self) -> str: ...
    @property
    def tools(self) -> Mapping[str, str]: ...
    @property
    def settings_sha256(self) -> str: ...


class DocumentServices(LateServices, DescribingServices, IntakeServices, SettleServices, Protocol):
    """All of it, and what seals the record."""

    @property
    def sealer(self) -> Sealer: ...
    @property
    def policy(self) -> DocumentPolicy: ...
