"""How the work went on, from the spans of records and objects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, exists, func, literal, or_, select

from sohoa.adapters.ledger.columns import UtcTime
from sohoa.adapters.ledger.coverage import COUNTED, of_agencies, standing, tally
from sohoa.adapters.ledger.coverage_tables import OBJECT_SPANS
from sohoa.adapters.ledger.coverage_tables import RECORD_SPANS as SPANS
from sohoa.adapters.ledger.database import Database
from sohoa.domain.coverage.activity import Arrivals, Waiting
from sohoa.domain.coverage.progress import AGES
from sohoa.domain.coverage.tallies import Tally
from sohoa.domain.inbox.states import State

_WAITING = (State.PENDING, State.NEEDS_REVIEW, State.REJECTED, State.FAILED)
_HOUR = len("2026-01-01T00")


class SqlWork:
    """The ``WorkHistory`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def began(self) -> datetime | None:
        """When the first record of all was archived; see the port."""
        with self._database.reading() as connection:
            return connection.execute(select(func.min(SPANS.c.started))).scalar()

    def movements(
        self, agencies: Collection[str] | None, moments: Sequence[datetime], until: datetime | None
    ) -> Sequence[tuple[int, Tally]]:
        """By how much the counts changed between neighbours; see the port."""
        found = []
        for moment, sign in ((SPANS.c.started, 1), (SPANS.c.ended, -1)):
            query = COUNTED.add_columns(_place(moment, moments[1:-1]).label("place")).group_by("place")
            query = query.where(moment >= moments[0])
            query = query if until is None else query.where(moment < until)
            with self._database.reading() as connection:
                for row in connection.execute(of_agencies(query, SPANS, agencies)):
                    found.append((row.place, tally(row[:-1], sign)))
        return found

    def arrivals(
        self, agencies: Collection[str] | None, since: datetime, until: datetime | None
    ) -> Sequence[Arrivals]:
        """Records archived for the first time, by hour; see the port."""
        earlier = SPANS.alias()
        before = exists().where(earlier.c.record_id == SPANS.c.record_id, earlier.c.started < SPANS.c.started)
        hour = func.substr(SPANS.c.started, 1, _HOUR, type_=String()).label("hour")
        query = select(SPANS.c.agency, hour, func.count(), func.sum(SPANS.c.sheets))
        query = query.where(SPANS.c.started >= since, ~before, _lasting()).group_by(SPANS.c.agency, "hour")
        query = query if until is None else query.where(SPANS.c.started < until)
        with self._database.reading() as connection:
            rows = connection.execute(of_agencies(query, SPANS, agencies)).all()
        return [
            Arrivals(agency, datetime.fromisoformat(f"{begin}:00+00:00"), records, int(sheets))
            for agency, begin, records, sheets in rows
        ]

    def waiting(
        self,
        agencies: Collection[str] | None,
        at: datetime,
        until: datetime | None,
        besides: Collection[str],
    ) -> Sequence[Waiting]:
        """Objects that wait or failed, by reason and age; see the port."""
        spans = OBJECT_SPANS.c
        there = select(spans.agency, spans.state, spans.reason, _since().label("since")).where(
            spans.state.in_(_WAITING), spans.replaced.is_(False), spans.reason.not_in(besides)
        )
        there = there.where(spans.ended.is_(None) if until is None else standing(OBJECT_SPANS, until))
        found = of_agencies(there, OBJECT_SPANS, agencies).subquery().c
        bounds = [at - timedelta(days=days) for days in AGES]
        age = case(*((found.since >= bound, place) for place, bound in enumerate(bounds)), else_=len(AGES))
        query: Select[Any] = select(
            found.agency, found.state, found.reason, age.label("age"), func.count(), func.min(found.since)
        ).group_by(found.agency, found.state, found.reason, "age")
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [
            Waiting(agency, State(state), reason, age, number, oldest)
            for agency, state, reason, age, number, oldest in rows
        ]


def _place(moment: ColumnElement[Any], bounds: Sequence[datetime]) -> ColumnElement[int]:
    """The place of the moment between the bounds, from 0 on."""
    if not bounds:
        return literal(0)
    return case(*((moment < bound, place) for place, bound in enumerate(bounds)), else_=len(bounds))


def _lasting() -> ColumnElement[bool]:
    """Spans that did not end in the moment in which they began."""
    return or_(SPANS.c.ended.is_(None), SPANS.c.ended > SPANS.c.started)


def _since() -> ColumnElement[Any]:
    """Since when the object is in its state: of one in review without its changes of reason in between."""
    here, other = OBJECT_SPANS.c, OBJECT_SPANS.alias()
    same = and_(other.c.key == here.key, other.c.etag == here.etag)
    left = select(func.max(other.c.ended)).where(
        same, other.c.state != here.state, other.c.ended <= here.started
    )
    first = select(func.min(other.c.started)).where(same)
    begun = func.coalesce(left.scalar_subquery(), first.scalar_subquery(), type_=UtcTime())
    return case((here.state == State.NEEDS_REVIEW.value, begun), else_=here.started)
