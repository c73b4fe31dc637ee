"""The auditor's page: events chosen by person, act, record and day, counted, and taken home as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from sohoa.answers.history import action_words, event_sentence
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.local_time import VIETNAM, shown
from sohoa.portal.asking import Asked, Pages
from sohoa.ports import Event, EventQuery
from sohoa.usecases.search.audit import audit, exported

_NAMES = ("name", "act", "record", "tu", "den")
_COLUMNS = ("at", "local_time", "actor", "action", "subject", "purpose", "address", "details", "hash")
_OWN_COLUMNS = ("purpose", "address")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def add_auditing(pages: Pages) -> None:
    """``/events`` and its export."""
    pages.get("events", "/events", _events)
    pages.get("events_export", "/events.csv", _export)


def _events(asked: Asked) -> Response:
    given = {name: asked.given(name) for name in _NAMES}
    query, problems = _query(asked, given)
    found = audit(asked.reader, asked.services, query, before=asked.given("before"), address=asked.address)
    chosen = {name: value for name, value in given.items() if value}
    return asked.page(
        "events.html.j2",
        given=given,
        problems=problems,
        actions=sorted(action_words().items(), key=lambda pair: pair[1]),
        words_of=action_words(),
        rows=[(event, event_sentence(event) or event.action, _details(event)) for event in found.events],
        counts=sorted(found.counts.items(), key=lambda pair: (-pair[1], pair[0])),
        total=sum(found.counts.values()),
        following=f"/events?{urlencode({**chosen, 'before': found.following})}" if found.following else "",
        export=f"/events.csv?{urlencode(chosen)}" if chosen else "/events.csv",
    )


def _query(asked: Asked, given: dict[str, str]) -> tuple[EventQuery, list[str]]:
    """The question, and a sentence for each day that is none."""
    problems, days = [], dict[str, date | None]()
    for name in ("tu", "den"):
        try:
            days[name] = date.fromisoformat(given[name]) if given[name] else None
        except ValueError:
            days[name] = None
            problems.append(asked.texts("bad_date", value=given[name][:40]))
    until = days["den"] + timedelta(days=1) if days["den"] and days["den"] < date.max else None
    query = EventQuery(given["name"], given["act"], given["record"], _begin(days["tu"]), _begin(until))
    return query, problems


def _begin(day: date | None) -> datetime | None:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time(), VIETNAM) if day and day > date.min else None


def _details(event: Event) -> list[tuple[str, str]]:
    return [(name, _text(value)) for name, value in event.details.items() if value not in ("", None, [], {})]


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _export(asked: Asked) -> Response:
    query, problems = _query(asked, {name: asked.given(name) for name in _NAMES})
    if problems:
        raise InvalidRequest("day", problems[0])
    events = exported(asked.reader, asked.services, query, asked.address)
    headers = {"Content-Disposition": 'attachment; filename="events.csv"'}
    return StreamingResponse(_lines(events), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(events: Iterable[Event]) -> Iterator[bytes]:
    """CSV with a byte order mark, as spreadsheets want it; nothing in it is taken for a formula."""
    yield _line(_COLUMNS, first=True)
    for event in events:
        details = dict(event.details)
        own = [_text(details.pop(name, "")) for name in _OWN_COLUMNS]
        row = (event.at.isoformat(), shown(event.at), event.actor, event.action, event.subject, *own)
        yield _line((*row, json.dumps(details, ensure_ascii=False, sort_keys=True), event.hash))


def _line(values: Iterable[str], first: bool = False) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerow([f"'{value}" if value.startswith(_FORMULA) else value for value in values])
    return held.getvalue().encode("utf-8-sig" if first else "utf-8", "replace")
