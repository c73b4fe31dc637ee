"""What a figure counts, one by one: as of now, or of the end of any past day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from sohoa.domain.coverage.figures import Counts
from sohoa.domain.coverage.report import EXCLUDED
from sohoa.domain.coverage.tallies import RecordState, Tally
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.inbox.states import InboxObject
from sohoa.domain.protection.access import Reader
from sohoa.usecases.coverage.measure import CoverageServices
from sohoa.usecases.coverage.work import NO_PAPER, end_of_day

FIGURES = tuple(
    field.name for field in fields(Counts) if field.type == "int" and field.name != "covered_sheets"
)
NOT_COVERED = "not_covered"
"""Records that were received and are not counted as covered."""
OF_RECORDS = (*FIGURES, NOT_COVERED)
OF_OBJECTS = tuple(EXCLUDED)


def counted_records(
    reader: Reader,
    services: CoverageServices,
    figure: str,
    agency: str = "",
    year: int | None = None,
    as_of: date | None = None,
) -> Iterator[tuple[str, RecordState]]:
    """Ids and facts of the records that a figure counts, of one agency or all, one year (0: unknown) or all.

    Raises ``NotFound`` for an agency that is unknown or not the reader's and ``InvalidRequest`` for a figure
    that counts no records.
    """
    if figure not in OF_RECORDS:
        raise InvalidRequest("usage", f"{figure!r} is none of the figures {', '.join(OF_RECORDS)}")
    until = end_of_day(as_of) if as_of else None
    found = services.counts.counted(_agencies(reader, services, agency), year, until)
    return ((name, state) for name, state in found if counts_as(state, figure))


def counted_objects(
    reader: Reader, services: CoverageServices, figure: str, agency: str = "", as_of: date | None = None
) -> Iterator[InboxObject]:
    """The objects that a figure of ``OF_OBJECTS`` counts: key, state and reason. Raises as above."""
    if figure not in EXCLUDED:
        raise InvalidRequest("usage", f"{figure!r} is none of the figures {', '.join(OF_OBJECTS)}")
    until = end_of_day(as_of) if as_of else None
    agencies = _agencies(reader, services, agency)
    return services.counts.counted_objects(agencies, EXCLUDED[figure], until, NO_PAPER)


def counts_as(state: RecordState, figure: str) -> bool:
    """Whether the figure counts a record of these facts: by the rule that sums follow, too."""
    facts = state.agency, state.year, state.searchable, state.signed, state.complete, state.draft
    counts = Tally(*facts, records=1, sheets=state.sheets).counts
    if figure == NOT_COVERED:
        return counts.received > counts.covered
    return bool(getattr(counts, figure))


def _agencies(reader: Reader, services: CoverageServices, agency: str) -> frozenset[str] | None:
    if not agency:
        scope = reader.access.agencies
        return None if scope is None else frozenset(scope)
    if not (services.agencies.knows(agency) and reader.access.covers(agency)):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    return frozenset({agency})
