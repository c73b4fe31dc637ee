"""Acceptance of a batch by sample: drawn once, then each record judged by two persons."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest, NotFound
from sohoa.domain.review.batch_acceptance import Verdict
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.forms import SentOnce, form_token
from sohoa.usecases.archive.verdicts import Sample, sample_of
from sohoa.usecases.review.batch_samples import batches, check_sample, draw_sample

_REFUSED = 400
_MOST_SIZE = 5


def add_sampling(pages: Pages) -> None:
    """``/samples``, and the sample of one batch."""
    sent = SentOnce()
    pages.get("samples", "/samples", _samples)
    pages.post("sampled", "/samples", lambda asked: _sampled(asked, sent))


def _samples(asked: Asked, problem: str = "", status: int = 200) -> Response:
    agency, batch = (asked.form.get(name, "") or asked.given(name) for name in ("agency", "batch"))
    covered = asked.reader.access.covers
    if agency and not (asked.services.agencies.knows(agency) and covered(agency)):
        raise NotFound("agency", "no such agency")
    known = sample_of(asked.reader, asked.services.events, agency, batch) if agency and batch else None
    return asked.page(
        "samples.html.j2",
        status,
        agency=agency,
        batch=batch,
        agencies=[(a.code, a.name) for a in asked.services.agencies if covered(a.code)],
        agency_name=asked.services.agencies.name,
        batches=batches(asked.reader, asked.services, agency) if agency and not batch else {},
        sample=known,
        mine=_mine(known, asked.reader.name) if known else {},
        open=known is not None and known.judgement.verdict is Verdict.OPEN,
        may_draw=known is None or known.judgement.verdict is Verdict.REFUSED,
        problem=problem,
        form_token=form_token(),
    )


def _mine(sample: Sample, person: str) -> dict[str, bool]:
    """What the person said of each record: whether it is defective. What the other said is not shown yet."""
    return {each.record_id: each.is_defective for each in sample.results if each.person == person}


def _sampled(asked: Asked, sent: SentOnce) -> Response:
    try:
        return sent.answer(asked, lambda: _done(asked))
    except InvalidRequest as error:
        if error.code == "form":
            raise
        return _samples(asked, asked.texts.refusal(error), _REFUSED)


def _done(asked: Asked) -> str:
    form = asked.form
    agency, batch = form.get("agency", ""), form.get("batch", "").strip("/")
    match form.get("action"):
        case "draw":
            size, accept = _whole(form.get("size", "")), _whole(form.get("accept_number", ""))
            seed = secrets.token_hex(8)
            draw_sample(asked.reader, asked.services, agency, batch, size, accept, seed)
        case "check":
            said = {name.removeprefix("found-"): each for name, each in form.items() if name[:6] == "found-"}
            sound = [name for name, each in said.items() if each == "ok"]
            defective = [name for name, each in said.items() if each == "defect"]
            check_sample(asked.reader, asked.services, agency, batch, sound, defective)
        case _:
            raise InvalidRequest("form", "no such decision")
    return f"/samples?{urlencode({'agency': agency, 'batch': batch})}"


def _whole(text: str) -> int:
    """A whole number as typed; raises ``InvalidRequest`` for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_SIZE):
        raise InvalidRequest("sample_size", "a size is a whole number")
    return int(text)
