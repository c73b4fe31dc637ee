"""What an auditor asks of the events: chosen by person, act, record and time, the newest first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, or_, select, tuple_

from sohoa.adapters.ledger.tables import EVENTS
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.people.account import views_subject
from sohoa.domain.protection.access import actors_named
from sohoa.ports import EventQuery

_ORDER = (EVENTS.c.at, EVENTS.c.subject, EVENTS.c.position)


def chosen(columns: Select[Any], query: EventQuery, limit: int, before: str) -> Select[Any]:
    """The newest events that the query is about, those older than the cursor ``before``."""
    wanted = columns.where(_about(query)).order_by(*(column.desc() for column in _ORDER)).limit(limit)
    if not before:
        return wanted
    at, digest = _place(before)
    last = select(*_ORDER).where(EVENTS.c.at == at, EVENTS.c.hash == digest).limit(1)
    return wanted.where(tuple_(*_ORDER) < last.scalar_subquery())


def counted(query: EventQuery) -> Select[Any]:
    """How many there are of each action."""
    number = func.count().label("number")
    return select(EVENTS.c.action, number).where(_about(query)).group_by(EVENTS.c.action)


def cursor_of(row: RowMapping) -> str:
    """The cursor that goes on after this row; it does not tell the subject, which may be under secrecy."""
    return json.dumps([row["at"].isoformat(), row["hash"]])


def _place(cursor: str) -> tuple[datetime, str]:
    """Time and hash of the event that the page before ended with."""
    try:
        at, digest = json.loads(cursor)
        return datetime.fromisoformat(at).astimezone(UTC), bytes.fromhex(digest).hex()
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise InvalidRequest("cursor", "this page of events does not exist") from None


def _about(query: EventQuery) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [EVENTS.c.at >= query.since] if query.since else []
    if query.until:
        parts.append(EVENTS.c.at < query.until)
    if query.name:
        parts.append(EVENTS.c.actor.in_(actors_named(query.name)))
    if query.action:
        parts.append(EVENTS.c.action == query.action)
    if query.record_id:
        subjects = (query.record_id, views_subject(query.record_id))
        parts.append(or_(*(EVENTS.c.subject == subject for subject in subjects)))
    return and_(True, *parts)
