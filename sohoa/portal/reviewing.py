"""The review: the queue, a record with what is doubtful on it, and the person's decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.fields import OF_THE_FILE, field_of, is_missing
from sohoa.domain.review.decisions import DECIDABLE
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.portal.rendering import day, padded
from sohoa.usecases.review.decide import Decided, accept, correct, reject
from sohoa.usecases.review.views import Viewed, crop, view, waiting

_QUEUE = 50
_MOST_CANDIDATES = 9


def add_reviewing(pages: Pages) -> None:
    """``/review`` and the records below it."""
    pages.get("queue", "/review", _queue)
    pages.get("review", "/review/{record_id}", lambda asked: _review(asked, "", {}))
    pages.get("review_crop", "/review/{record_id}/crops/{field}.png", _crop)
    pages.post("decide", "/review/{record_id}", _decide)


def _queue(asked: Asked) -> Response:
    rows = waiting(asked.reader, asked.services, limit=_QUEUE)
    return asked.page("queue.html.j2", rows=rows, agency_name=asked.services.agencies.name)


def _review(asked: Asked, problem: str, typed: dict[str, str], status: int = 200) -> Response:
    viewed = view(asked.reader, asked.services, asked.part("record_id"))
    record = viewed.now.record
    done = asked.given("done")
    return asked.page(
        "review.html.j2",
        status,
        viewed=viewed,
        record=record,
        record_id=viewed.now.row.record_id,
        version=viewed.now.manifest.version,
        agency=asked.services.agencies.name(viewed.now.row.agency),
        fields=list(_fields(viewed, typed)),
        others=[code for code in viewed.doubts if not field_of(code)],
        decidable=DECIDABLE,
        problem=problem,
        done=done if done.isdecimal() else "",
        following=_following(asked, viewed.now.row.record_id) if not viewed.doubts else "",
    )


def _fields(viewed: Viewed, typed: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Fields in doubt with what may be their value, the likeliest first."""
    known = viewed.now.record["fields"]
    for code in viewed.doubts:
        name = field_of(code)
        if not name:
            continue
        field = known.get(name)
        value = field["value"] if field else None
        seen = sorted(field["evidence"] if field else (), key=lambda each: -each["confidence"])
        given = filter(None, [value, *(each["value"] for each in seen)])
        values = dict.fromkeys(map(padded, given) if name.endswith("_date") else given)
        yield {
            "name": name,
            "code": code,
            "value": None if is_missing(code) else value,
            "candidates": list(values)[:_MOST_CANDIDATES],
            "typed": typed.get(name, day(value or "") if name.endswith("_date") else value or ""),
            "elsewhere": name in OF_THE_FILE,
        }


def _crop(asked: Asked) -> Response:
    """The place on the paper that a doubtful field was read from."""
    viewed = view(asked.reader, asked.services, asked.part("record_id"))
    name = asked.part("field")
    if name not in map(field_of, viewed.doubts):
        raise NotFound("field", f"{name!r} is not in doubt")
    data = crop(asked.services, viewed.now.record, name)
    return Response(data, media_type="image/png", headers={"Cache-Control": "private, no-store"})


def _decide(asked: Asked) -> Response:
    record_id, field = asked.part("record_id"), asked.form.get("field", "")
    try:
        done = _decided(asked, record_id, field)
    except InvalidRequest as error:
        return _review(asked, str(error), {field: asked.form.get("value", "")}, 400)
    if done is not None and done.doubts:
        return see_other(f"/review/{quote(record_id)}?{urlencode({'done': done.version})}")
    following = _following(asked, record_id)
    return see_other(f"/review/{following}" if following else "/review")


def _decided(asked: Asked, record_id: str, field: str) -> Decided | None:
    """What the form says is done; raises ``InvalidRequest`` for what cannot be."""
    form, seen = asked.form, asked.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 8 else 0
    match form.get("action"):
        case "accept":
            return accept(asked.reader, asked.services, record_id, [field], version)
        case "correct":
            return correct(asked.reader, asked.services, record_id, {field: form.get("value", "")}, version)
        case "reject":
            reject(asked.reader, asked.services, record_id, form.get("why", ""), version)
            return None
        case _:
            raise InvalidRequest("form", "no such decision")


def _following(asked: Asked, record_id: str) -> str:
    """The record to look at next, empty where none waits."""
    rows = waiting(asked.reader, asked.services, limit=2)
    return next((row.item.record_id for row in rows if row.item.record_id != record_id), "")
