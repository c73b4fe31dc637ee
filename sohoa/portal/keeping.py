"""What a person takes from the search page: the list of hits as a file, and questions kept to ask again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args
from urllib.parse import parse_qs

from starlette.responses import Response, StreamingResponse

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotAllowed, NotFound
from sohoa.domain.search.query import render_canonical
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.portal.questions import MOST_LETTERS, Question
from sohoa.portal.rendering import day
from sohoa.ports import ListForm, SearchHit
from sohoa.usecases.people.saved import forget, save
from sohoa.usecases.people.sign_in import Session
from sohoa.usecases.search.lists import whole_list

_TYPES: dict[ListForm, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MOST_FIELDS = 100


def add_keeping(pages: Pages) -> None:
    """``/search/list.FORM`` and ``/search/saved``."""
    pages.get("list", "/search/list.{form}", _list)
    pages.post("save_question", "/search/saved", _save)
    pages.post("forget_question", "/search/saved/forget", _forget)


def asked_for(asked: Asked) -> Question:
    """The question that stands in the address."""
    return Question.of({each.name: asked.all_given(each.name) for each in fields(Question)})


def _list(asked: Asked) -> Response:
    """The hits as a file, in the chosen columns and the order of the page."""
    form = next((form for form in get_args(ListForm) if form == asked.part("form")), None)
    question, services = asked_for(asked), asked.services
    if form is None:
        raise NotFound("page", "no such list")
    if question.query.empty or len(question.q) > MOST_LETTERS:
        return see_other(question.link(q=question.q[: MOST_LETTERS + 1]))
    total, hits = whole_list(asked.reader, services.index, question.query)
    asked.noted(Action.EXPORTED, query=render_canonical(question.query), total=total, form=form)
    head = [*map(asked.texts.field, question.columns), asked.texts("lasting_link")]
    title = asked.texts("list_of", total=total, question=render_canonical(question.query))
    pieces = services.list_files.pieces(form, title, head, _rows(hits, question.columns))
    headers = {"Content-Disposition": f'attachment; filename="{asked.texts("list_file")}.{form}"'}
    return StreamingResponse(pieces, media_type=_TYPES[form], headers=headers)


def _rows(hits: Iterator[SearchHit], columns: tuple[str, ...]) -> Iterator[list[str]]:
    for hit in hits:
        values = ((name, hit.fields.get(name, "")) for name in columns)
        yield [*(day(value) if name.endswith("_date") else value for name, value in values), hit.record_id]


def _save(asked: Asked) -> Response:
    """Keep the question that stands on the page; what is none of the search's is left out."""
    question = _typed(asked)
    try:
        save(_session(asked), asked.services, asked.form.get("name", ""), question.asked())
    except InvalidRequest as error:
        if error.code != "saved_query":
            raise
        return see_other(f"{question.link()}&unsaved=1" if question.asked() else "/search")
    return see_other(question.link())


def _forget(asked: Asked) -> Response:
    question = _typed(asked)
    forget(_session(asked), asked.services, asked.form.get("name", ""))
    return see_other(question.link())


def _typed(asked: Asked) -> Question:
    try:
        return Question.of(parse_qs(asked.form.get("question", ""), max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise InvalidRequest("form", f"a question has at most {_MOST_FIELDS} fields") from None


def _session(asked: Asked) -> Session:
    if asked.session is None:
        raise NotAllowed("signed_out", "nobody is signed in")
    return asked.session
