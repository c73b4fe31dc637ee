"""The search page: one box, what may be chosen beside it, hits as cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Rejected
from sohoa.domain.search.query import render_canonical
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.portal.questions import MOST_LETTERS, Question
from sohoa.ports import SearchResult
from sohoa.usecases.search.search import search

_HITS = 20
_FACET_PARAMETERS = {"agency": "agency", "type_name": "type", "year": "year"}
_MOST_VALUES = 12


def add_searching(pages: Pages) -> None:
    """``/`` and ``/search``."""
    pages.get("start", "/", lambda _: see_other("/search"))
    pages.get("search", "/search", _search)


def _search(asked: Asked) -> Response:
    names = ("q", "agency", "type", "year", "tu", "den", "sort", "page")
    question = Question(**{name: asked.given(name) for name in names})
    t = asked.texts
    problems = [t("bad_date", value=text[:40]) for text in question.unreadable_dates]
    if len(question.q) > MOST_LETTERS:
        problems.append(t("too_long", length=len(question.q), most=MOST_LETTERS))
        return _page(asked, replace(question, q=question.q[:MOST_LETTERS]), problems, None)
    if question.query.empty:
        problems += [t("nothing_asked")] if question.q or question.filters else []
        return _page(asked, question, problems, None)
    try:
        found = search(asked.reader, asked.services, question.query, _HITS, question.page)
    except Rejected:
        problems.append(t("page_of_another"))
        question = replace(question, page="")
        found = search(asked.reader, asked.services, question.query, _HITS)
    asked.noted(Action.SEARCHED, query=render_canonical(question.query), total=found.total)
    return _page(asked, question, problems, found)


def _page(asked: Asked, question: Question, problems: list[str], found: SearchResult | None) -> Response:
    nothing = found is not None and not found.total
    return asked.page(
        "search.html.j2",
        question=question,
        problems=problems,
        found=found,
        facets=_facets(asked, question, found) if found else [],
        chips=[
            (_shown(asked, name, value), question.link(**{name: ""}))
            for name, value in question.filters.items()
        ],
        drops=list(_drops(asked, question)) if nothing else [],
        agencies=[(a.code, a.name) for a in asked.services.agencies if asked.reader.access.covers(a.code)],
        types=[kind.name for kind in asked.services.types.types],
        agency_name=asked.services.agencies.name,
    )


def _facets(asked: Asked, question: Question, found: SearchResult) -> list[dict[str, Any]]:
    """What the hits may be narrowed down to: the most frequent values first, years newest first."""
    shown = []
    for facet, name in _FACET_PARAMETERS.items():
        counts = found.facets.get(facet, {})
        if getattr(question, name) or len(counts) < 2:
            continue
        by_count = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]
        values = sorted(by_count, reverse=True) if facet == "year" else by_count
        rows = [
            (_shown(asked, name, value), count, question.link(**{name: value})) for value, count in values
        ]
        shown.append({"title": asked.texts(name), "rows": rows})
    return shown


def _drops(asked: Asked, question: Question) -> Any:
    """What finds something when one part of the question is left out."""
    for name, value, left in question.without_one():
        if left.query.empty:
            continue
        total = search(asked.reader, asked.services, left.query, size=0).total
        if total:
            yield _shown(asked, name, value), total, left.link()


def _shown(asked: Asked, name: str, value: str) -> str:
    if name == "word":
        return f"«{value}»"
    if name == "agency":
        return asked.services.agencies.name(value)
    if name in ("tu", "den"):
        return f"{asked.texts('issued_from' if name == 'tu' else 'issued_to')} {value}"
    return value
