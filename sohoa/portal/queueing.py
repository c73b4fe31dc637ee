"""The review queue, and who works on what of it."""

from __future__ import annotations

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest, NotAllowed
from sohoa.domain.review.queue import Step
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.forms import SentOnce, form_token, ticked
from sohoa.usecases.review.assignments import assign, reviewers
from sohoa.usecases.review.views import waiting

_QUEUE = 50
_REFUSED = 400


def add_queueing(pages: Pages) -> None:
    """``/review`` and what is given to persons there."""
    sent = SentOnce()
    pages.get("queue", "/review", _queue)
    pages.post("assign", "/review", lambda asked: _assign(asked, sent))


def _queue(asked: Asked, problem: str = "", status: int = 200) -> Response:
    agency, mine = asked.given("agency"), asked.given("mine") == "1"
    person = asked.reader.name if mine else ""
    rows = waiting(asked.reader, asked.services, agency, person, limit=_QUEUE)
    covered = asked.reader.access.covers
    return asked.page(
        "queue.html.j2",
        status,
        rows=rows,
        agency=agency,
        mine=mine,
        problem=problem,
        given=asked.given("given"),
        form_token=form_token(),
        agencies=[(a.code, a.name) for a in asked.services.agencies if covered(a.code)],
        agency_name=asked.services.agencies.name,
        reviewers=reviewers(asked.reader, asked.services),
        steps=list(Step),
    )


def _assign(asked: Asked, sent: SentOnce) -> Response:
    try:
        return sent.answer(asked, lambda: _assigned(asked))
    except NotAllowed as error:
        return _queue(asked, asked.texts.refusal(error), _REFUSED)


def _assigned(asked: Asked) -> str:
    chosen, form = ticked(asked.form, "record-"), asked.form
    if form.get("step") not in list(Step) or not chosen:
        raise InvalidRequest("form", "no such step, or no record")
    assign(asked.reader, asked.services, chosen, form.get("person", ""), Step(form["step"]))
    return f"/review?given={len(chosen)}"
