"""What programs may ask: records, a record, one of its pages, coverage, the review's queue."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import date
from typing import Any

from starlette.responses import JSONResponse, Response

from sohoa.answers.archive import search_answer, show_answer
from sohoa.answers.review import queue_answer
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.search.query import Query, parse_query, render_canonical
from sohoa.portal.api.asking import ROOT, Api, Call
from sohoa.portal.api.description import SORTS, description
from sohoa.portal.asking import Pages
from sohoa.portal.questions import MOST_LETTERS
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.review.views import waiting_after
from sohoa.usecases.search.page_views import page_picture, page_view
from sohoa.usecases.search.search import search, show

_PICTURE = "image/png"


def add_api(pages: Pages) -> None:
    """Everything below ``/api/v1``."""
    pages.get("api_description", f"{ROOT}/openapi.json", lambda _: JSONResponse(description()))
    api = Api(pages)
    api.get("api_records", "/records", _records)
    api.get("api_record", "/records/{record_id}", _record)
    api.get("api_page", "/records/{record_id}/pages/{number}", _page)
    api.get("api_coverage", "/coverage", _coverage)
    api.get("api_review", "/review", _review)


def _records(call: Call) -> dict[str, Any]:
    query = _query(call)
    found = search(call.reader, call.services, query, call.limit(), call.given("cursor"))
    call.noted(Action.SEARCHED, query=render_canonical(query), total=found.total)
    return search_answer(found) | {"next": found.next_page}


def _query(call: Call) -> Query:
    typed, sort = call.given("q"), call.given("sort") or SORTS[0]
    if len(typed) > MOST_LETTERS:
        raise InvalidRequest("q", f"q has at most {MOST_LETTERS} letters")
    if sort not in SORTS:
        raise InvalidRequest("sort", f"sort is {' or '.join(SORTS)}")
    query = parse_query(
        typed,
        agency=call.given("agency"),
        type_name=call.given("type"),
        issued_from=_day(call, "issued_from"),
        issued_to=_day(call, "issued_to"),
        sort="date" if sort == "date" else "relevance",
    )
    if query.empty:
        raise InvalidRequest("q", "nothing is asked: give q, agency, type, issued_from or issued_to")
    return query


def _day(call: Call, name: str) -> date | None:
    text = call.given(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidRequest("day", f"{name} is a day such as 2024-01-31") from None


def _record(call: Call) -> dict[str, Any]:
    record_id = call.part("record_id")
    shown = show(call.reader, call.services, record_id)
    call.noted(Action.VIEWED, record_id)
    return show_answer(shown)


def _page(call: Call) -> dict[str, Any] | Response:
    """The text of a page with its places; its picture for whoever asks for one."""
    record_id, text = call.part("record_id"), call.part("number")
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise NotFound("page", "no such page")
    number = int(text)
    view = page_view(call.reader, call.services, record_id, number)
    call.noted(Action.VIEWED, record_id, page=number)
    if call.request.headers.get("accept", "").startswith(_PICTURE):
        return Response(page_picture(call.reader, call.services, record_id, number), media_type=_PICTURE)
    return {
        "number": view.number,
        "width_px": view.width_px,
        "height_px": view.height_px,
        "turned_deg": view.turned_deg,
        "lines": [{"text": line.text, "box": [*astuple(line.box)]} for line in view.lines],
    }


def _coverage(call: Call) -> dict[str, Any]:
    report = measure(call.reader, call.services, _day(call, "as_of"), call.given("agency"))
    answer: dict[str, Any] = json.loads(call.services.reports.render(report, "json"))
    return answer


def _review(call: Call) -> dict[str, Any]:
    limit = call.limit()
    rows = waiting_after(call.reader, call.services, call.given("cursor"), limit + 1, call.given("agency"))
    more = rows[limit - 1].item.record_id if len(rows) > limit else ""
    return {"waiting": queue_answer(rows[:limit]), "next": more}
