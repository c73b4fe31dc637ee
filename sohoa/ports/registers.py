"""What agencies hand over beside their scans: registers of documents, lists of dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sohoa.domain.dossiers.dossier import DossierEntry, DossierMember
from sohoa.domain.evidence.document_register import RegisterEntry


@dataclass(frozen=True, slots=True)
class Entered:
    """How many lines of a register were new, were corrected, and were there already as they are."""

    new: int
    changed: int
    same: int


class DocumentRegisters(Protocol):
    """The agencies' registers of outgoing and incoming documents."""

    def enter(self, entries: Sequence[RegisterEntry], at: datetime) -> Entered:
        """Store the lines, all or none; one of a known identity is replaced where it says something else."""
        ...

    def numbered(self, agency: str, number: str) -> Sequence[RegisterEntry]:
        """Lines of the agency with that document number, without noughts in front; in a fixed order."""
        ...

    def issued_on(self, agency: str, issued_date: str) -> Sequence[RegisterEntry]:
        """Lines of the agency with that document date (ISO); in a fixed order."""
        ...


class Dossiers(Protocol):
    """The agencies' dossiers (hồ sơ) and which records are in them."""

    def enter(self, entries: Sequence[DossierEntry], at: datetime) -> Entered:
        """Store the dossiers, all or none; a known one is replaced where the list says something else."""
        ...

    def listed(self, *, agency: str = "", code: str = "") -> Iterator[DossierEntry]:
        """Dossiers of the lists, sorted by agency and code; of one agency or one code if wanted."""
        ...

    def members(self, *, agency: str = "", code: str = "") -> Iterator[DossierMember]:
        """Records in dossiers, sorted by agency, code and record; of one agency or one code if wanted."""
        ...

    def of_record(self, record_id: str) -> Sequence[DossierMember]:
        """The dossiers that a record is in, sorted."""
        ...

    def belongs(self, record_id: str, members: Sequence[DossierMember]) -> None:
        """From now on the record is in exactly these dossiers."""
        ...
