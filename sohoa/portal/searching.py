"""The search page: one box, what may be chosen beside it, hits as cards or in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from starlette.responses import Response

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Rejected
from sohoa.domain.search.near import nearby
from sohoa.domain.search.query import render_canonical
from sohoa.domain.search.query_tree import render
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.portal.facets import facets, shown_value
from sohoa.portal.keeping import asked_for
from sohoa.portal.questions import COLUMNS, MOST_LETTERS, Question
from sohoa.ports import SearchResult
from sohoa.usecases.people.saved import saved
from sohoa.usecases.search.lists import MOST_LISTED
from sohoa.usecases.search.offers import FEW, Suggestion, offers, suggestions
from sohoa.usecases.search.search import search

_HITS = 20
_LONGEST_TYPED = 100


def add_searching(pages: Pages) -> None:
    """``/`` and ``/search``."""
    pages.get("start", "/", lambda _: see_other("/search"))
    pages.get("search", "/search", _search)
    pages.get("suggest", "/search/suggest", _suggest)


def _search(asked: Asked) -> Response:
    question = asked_for(asked)
    t = asked.texts
    unsaved = [t("unsaved")] if asked.given("unsaved") else []
    problems = unsaved + [t("bad_date", value=text[:40]) for text in question.unreadable_dates]
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
        facets=facets(asked, question, found) if found else [],
        chips=[
            (shown_value(asked, name, value), question.link(**{name: ""}))
            for name, value in question.filters.items()
        ],
        offers=list(_offers(asked, question, found.total)) if found else [],
        drops=list(_drops(asked, question)) if nothing else [],
        all_columns=COLUMNS,
        saved=[(each, f"/search?{each.question}") for each in saved(asked.session, asked.services)]
        if asked.session
        else [],
        most_listed=MOST_LISTED,
        agencies=[(a.code, a.name) for a in asked.services.agencies if asked.reader.access.covers(a.code)],
        types=[kind.name for kind in asked.services.types.types],
        agency_name=asked.services.agencies.name,
    )


def _offers(asked: Asked, question: Question, total: int) -> Iterator[tuple[str, int, str]]:
    """What may have been meant where little was found: what it says, how much it finds, its address."""
    near = (
        [replace(question, q=render(tree), page="") for tree in nearby(question.tree)] if total <= FEW else []
    )
    for place, found in offers(asked.reader, asked.services.index, total, [each.query for each in near]):
        yield near[place].q, found, near[place].link()


def _drops(asked: Asked, question: Question) -> Iterator[tuple[str, int, str]]:
    """What finds something when one part of the question is left out."""
    parts = list(question.without_one())
    totals = asked.services.index.counts([left.query for _, _, left in parts], asked.reader.access)
    for (name, value, left), total in zip(parts, totals, strict=True):
        if total:
            yield shown_value(asked, name, value), total, left.link()


def _suggest(asked: Asked) -> Response:
    """What may be typed next, as a list to be shown below the box; nothing is searched by it."""
    services, typed = asked.services, asked.given("q")[:_LONGEST_TYPED]
    found = suggestions(asked.reader, services.index, services.agencies, services.types, typed)
    return asked.page("suggestions.html.j2", rows=[(each, _leads(each)) for each in found])


def _leads(suggestion: Suggestion) -> str:
    if suggestion.kind == "number":
        return Question(q=f'so:"{suggestion.value}"').link()
    return Question(**{suggestion.kind: suggestion.value}).link()  # type: ignore[arg-type]
