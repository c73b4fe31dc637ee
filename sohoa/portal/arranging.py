"""Where a record belongs: its file taken apart or joined by page thumbnails, and its hồ sơ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import quote

from starlette.responses import Response

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import Record
from sohoa.domain.errors import Conflict, InvalidRequest, NotFound
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.forms import SentOnce, form_token, ticked, version_seen
from sohoa.usecases.dossiers.attach import attach
from sohoa.usecases.dossiers.contents import seen_dossiers
from sohoa.usecases.review.parts import merge, split
from sohoa.usecases.review.siblings import siblings

_REFUSED, _CONFLICT = 400, 409


def add_arranging(pages: Pages) -> None:
    """``/review/ID/arrange`` and its forms."""
    sent = SentOnce()
    pages.get("arrange", "/review/{record_id}/arrange", _first_look)
    pages.post("arranged", "/review/{record_id}/arrange", lambda asked: _arranged(asked, sent))


def _first_look(asked: Asked) -> Response:
    response = _arrange(asked)
    asked.noted(Action.VIEWED, asked.part("record_id"), where="arrange")
    return response


def _arrange(asked: Asked, problem: str = "", status: int = 200) -> Response:
    record_id = asked.part("record_id")
    found = siblings(asked.reader, asked.services, record_id)
    now = next((each for each in found if each.row.record_id == record_id), None)
    if now is None:
        raise NotFound("record", f"there is no record {record_id!r}")
    numbers = [int(page["number"]) for page in now.record["pages"]]
    return asked.page(
        "arrange.html.j2",
        status,
        record_id=record_id,
        record=now.record,
        version=now.manifest.version,
        form_token=form_token(),
        numbers=numbers,
        suggested=_suggested(now.record),
        parts=found if len(found) > 1 else (),
        dossiers=seen_dossiers(asked.reader, asked.services, now.row.agency),
        held=[member.code for member in asked.services.dossiers.of_record(record_id)],
        problem=problem,
        done=asked.given("done") == "1",
    )


def _suggested(record: Record) -> set[int]:
    """Pages with which a document begins as the machine read it, but the first."""
    return {int(document["pages"][0]) for document in record["documents"][1:]}


def _arranged(asked: Asked, sent: SentOnce) -> Response:
    try:
        return sent.answer(asked, lambda: _done(asked))
    except Conflict:
        return _arrange(asked, asked.texts("conflict_text"), _CONFLICT)
    except NotFound as error:
        if error.code != "dossier":
            raise
        return _arrange(asked, asked.texts("no_such_dossier"), _REFUSED)
    except InvalidRequest as error:
        if error.code in ("form", "superseded", "withdrawn"):
            raise
        return _arrange(asked, asked.texts.refusal(error), _REFUSED)


def _done(asked: Asked) -> str:
    """Do what the form says; returns the page to go to."""
    record_id, form = asked.part("record_id"), asked.form
    why = form.get("why", "")
    match form.get("action"):
        case "split":
            numbers = [int(page["number"]) for page in _record(asked, record_id)["pages"]]
            ranges = list(_ranges(numbers, {asked.number(text) for text in ticked(form, "cut-")}))
            made = split(asked.reader, asked.services, record_id, ranges, why, version_seen(form))
            return f"/review/{quote(made[0])}/arrange?done=1"
        case "merge":
            parts = {part: version_seen(form, f"version-{part}") for part in ticked(form, "part-")}
            seen = {record_id: version_seen(form), **parts}
            made = merge(asked.reader, asked.services, list(seen), why, seen)
            return f"/review/{quote(made[0])}/arrange?done=1"
        case "attach":
            code, place = form.get("code", ""), form.get("ordinal", "").strip()
            ordinal = asked.number(place) if place else None
            attach(asked.reader, asked.services, record_id, code, ordinal, version_seen(form))
            return f"/review/{quote(record_id)}/arrange?done=1"
        case _:
            raise InvalidRequest("form", "no such decision")


def _record(asked: Asked, record_id: str) -> Record:
    found = siblings(asked.reader, asked.services, record_id)
    return next(each.record for each in found if each.row.record_id == record_id)


def _ranges(numbers: Sequence[int], cuts: set[int]) -> Iterator[str]:
    """``1-3 4-6``: the pages between the cuts; raises ``InvalidRequest`` without a cut inside the record."""
    starts = [numbers[0], *sorted(cuts & {*numbers[1:]})]
    if len(starts) < 2:
        raise InvalidRequest("pages", "choose at least one page with which another document begins")
    for first, after in pairwise([*starts, numbers[-1] + 1]):
        yield f"{first}-{after - 1}"
