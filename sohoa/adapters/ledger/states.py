"""State and claims of inbox objects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import append_with
from sohoa.adapters.ledger.paging import batches, paged
from sohoa.adapters.ledger.tables import OBJECTS, below
from sohoa.adapters.ledger.workers import Leases
from sohoa.domain.errors import Corrupt, Unavailable
from sohoa.domain.inbox.keys import object_id
from sohoa.domain.inbox.states import InboxObject, ObjectInfo, Outcome, State
from sohoa.ports import NewEvent

_NAMES = tuple(field.name for field in fields(InboxObject))
_COLUMNS = tuple(OBJECTS.c[name] for name in _NAMES)
_OBJECT = select(*_COLUMNS)
_RETRIED = (State.REJECTED, State.FAILED)
_REMOVABLE = (State.QUARANTINED, State.REJECTED, State.DUPLICATE, State.COMPANION)


def _row(row: Row[Any]) -> InboxObject:
    values = dict(zip(_NAMES, row, strict=True))
    try:
        return InboxObject(**{**values, "state": State(values["state"])})
    except ValueError as error:
        raise Corrupt("the ledger holds a state that is none: restore it from a backup") from error


def _is(key: str, etag: str) -> ColumnElement[bool]:
    return and_(OBJECTS.c.key == key, OBJECTS.c.etag == etag)


class SqlStates:
    """The ``DocumentStates`` port."""

    def __init__(self, database: Database, workers: Leases) -> None:
        self._database = database
        self._workers = workers
        self._claims: dict[tuple[str, str], str] = {}

    def ping(self) -> str:
        """One line that names database and schema; raises ``Unavailable`` or ``Misconfigured``."""
        return self._database.ping()

    def observe(self, objects: Iterable[ObjectInfo]) -> None:
        """Note listed objects; a listing that brings nothing new writes nothing."""
        for batch in batches(objects):
            listed = {item.key: item for item in batch}
            with self._database.reading() as connection:
                if _unchanged(connection, listed):
                    continue
            with self._database.writing() as connection:
                self._note(connection, listed)

    def _note(self, connection: Connection, listed: dict[str, ObjectInfo]) -> None:
        new = [
            {
                "key": key,
                "etag": item.etag,
                "size_bytes": item.size_bytes,
                "state": State.PENDING,
                "object_id": object_id(key, item.etag),
            }
            for key, item in listed.items()
        ]
        self._database.insert_missing(OBJECTS, connection, new)
        seen = [{"at_key": item.key, "at_etag": item.etag} for item in listed.values()]
        same_key = update(OBJECTS).where(OBJECTS.c.key == bindparam("at_key"))
        others, present = OBJECTS.c.etag != bindparam("at_etag"), OBJECTS.c.etag == bindparam("at_etag")
        connection.execute(same_key.where(others).values(replaced=True), seen)
        connection.execute(same_key.where(present).values(replaced=False), seen)

    def objects(self, *, prefix: str = "", states: Sequence[str] = ()) -> Iterator[InboxObject]:
        """Rows sorted by the UTF-8 bytes of the key, then etag; streaming."""
        query = _OBJECT.where(below(OBJECTS.c.key, prefix)) if prefix else _OBJECT
        if states:
            query = query.where(OBJECTS.c.state.in_([str(state) for state in states]))
        return map(_row, paged(self._database, query, OBJECTS.c.key, OBJECTS.c.etag))

    def find(self, text: str) -> Sequence[InboxObject]:
        """Rows whose key, SHA-256 or record id equals the text."""
        if not text:
            return []
        equal = or_(OBJECTS.c.key == text, OBJECTS.c.sha256 == text, OBJECTS.c.record_id == text)
        with self._database.reading() as connection:
            rows = connection.execute(_OBJECT.where(equal).order_by(OBJECTS.c.key, OBJECTS.c.etag))
            return [_row(row) for row in rows]

    def identified(self, ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Key and etag of each id that the ledger knows."""
        name, found = OBJECTS.c.object_id, dict[str, tuple[str, str]]()
        with self._database.reading() as connection:
            for batch in batches(ids):
                rows = connection.execute(select(name, OBJECTS.c.key, OBJECTS.c.etag).where(name.in_(batch)))
                found |= {row[0]: (row[1], row[2]) for row in rows}
        return found

    def claim(self, key: str, etag: str, owner: str) -> bool:
        """Take the object for work; False also for an object that the ledger does not know."""
        column = OBJECTS.c.claimed_by
        self._workers.enter(owner)
        taken = self._swap(key, etag, owner, or_(column.is_(None), column == owner))
        if not taken:
            with self._database.reading() as connection:
                holder = connection.execute(select(column).where(_is(key, etag))).scalar_one_or_none()
            if holder is None or self._workers.living([holder]):
                return False
            taken = self._swap(key, etag, owner, column == holder)
        if taken:
            self._claims[key, etag] = owner
        return taken

    def _swap(self, key: str, etag: str, owner: str, expected: ColumnElement[bool]) -> bool:
        take = update(OBJECTS).where(_is(key, etag), expected).values(claimed_by=owner)
        with self._database.writing() as connection:
            return connection.execute(take).rowcount == 1

    def release(self, key: str, etag: str, owner: str) -> None:
        """Give the claim back; a no-op when it is not this owner's."""
        mine = update(OBJECTS).where(_is(key, etag), OBJECTS.c.claimed_by == owner)
        with self._database.writing() as connection:
            connection.execute(mine.values(claimed_by=None))
        if self._claims.get((key, etag)) == owner:
            del self._claims[key, etag]

    def live_claims(self, besides: str = "") -> int:
        """How many objects are claimed by workers that are alive, that owner left out."""
        owner = OBJECTS.c.claimed_by
        query = select(owner, func.count()).where(owner.is_not(None), owner != besides).group_by(owner)
        with self._database.reading() as connection:
            claims = {row[0]: row[1] for row in connection.execute(query)}
        return sum(claims[holder] for holder in self._workers.living(claims))

    def settle(
        self,
        key: str,
        etag: str,
        outcome: Outcome,
        at: datetime,
        *,
        attempts: int = 0,
        event: NewEvent | None = None,
    ) -> None:
        """Store what became of the object, and its event in the same transaction; a hash once known stays.

        Unknown objects raise ``Corrupt``. A claim of this ledger that another worker took over meanwhile,
        because this one was not heard of, raises ``Unavailable``: what became of it is the other's to say.
        """
        values: dict[str, Any] = {
            "state": str(outcome.state),
            "reason": outcome.reason,
            "detail": outcome.detail.replace("\0", "\N{REPLACEMENT CHARACTER}"),
            "record_id": outcome.record_id,
            "pages": outcome.pages,
            "updated_at": at,
        }
        if outcome.sha256:
            values["sha256"] = outcome.sha256
        if attempts:
            values["attempts"] = OBJECTS.c.attempts + attempts
        mine, owner = _is(key, etag), self._claims.get((key, etag))
        if owner is not None:
            mine = and_(mine, OBJECTS.c.claimed_by == owner)

        def write(connection: Connection) -> None:
            if connection.execute(update(OBJECTS).where(mine).values(values)).rowcount:
                return
            if connection.execute(select(OBJECTS.c.key).where(_is(key, etag))).first():
                raise Unavailable("another worker took the object over, as this one was not heard of")
            raise Corrupt("the ledger does not know the object that was worked on")

        self._write(key, write, event, at)

    def _write(
        self, key: str, write: Callable[[Connection], None], event: NewEvent | None, at: datetime
    ) -> None:
        if event is not None:
            append_with(self._database, key, event, at, write)
            return
        with self._database.writing() as connection:
            write(connection)

    def retry(self, keys: Sequence[str], reason: str, at: datetime) -> int:
        """Set rejected and failed objects of these keys back to pending, or all of a reason code.

        With both, the objects of these keys that have this reason; with neither, none.
        """
        again = and_(OBJECTS.c.state.in_([str(state) for state in _RETRIED]), OBJECTS.c.replaced.is_(False))
        if reason:
            again = and_(again, OBJECTS.c.reason == reason)
        values = {"state": str(State.PENDING), "reason": "", "detail": "", "attempts": 0, "updated_at": at}
        chosen = [OBJECTS.c.key.in_(batch) for batch in batches(keys)]
        if not keys and reason:
            chosen = [OBJECTS.c.key.is_not(None)]
        with self._database.writing() as connection:
            statements = (update(OBJECTS).where(again, some).values(values) for some in chosen)
            return sum(connection.execute(statement).rowcount for statement in statements)

    def mark_removed(self, key: str, etag: str, by: str, at: datetime, event: NewEvent) -> None:
        """Leave the tombstone of an object; one in the archive or still waiting raises ``Corrupt``."""
        removable = and_(_is(key, etag), OBJECTS.c.state.in_(map(str, _REMOVABLE)))

        def write(connection: Connection) -> None:
            done = update(OBJECTS).where(removable).values(removed_by=by, updated_at=at)
            if not connection.execute(done).rowcount:
                raise Corrupt("the object to remove is in the archive, or waits")

        self._write(key, write, event, at)


def _unchanged(connection: Connection, listed: dict[str, ObjectInfo]) -> bool:
    """Whether the ledger knows exactly these etags as the present ones."""
    query = select(OBJECTS.c.key, OBJECTS.c.etag).where(OBJECTS.c.replaced.is_(False))
    known = connection.execute(query.where(OBJECTS.c.key.in_(list(listed)))).all()
    return {(key, etag) for key, etag in known} == {(item.key, item.etag) for item in listed.values()}
