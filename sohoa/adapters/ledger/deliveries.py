"""The book of deliveries of snapshots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.delivery_tables import DISPATCHES
from sohoa.adapters.ledger.events import append_with
from sohoa.adapters.ledger.workers import Leases
from sohoa.domain.coverage.deliveries import Dispatch, Standing
from sohoa.domain.errors import Conflict
from sohoa.ports import NewEvent

_NAMES = tuple(field.name for field in fields(Dispatch))
_CLAIM = DISPATCHES.c.claimed_by


class SqlDispatches:
    """The ``Dispatches`` port."""

    def __init__(self, database: Database, workers: Leases) -> None:
        self._database = database
        self._workers = workers

    def expect(self, dispatches: Collection[Dispatch]) -> None:
        """Add those that are not there yet."""
        if not dispatches:
            return
        with self._database.writing() as connection:
            self._database.insert_missing(DISPATCHES, connection, list(map(_values, dispatches)))

    def listed(self) -> Sequence[Dispatch]:
        """All of them by receiver, the newest day first."""
        columns = (DISPATCHES.c[name] for name in _NAMES)
        query = select(*columns).order_by(DISPATCHES.c.delivery, DISPATCHES.c.day.desc())
        with self._database.reading() as connection:
            return [_dispatch(row) for row in connection.execute(query)]

    def begin(self, dispatch: Dispatch, owner: str, at: datetime, event: NewEvent) -> tuple[bool, bool]:
        """Take it for an attempt; see the port."""
        self._workers.enter(owner)
        with self._database.reading() as connection:
            holder = connection.execute(select(_CLAIM).where(_is(dispatch))).scalar_one_or_none()
        if holder is not None and self._workers.living([holder]):
            return False, False
        free = _CLAIM.is_(None) if holder is None else or_(holder == _CLAIM, _CLAIM.is_(None))
        taken = self._write(
            dispatch,
            and_(free, DISPATCHES.c.standing == Standing.WAITING.value),
            {"claimed_by": owner, "attempts": DISPATCHES.c.attempts + 1, "changed_at": at},
            event,
            at,
        )
        return taken, taken and holder is not None

    def end(self, dispatch: Dispatch, owner: str, event: NewEvent) -> None:
        """Write how the attempt ended; raises ``Conflict`` where another process has it by now."""
        values = {name: _values(dispatch)[name] for name in ("standing", "detail", "next_at", "changed_at")}
        if not self._write(
            dispatch,
            DISPATCHES.c.claimed_by == owner,
            values | {"claimed_by": None},
            event,
            dispatch.changed_at,
        ):
            raise Conflict("delivery", f"another process delivers {dispatch.delivery} by now")

    def reopen(self, dispatch: Dispatch, event: NewEvent) -> None:
        """Let an uncertain one wait again; see the port."""
        uncertain = DISPATCHES.c.standing == Standing.UNCERTAIN.value
        values = {"standing": Standing.WAITING.value, "next_at": dispatch.next_at}
        if not self._write(dispatch, uncertain, values, event, dispatch.next_at):
            raise Conflict("delivery", f"{dispatch.delivery} of {dispatch.day} is not uncertain any more")

    def _write(
        self,
        dispatch: Dispatch,
        expected: ColumnElement[bool],
        values: dict[str, Any],
        event: NewEvent,
        at: datetime,
    ) -> bool:
        """Change the line and tell it, both or neither; False where it is not as expected."""

        def write(connection: Connection) -> None:
            change = update(DISPATCHES).where(_is(dispatch), expected).values(values)
            if connection.execute(change).rowcount != 1:
                raise _NotAsExpected

        return _done(lambda: append_with(self._database, dispatch.subject, event, at, write))


class _NotAsExpected(Exception):
    """The line is another by now."""


def _done(step: Callable[[], object]) -> bool:
    try:
        step()
    except _NotAsExpected:
        return False
    return True


def _is(dispatch: Dispatch) -> ColumnElement[bool]:
    return and_(DISPATCHES.c.delivery == dispatch.delivery, DISPATCHES.c.day == dispatch.day.isoformat())


def _values(dispatch: Dispatch) -> dict[str, Any]:
    values = {name: getattr(dispatch, name) for name in _NAMES}
    return values | {"day": dispatch.day.isoformat(), "standing": dispatch.standing.value}


def _dispatch(row: Row[Any]) -> Dispatch:
    values = dict(row._mapping)
    return Dispatch(
        **{**values, "day": date.fromisoformat(row.day), "standing": Standing(row.standing)},
    )
