"""A record's page: the paper with marked words, fields with evidence, text, signatures, history, files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response, StreamingResponse

from sohoa.answers.history import event_sentence
from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import FieldJson, Record
from sohoa.domain.archive.records import Method
from sohoa.domain.errors import NotFound
from sohoa.domain.fields import FIELDS
from sohoa.domain.protection.access import CONDITIONAL
from sohoa.domain.protection.rights import Right
from sohoa.domain.review.decisions import open_doubts
from sohoa.domain.search.query import parse_query
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.citing import citing
from sohoa.portal.kept import Kept
from sohoa.portal.paper import paper
from sohoa.portal.questions import MOST_LETTERS
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.search.changes import changes
from sohoa.usecases.search.hand_out import files_out, handed_out
from sohoa.usecases.search.page_views import SCREEN_DPI, THUMBNAIL_DPI, page_picture, page_place, page_view
from sohoa.usecases.search.search import show

_CHUNK = 1 << 18
_NEIGHBOURS = 3
_MOST_HITS = 40


def add_records(pages: Pages) -> None:
    """``/records/ID``, its pictures and its files."""
    pictures = Kept()
    pages.get("record", "/records/{record_id}", _record)
    pages.get(
        "page_picture",
        "/records/{record_id}/pages/{number}.png",
        lambda asked: _picture(asked, pictures, asked.number(asked.part("number")), SCREEN_DPI),
    )
    pages.get(
        "thumbnail",
        "/records/{record_id}/thumbnail.png",
        lambda asked: _picture(asked, pictures, None, THUMBNAIL_DPI),
    )
    pages.get("file", "/records/{record_id}/files/{name}", _file)


def _record(asked: Asked) -> Response:
    record_id, typed = asked.part("record_id"), asked.given("q")[:MOST_LETTERS]
    shown = show(asked.reader, asked.services, record_id)
    numbers = [int(page["number"]) for page in shown.record["pages"]]
    query = parse_query(typed) if typed else None
    wanted = asked.number(asked.given("page")) if asked.given("page") else 0
    view = page_view(asked.reader, asked.services, record_id, wanted or numbers[0], query)
    if not wanted and view.hits and view.number not in view.hits:
        view = page_view(asked.reader, asked.services, record_id, view.hits[0], query)
    lit = asked.given("field")
    asked.noted(Action.VIEWED, record_id, page=view.number)

    def link(page: int, **more: str) -> str:
        asked_for = {"page": str(page), **({"q": typed} if typed else {}), **more}
        return f"/records/{quote(record_id)}?{urlencode(asked_for)}"

    head = _head(shown.record)
    return asked.page(
        "record.html.j2",
        shown=shown,
        record_id=record_id,
        head=head,
        citing=citing(asked, shown.record, view, head["code"]),
        agency=asked.services.agencies.name(shown.row.agency),
        typed=typed,
        view=view,
        paper=paper(view, _lit(shown.record, lit, view.number)),
        numbers=numbers,
        strip=_strip(numbers, view.number, view.hits),
        hits=view.hits[:_MOST_HITS],
        previous_hit=max((hit for hit in view.hits if hit < view.number), default=0),
        next_hit=min((hit for hit in view.hits if hit > view.number), default=0),
        changes=changes(asked.reader, asked.services, record_id),
        lit=lit,
        link=link,
        fields=list(_fields(asked, shown.record)),
        events=[(event, event_sentence(event)) for event in reversed(shown.events)],
        files=files_out(asked.reader, asked.services, record_id),
        waits=open_doubts(shown.record),
        same_number=_seen(asked, shown.same_number),
        dossier_links=asked.reader.access.allows(shown.row.agency, CONDITIONAL),
        may_decide=asked.reader.may(Right.REVIEW)
        and not shown.row.withdrawn
        and asked.reader.access.allows(shown.row.agency, str(shown.record["mode"])),
    )


def _seen(asked: Asked, record_ids: Sequence[str]) -> list[str]:
    """Those of the records that are for this reader."""
    seen = []
    for record_id in record_ids:
        with suppress(NotFound):
            visible(asked.reader, asked.services, record_id)
            seen.append(record_id)
    return seen


def _head(record: Record) -> dict[str, str]:
    values = {name: str(field["value"] or "") for name, field in record["fields"].items()}
    number, notation = values.get("code_number", ""), values.get("code_notation", "")
    return values | {"code": f"{number}/{notation}" if number and notation else ""}


def _fields(asked: Asked, record: Record) -> Iterator[dict[str, Any]]:
    """Fields in the order in which people read a paper, each with why it is believed."""
    known = record["fields"]
    names = [name for name in FIELDS if name in known] + sorted(set(known) - set(FIELDS))
    for name in names:
        field = known[name]
        by_person = any(seen["method"] == Method.PERSON for seen in field["evidence"])
        yield {
            "name": name,
            "label": asked.texts.field(name),
            "value": field["value"],
            "sure": asked.texts("by_person") if by_person else asked.texts.sureness(field["confidence"]),
            "share": field["confidence"],
            "doubtful": not by_person and field["confidence"] < asked.services.policy.review_below,
            "page": next((seen["page"] for seen in field["evidence"] if seen["page"] and seen["box"]), None),
            "evidence": [(_method(asked, seen["method"]), seen) for seen in field["evidence"]],
        }


def _method(asked: Asked, method: str) -> str:
    name = f"method_{method}"
    return asked.texts(name) if asked.texts.knows(name) else method


def _lit(record: Record, name: str, number: int) -> list[list[int]]:
    """Boxes on the page behind the field that was clicked."""
    field: FieldJson | None = record["fields"].get(name)
    seen = field["evidence"] if field else ()
    return [list(each["box"]) for each in seen if each["box"] and each["page"] == number]


def _strip(numbers: list[int], current: int, hits: tuple[int, ...]) -> list[int | None]:
    """Page numbers to show: first, last, those near the current one and with hits; None for a gap."""
    near = {n for n in numbers if abs(n - current) <= _NEIGHBOURS}
    chosen = sorted({numbers[0], numbers[-1], *near, *hits[:_MOST_HITS]})
    strip: list[int | None] = []
    for number in chosen:
        if strip and strip[-1] is not None and number > strip[-1] + 1:
            strip.append(None)
        strip.append(number)
    return strip


def _picture(asked: Asked, pictures: Kept, number: int | None, dpi: int) -> Response:
    """The page (or the first) as PNG; the browser keeps it and asks each time whether it may be shown."""
    record_id = asked.part("record_id")
    place = page_place(asked.reader, asked.services, record_id, number, dpi)
    headers = {"ETag": f'"{place.etag}"', "Cache-Control": "private, no-cache"}
    if asked.request.headers.get("if-none-match", "") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    data = pictures.get(
        place.etag, lambda: page_picture(asked.reader, asked.services, record_id, place.number, dpi)
    )
    if dpi == SCREEN_DPI:
        asked.noted(Action.PICTURE_VIEWED, record_id, page=place.number)
    return Response(data, media_type="image/png", headers=headers)


def _file(asked: Asked) -> Response:
    """A file to take home, never shown inside the portal."""
    record_id, name = asked.part("record_id"), asked.part("name")
    with ExitStack() as opening:
        file, path = opening.enter_context(handed_out(asked.reader, asked.services, record_id, name))
        asked.noted(Action.DOWNLOADED, record_id, file=file.path)
        held = opening.pop_all()
    headers = {
        "Content-Disposition": f'attachment; filename="{file.saved_as}"',
        "Content-Length": str(file.entry.size_bytes),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    kind = "application/pdf" if file.is_copy else "application/octet-stream"
    return StreamingResponse(_pieces(path, held), media_type=kind, headers=headers)


def _pieces(path: Path, held: ExitStack) -> Iterator[bytes]:
    with held, path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece
