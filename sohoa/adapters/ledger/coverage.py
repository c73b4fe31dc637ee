"""Counts of records and objects by the database: now from kept cells, of a past day from spans."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    tuple_,
    update,
)

from sohoa.adapters.ledger.coverage_tables import CELLS, FACTS, OBJECT_SPANS, QUALITY, TOUCHED
from sohoa.adapters.ledger.coverage_tables import RECORD_SPANS as SPANS
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.paging import batches
from sohoa.domain.coverage.quality import BOUNDS, Quality
from sohoa.domain.coverage.tallies import CellChange, RecordState, Tally
from sohoa.domain.inbox.states import InboxObject, State

KEY = ("agency", "year", *FACTS)
_PERCENT = SPANS.c.confidence


def _many(condition: ColumnElement[bool], name: str) -> Label[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)


_EDGES = (0, *BOUNDS, 101)
_CLASSES = [
    _many(and_(low <= _PERCENT, high > _PERCENT), name)
    for name, (low, high) in zip(QUALITY[2:6], pairwise(_EDGES), strict=True)
]
SUMS = ("records", "sheets", *QUALITY)
_SUMS = (
    func.count().label("records"),
    func.sum(SPANS.c.sheets).label("sheets"),
    _many(SPANS.c.originally_signed.is_not(None), "known"),
    _many(SPANS.c.originally_signed.is_(True), "originals"),
    *_CLASSES,
    func.coalesce(func.sum(_PERCENT), 0).label("percents"),
)
COUNTED = select(*(SPANS.c[name] for name in KEY), *_SUMS).group_by(*(SPANS.c[name] for name in KEY))
_OPEN = SPANS.c.ended.is_(None)
_MARK = datetime(9999, 12, 31, tzinfo=UTC)
_MARKED = TOUCHED.c.at == _MARK
_MANY = 2000
"""With more touched cells than this, all are counted: one pass over the spans is quicker."""


class SqlCoverage:
    """The ``CoverageCounts`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(self, agencies: Collection[str] | None, until: datetime | None) -> Sequence[Tally]:
        """Records by agency, year and facts; see the port."""
        if until is not None:
            query = COUNTED.where(standing(SPANS, until))
            return self._tallies([of_agencies(query, SPANS, agencies)])
        touched = exists().where(TOUCHED.c.agency == CELLS.c.agency, TOUCHED.c.year == CELLS.c.year)
        kept = select(*(CELLS.c[name] for name in (*KEY, *SUMS))).where(~touched)
        return self._tallies([of_agencies(kept, CELLS, agencies), of_agencies(_recounted(), SPANS, agencies)])

    def _tallies(self, queries: Sequence[Select[Any]]) -> list[Tally]:
        """Both questions in one transaction: what is counted meanwhile is in one of the answers."""
        with self._database.reading() as connection:
            if self._database.is_server:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            return [tally(row) for query in queries for row in connection.execute(query)]

    def objects(
        self, agencies: Collection[str] | None, until: datetime | None, besides: Collection[str]
    ) -> Sequence[tuple[str, State, int]]:
        """Present objects by agency and state; see the port."""
        spans = OBJECT_SPANS.c
        query: Select[Any] = select(spans.agency, spans.state, func.count())
        query = _present(query, until, besides).group_by(spans.agency, spans.state)
        with self._database.reading() as connection:
            rows = connection.execute(of_agencies(query, OBJECT_SPANS, agencies)).all()
        return [(agency, State(state), number) for agency, state, number in rows]

    def counted(
        self, agencies: Collection[str] | None, year: int | None, until: datetime | None, after: str = ""
    ) -> Iterator[tuple[str, RecordState]]:
        """The records behind ``records``; see the port."""
        columns = (SPANS.c[name] for name in (*KEY, "sheets", "confidence", "originally_signed"))
        query = select(SPANS.c.record_id, *columns).order_by(SPANS.c.record_id)
        query = query.where(_OPEN if until is None else standing(SPANS, until), SPANS.c.record_id > after)
        if year is not None:
            query = query.where(SPANS.c.year == year)
        with self._database.reading() as connection:
            for row in connection.execute(of_agencies(query, SPANS, agencies)):
                yield row[0], _state(row)

    def counted_objects(
        self,
        agencies: Collection[str] | None,
        states: Collection[State],
        until: datetime | None,
        besides: Collection[str],
    ) -> Iterator[InboxObject]:
        """The objects behind ``objects``; see the port."""
        spans = OBJECT_SPANS.c
        query: Select[Any] = select(spans.key, spans.etag, spans.state, spans.reason)
        query = query.where(spans.state.in_([each.value for each in states])).order_by(spans.key, spans.etag)
        query = _present(query, until, besides)
        with self._database.reading() as connection:
            for row in connection.execute(of_agencies(query, OBJECT_SPANS, agencies)):
                yield InboxObject(row.key, row.etag, 0, State(row.state), row.reason)

    def refresh(self) -> int:
        """Count the touched cells anew; how many.

        They are marked first, in the order in which others touch them, as two would wait for each other
        otherwise: whoever touches one meanwhile waits, and leaves it touched again.
        """
        with self._database.writing() as connection:
            self._database.take_time(connection)
            self._database.wait_for_turn(connection, "coverage_cells")
            number = _mark_touched(connection)
            if number > _MANY:
                connection.execute(delete(CELLS))
                _keep(connection, COUNTED.where(_OPEN))
            else:
                same = and_(TOUCHED.c.agency == CELLS.c.agency, TOUCHED.c.year == CELLS.c.year)
                connection.execute(delete(CELLS).where(exists().where(same, _MARKED)))
                _keep(connection, _recounted().where(_MARKED))
            connection.execute(delete(TOUCHED).where(_MARKED))
            return number

    def recount(self) -> Sequence[tuple[str, int]]:
        """Count all cells anew; the agencies and years of those that were not as they should be."""
        self.refresh()
        with self._database.writing() as connection:
            self._database.take_time(connection)
            self._database.wait_for_turn(connection, "coverage_cells")
            before = {(row.agency, row.year, tuple(row)) for row in connection.execute(select(CELLS))}
            connection.execute(delete(CELLS))
            _keep(connection, COUNTED.where(_OPEN))
            after = {(row.agency, row.year, tuple(row)) for row in connection.execute(select(CELLS))}
            touched = {tuple(row) for row in connection.execute(select(TOUCHED.c.agency, TOUCHED.c.year))}
        return sorted({(agency, year) for agency, year, _ in before ^ after} - touched)

    def changed(self, first: datetime, second: datetime) -> Iterator[CellChange]:
        """Records that counted otherwise at the two moments; see the port."""
        began = and_(SPANS.c.started >= first, SPANS.c.started < second)
        since = or_(began, and_(SPANS.c.ended >= first, SPANS.c.ended < second))
        ids = select(SPANS.c.record_id).where(since).distinct()
        with self._database.reading() as connection:
            names = sorted(connection.execute(ids).scalars())
        for some in batches(names):
            states = {moment: self._states(some, moment) for moment in (first, second)}
            for name in some:
                before, after = states[first].get(name), states[second].get(name)
                if before != after:
                    yield CellChange(name, before, after)

    def _states(self, names: Sequence[str], moment: datetime) -> dict[str, RecordState]:
        columns = (*KEY, "sheets", "confidence", "originally_signed")
        query = select(SPANS.c.record_id, *(SPANS.c[name] for name in columns))
        query = query.where(SPANS.c.record_id.in_(names), standing(SPANS, moment))
        with self._database.reading() as connection:
            return {row[0]: _state(row) for row in connection.execute(query)}


def standing(spans: Any, moment: datetime) -> Any:
    """Spans that hold just before the moment."""
    return and_(spans.c.started < moment, or_(spans.c.ended.is_(None), spans.c.ended >= moment))


def _present(query: Select[Any], until: datetime | None, besides: Collection[str]) -> Select[Any]:
    """Objects that stand for a paper of their own at the moment."""
    spans = OBJECT_SPANS.c
    moment = spans.ended.is_(None) if until is None else standing(OBJECT_SPANS, until)
    return query.where(spans.replaced.is_(False), spans.reason.not_in(besides), moment)


def _state(row: Any) -> RecordState:
    return RecordState(row[1], row[2] or None, *row[3:])


def of_agencies(query: Select[Any], table: Any, agencies: Collection[str] | None) -> Select[Any]:
    """The rows of these agencies; None: of all."""
    return query if agencies is None else query.where(table.c.agency.in_(agencies))


def _mark_touched(connection: Connection) -> int:
    key = tuple_(TOUCHED.c.agency, TOUCHED.c.year)
    in_order = select(TOUCHED.c.agency, TOUCHED.c.year).order_by(TOUCHED.c.agency, TOUCHED.c.year)
    touched = [tuple(row) for row in connection.execute(in_order.with_for_update())]
    for some in batches(touched):
        connection.execute(update(TOUCHED).where(key.in_(some)).values(at=_MARK))
    return len(touched)


def _recounted() -> Select[Any]:
    """Cells that are touched, as they are now."""
    joined = and_(TOUCHED.c.agency == SPANS.c.agency, TOUCHED.c.year == SPANS.c.year)
    return COUNTED.where(_OPEN).join_from(SPANS, TOUCHED, joined)


def _keep(connection: Connection, counted: Select[Any]) -> None:
    connection.execute(insert(CELLS).from_select([*KEY, *SUMS], counted))


def tally(row: Any, sign: int = 1) -> Tally:
    """A row of ``COUNTED``; with ``sign`` -1 as much is taken away."""
    agency, year, searchable, signed, complete, draft, *numbers = row
    records, sheets, known, originals, *classes, percents = (sign * int(number) for number in numbers)
    low, fair, good, best = classes
    quality = Quality(known, originals, (low, fair, good, best), percents)
    facts = searchable, signed, complete, draft
    return Tally(agency, year or None, *facts, records, sheets, quality)
