"""The review of a record: what is doubtful on it, and the person's decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from sohoa.answers.history import event_sentence
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Conflict, InvalidRequest, NotAllowed, NotFound, SohoaError
from sohoa.domain.fields import OF_THE_FILE, field_of, is_missing
from sohoa.domain.review.decisions import DECIDABLE, SAME_NUMBER
from sohoa.domain.review.queue import Step
from sohoa.portal.ahead import Ahead
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.completion import completions
from sohoa.portal.forms import SentOnce, form_token, version_seen
from sohoa.portal.kept import Kept
from sohoa.portal.rendering import day, padded
from sohoa.usecases.dossiers.attach import attach
from sohoa.usecases.review.decide import accept, correct, reject
from sohoa.usecases.review.views import Viewed, changed_since, crop, following, view

_MOST_CANDIDATES = 9
_CHECKS = frozenset({Step.FIRST_CHECK, Step.SECOND_CHECK})
_REFUSED, _CONFLICT = 400, 409


def add_reviewing(pages: Pages) -> None:
    """``/review/ID`` with its pictures, and the forms on it."""
    crops, ahead, sent = Kept(), Ahead(), SentOnce()
    pages.get("review", "/review/{record_id}", lambda asked: _first_look(asked, crops, ahead))
    pages.get("review_crop", "/review/{record_id}/crops/{field}.png", lambda asked: _crop(asked, crops))
    pages.post("decide", "/review/{record_id}", lambda asked: _decide(asked, sent))
    pages.post("decide_again", "/review/{record_id}/again", _again)


def _first_look(asked: Asked, crops: Kept, ahead: Ahead) -> Response:
    response = _review(asked)
    asked.noted(Action.VIEWED, asked.part("record_id"), where="review")
    if after := following(asked.reader, asked.services, asked.part("record_id")):
        ahead.start(partial(_draw_crops, asked, after, crops))
    return response


def _again(asked: Asked) -> Response:
    """What was typed when the session had ended, offered again to whoever signed in since."""
    form = asked.form
    typed = {form.get("field", ""): form.get("value", "")} if form.get("action") == "correct" else {}
    return _review(asked, asked.texts("kept_value"), typed, 200, why=form.get("why", ""))


def _review(
    asked: Asked, problem: str = "", typed: Mapping[str, str] | None = None, status: int = 200, **more: Any
) -> Response:
    """The page of the record; ``more``: ``changed`` by others meanwhile, ``why`` as it was typed."""
    record_id, done = asked.part("record_id"), asked.given("done")
    viewed = view(asked.reader, asked.services, record_id)
    fields = list(_fields(viewed, typed or {}))
    settled = [code for code in viewed.doubts if _settled_by_all(code)]
    person = asked.reader.name
    return asked.page(
        "review.html.j2",
        status,
        viewed=viewed,
        record=viewed.now.record,
        record_id=record_id,
        version=viewed.now.manifest.version,
        form_token=form_token(),
        agency=asked.services.agencies.name(viewed.now.row.agency),
        fields=fields,
        lists={field["name"]: completions(asked.services, field["name"]) for field in fields},
        others=[code for code in viewed.doubts if not field_of(code)],
        decidable=DECIDABLE,
        all_shown=len(settled) if len(settled) > 1 else 0,
        my_steps=[a.step for a in viewed.assigned if a.person == person and a.done_at is None],
        checks=_CHECKS,
        problem=problem,
        changed=more.get("changed", ()),
        why=more.get("why", ""),
        done=done if done.isdecimal() else "",
        following=following(asked.reader, asked.services, record_id),
    )


def _settled_by_all(code: str) -> bool:
    """Whether the decision that all is right as it is shown settles the doubt, too."""
    return (code in DECIDABLE and code != SAME_NUMBER) or (bool(field_of(code)) and not is_missing(code))


def _fields(viewed: Viewed, typed: Mapping[str, str]) -> Iterator[dict[str, Any]]:
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


def _crop(asked: Asked, crops: Kept) -> Response:
    """The place on the paper that a doubtful field was read from."""
    viewed, name = view(asked.reader, asked.services, asked.part("record_id")), asked.part("field")
    if name not in map(field_of, viewed.doubts):
        raise NotFound("field", f"{name!r} is not in doubt")
    kept = _crop_name(viewed, name)
    headers = {"ETag": f'"{kept}"', "Cache-Control": "private, no-cache"}
    if asked.request.headers.get("if-none-match", "") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    data = crops.get(kept, lambda: crop(asked.services, viewed.now.record, name))
    return Response(data, media_type="image/png", headers=headers)


def _crop_name(viewed: Viewed, name: str) -> str:
    """The same as long as the picture is the same."""
    return f"{viewed.now.row.record_id}-{viewed.now.manifest_sha256[:32]}-{name}"


def _draw_crops(asked: Asked, record_id: str, crops: Kept) -> None:
    """Pictures of the record that comes next, for whoever asks now."""
    with suppress(SohoaError):
        viewed = view(asked.reader, asked.services, record_id)
        for name in dict.fromkeys(filter(None, map(field_of, viewed.doubts))):
            crops.get(_crop_name(viewed, name), partial(crop, asked.services, viewed.now.record, name))


def _decide(asked: Asked, sent: SentOnce) -> Response:
    record_id, form = asked.part("record_id"), asked.form
    typed, why = {form.get("field", ""): form.get("value", "")}, form.get("why", "")
    try:
        return sent.answer(asked, lambda: _decided(asked, record_id))
    except Conflict:
        events = changed_since(asked.reader, asked.services, record_id, version_seen(form))
        changed = [(event, event_sentence(event)) for event in events]
        return _review(asked, "", typed, _CONFLICT, changed=changed, why=why)
    except NotAllowed as error:
        if error.code != "step":
            raise
        return _review(asked, asked.texts.refusal(error), typed, _REFUSED, why=why)
    except InvalidRequest as error:
        if error.code == "form":
            raise
        sentence = asked.texts.refusal(error, form.get("field", ""))
        return _review(asked, sentence, typed, _REFUSED, why=why)


def _decided(asked: Asked, record_id: str) -> str:
    """Where to go when what the form says is done; raises ``InvalidRequest`` for what cannot be."""
    action = _ACTIONS.get(asked.form.get("action", ""))
    if action is None:
        raise InvalidRequest("form", "no such decision")
    after = following(asked.reader, asked.services, record_id)
    version = action(asked, record_id, version_seen(asked.form))
    if version:
        return f"/review/{quote(record_id)}?{urlencode({'done': version})}"
    return f"/review/{quote(after)}" if after else "/review"


def _accept(asked: Asked, record_id: str, seen: int) -> int:
    """The version that is left with open doubts, 0 where none is left."""
    field = asked.form.get("field", "")
    done = accept(asked.reader, asked.services, record_id, [field] if field else [], seen)
    return done.version if done.doubts else 0


def _correct(asked: Asked, record_id: str, seen: int) -> int:
    form = asked.form
    done = correct(
        asked.reader, asked.services, record_id, {form.get("field", ""): form.get("value", "")}, seen
    )
    return done.version if done.doubts else 0


def _reject(asked: Asked, record_id: str, seen: int) -> int:
    reject(asked.reader, asked.services, record_id, asked.form.get("why", ""), seen)
    return 0


def _attach(asked: Asked, record_id: str, seen: int) -> int:
    """Another hồ sơ for a record whose list names one; the page shows what is left."""
    attach(asked.reader, asked.services, record_id, asked.form.get("value", ""), None, seen)
    viewed = view(asked.reader, asked.services, record_id)
    return viewed.now.manifest.version if viewed.doubts else 0


_ACTIONS: Mapping[str, Callable[[Asked, str, int], int]] = {
    "accept": _accept,
    "correct": _correct,
    "reject": _reject,
    "attach": _attach,
}
