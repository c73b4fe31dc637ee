"""What stands behind the figures of an agency's coverage: the records, and the objects that became none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.object_keys import visible as shown
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.errors import Corrupt, NotFound
from sohoa.domain.inbox.keys import masked
from sohoa.domain.inbox.states import InboxObject, State
from sohoa.domain.protection.access import CONDITIONAL, Reader
from sohoa.domain.protection.personal_data import masked as masked_text
from sohoa.domain.protection.personal_data import masked_values
from sohoa.domain.protection.secret_names import says_secret
from sohoa.ports import CoverageCounts, DocumentStates
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.coverage.counted import OF_RECORDS, counts_as
from sohoa.usecases.coverage.work import end_of_day

TROUBLED = (
    State.PENDING,
    State.NEEDS_REVIEW,
    State.REJECTED,
    State.FAILED,
    State.DUPLICATE,
    State.QUARANTINED,
)
"""States in which somebody has something to do, or to know, in the order in which people ask."""
_SHOWN = 50


class BehindServices(Registered, Protocol):
    """The records, the inbox's objects, and the agencies that they are of."""

    @property
    def states(self) -> DocumentStates: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def counts(self) -> CoverageCounts: ...


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a figure: its values masked, or None where it is not for this reader to see."""

    record_id: str
    values: Mapping[str, str] | None


def records_behind(
    reader: Reader,
    services: BehindServices,
    agency: str,
    figure: str,
    year: int | None,
    after: str = "",
    as_of: date | None = None,
) -> tuple[list[Behind], str]:
    """A page of the records that a figure of that issue year counts (None: year not known), by id.

    They are those of now, or of the end of the day ``as_of``, with what is known of them now. ``after`` is
    where the page before ended; the second value is where this one ends, empty for the last. Raises
    ``NotFound`` for an agency that is unknown or not the reader's, and for an unknown figure.
    """
    _check(reader, services.agencies, agency)
    if figure not in OF_RECORDS:
        raise NotFound("figure", f"there is no figure {figure!r}")
    until = end_of_day(as_of) if as_of else None
    counted = services.counts.counted({agency}, year or 0, until, after)
    page = list(islice((name for name, state in counted if counts_as(state, figure)), _SHOWN + 1))
    shown = [Behind(name, _values(reader, services, name)) for name in page[:_SHOWN]]
    return shown, page[_SHOWN - 1] if len(page) > _SHOWN else ""


def _values(reader: Reader, services: Registered, record_id: str) -> Mapping[str, str] | None:
    try:
        _, newest = visible(reader, services, record_id)
    except NotFound:
        return None
    return dict(masked_values(field_values(newest.record), services.codes))


def object_counts(reader: Reader, services: BehindServices, agency: str) -> Mapping[State, int]:
    """How many of the agency's objects are in each of the ``TROUBLED`` states; raises as above."""
    return Counter(row.state for row in _objects(reader, services, agency, TROUBLED))


def objects_behind(
    reader: Reader, services: BehindServices, agency: str, state: State, after: str = ""
) -> tuple[list[InboxObject], str]:
    """A page of the agency's objects in that state by key, and where it ends, empty for the last page.

    Of what is under secrecy, or may be, or is of a record that is not for the reader, neither name nor text
    is told: key and detail are masked. The list begins anew where ``after`` is none of its objects any more.
    Raises as above.
    """
    if state not in TROUBLED:
        raise NotFound("state", f"there is no list of {state} objects")
    by_name = reader.access.allows(agency, CONDITIONAL)
    found = _objects(reader, services, agency, (state,))
    rows = sorted(found, key=lambda row: row.key if by_name and not _is_secret(row) else masked(row.key))
    begin = next((place for place, row in enumerate(rows, 1) if masked(row.key) == after), 0)
    page, end = rows[begin : begin + _SHOWN], begin + _SHOWN
    told = [_told(row, services, named=_is_named(reader, services, row)) for row in page]
    return told, masked(page[-1].key) if len(rows) > end else ""


def _objects(
    reader: Reader, services: BehindServices, agency: str, states: tuple[State, ...]
) -> Iterator[InboxObject]:
    _check(reader, services.agencies, agency)
    rows = services.states.objects(prefix=f"{agency}/", states=states)
    return (row for row in rows if not row.replaced and not row.removed_by)


def _is_secret(row: InboxObject) -> bool:
    return row.state is State.QUARANTINED or says_secret(row.key)


def _is_named(reader: Reader, services: Registered, row: InboxObject) -> bool:
    """Whether the reader may know how the object is called.

    Without a record nobody has screened it, or nobody knows its level: it is held to be of level 02.
    """
    if _is_secret(row):
        return False
    if not row.record_id:
        return reader.access.allows(row.agency, CONDITIONAL)
    try:
        visible(reader, services, row.record_id)
    except (NotFound, Corrupt):
        return False
    return True


def _told(row: InboxObject, services: Registered, named: bool) -> InboxObject:
    if named:
        return replace(row, key=masked_text(shown(row.key), services.codes))
    return replace(row, key=masked(row.key), detail="", sha256="", record_id="", size_bytes=0)


def _check(reader: Reader, agencies: AgencyRegister, agency: str) -> None:
    if not (agencies.knows(agency) and reader.access.covers(agency)):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
