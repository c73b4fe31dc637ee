"""What evidence from outside the pages needs of ``Services``: to find it, describe with it, apply it late."""

from __future__ import annotations

from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.extract.agency_words import AgencyWords
from sohoa.domain.extract.calibration import Calibration
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.extract.vocabularies import Vocabularies
from sohoa.domain.marks import Marks
from sohoa.ports import Clock, DocumentRegisters, EventLog, ObjectStore
from sohoa.usecases.archive.services import ArchiveBucket, InboxBucket, Registered, VersionServices


class InboxFiles(Protocol):
    """The inbox's files."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def policy(self) -> InboxBucket: ...


class GivenServices(InboxFiles, Protocol):
    """The inbox's manifests, and how far they are trusted."""

    @property
    def calibration(self) -> Calibration: ...


class ReviewLimit(Protocol):
    """The confidence from 0 to 1 below which a field waits for a person."""

    @property
    def review_below(self) -> float: ...


class ContextServices(Protocol):
    """What the rules may know beside the pages."""

    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def types(self) -> TypeTable: ...
    @property
    def calibration(self) -> Calibration: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def agency_words(self) -> AgencyWords: ...
    @property
    def vocabularies(self) -> Vocabularies: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def policy(self) -> ReviewLimit: ...


class DescribingPolicy(InboxBucket, ReviewLimit, Protocol):
    """The settings that describing goes by."""


class DescribingServices(GivenServices, ContextServices, Protocol):
    """The context, and the lists that people wrote of the documents."""

    @property
    def registers(self) -> DocumentRegisters: ...
    @property
    def policy(self) -> DescribingPolicy: ...


class LatePolicy(ArchiveBucket, DescribingPolicy, Protocol):
    """The settings that late evidence goes by."""


class LateServices(VersionServices, GivenServices, Protocol):
    """The lists, and what revising a record by them needs."""

    @property
    def registers(self) -> DocumentRegisters: ...
    @property
    def types(self) -> TypeTable: ...
    @property
    def policy(self) -> LatePolicy: ...


class AliasServices(Registered, Protocol):
    """Agencies, and the events and records that say how papers call them."""

    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...
