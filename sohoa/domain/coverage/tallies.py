"""What is counted of records: their facts, how many are alike, and what covered means.

A ledger counts records by their facts and nothing else; this module alone says which of them are covered.
"""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.domain.coverage.figures import Counts
from sohoa.domain.coverage.quality import NOTHING, Quality


@dataclass(frozen=True, slots=True)
class RecordState:
    """What coverage knows of a record that is not withdrawn; ``year`` None is not known.

    ``confidence`` of its reading is in percent, None without text; both it and ``originally_signed`` are None
    of a record that was counted before they were known.
    """

    agency: str
    year: int | None
    searchable: bool
    signed: bool
    complete: bool
    draft: bool
    sheets: int
    confidence: int | None = None
    originally_signed: bool | None = None

    @property
    def covered(self) -> bool:
        """Signed, described, searchable, and no draft: the headline counts it."""
        return covered(self)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records of an agency and year have the same facts, and their A4 equivalents in all."""

    agency: str
    year: int | None
    searchable: bool
    signed: bool
    complete: bool
    draft: bool
    records: int
    sheets: int
    quality: Quality = NOTHING

    @property
    def counts(self) -> Counts:
        """The records by stage."""
        number, counted = self.records, covered(self)
        return Counts(
            received=number,
            searchable=number if self.searchable else 0,
            signed=number if self.signed else 0,
            complete=number if self.complete else 0,
            covered=number if counted else 0,
            draft=number if self.draft else 0,
            covered_sheets=self.sheets if counted else 0,
            quality=self.quality,
            covered_quality=self.quality if counted else NOTHING,
        )


@dataclass(frozen=True, slots=True)
class CellChange:
    """A record that counted otherwise on two days; None where it did not count at all."""

    record_id: str
    before: RecordState | None
    after: RecordState | None


def covered(facts: RecordState | Tally) -> bool:
    """The one definition: signed and described and searchable, and no draft."""
    return facts.signed and facts.complete and facts.searchable and not facts.draft
