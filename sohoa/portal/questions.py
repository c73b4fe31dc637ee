"""What was asked of the index: the search box and what was chosen beside it, as addresses and as a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from urllib.parse import urlencode

from sohoa.domain.search.query import Query, parse_query
from sohoa.domain.search.query_tree import And, conjunction, render

MOST_LETTERS = 2_000
_MOST_DROPPED = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed and chosen; empty texts were not given. ``page`` is a page's token."""

    q: str = ""
    agency: str = ""
    type: str = ""
    year: str = ""
    tu: str = ""
    den: str = ""
    sort: str = ""
    page: str = field(default="", compare=False)

    def link(self, **changes: str) -> str:
        """The address of the question with these changes, without what is empty; of its first page."""
        changed = replace(self, **{"page": "", **changes})
        given = {f.name: getattr(changed, f.name) for f in fields(changed)}
        asked = urlencode({name: value for name, value in given.items() if value})
        return f"/search?{asked}" if asked else "/search"

    @property
    def query(self) -> Query:
        """The question for the index; what is no date or year is left out."""
        year = int(self.year) if _is_year(self.year) else 0
        first, last = _day(self.tu), _day(self.den)
        starts = [day for day in (first, date(year, 1, 1) if year else None) if day]
        ends = [day for day in (last, date(year, 12, 31) if year else None) if day]
        return parse_query(
            self.q[:MOST_LETTERS],
            agency=self.agency,
            type_name=self.type,
            issued_from=max(starts, default=None),
            issued_to=min(ends, default=None),
            sort="date" if self.sort == "date" else "relevance",
        )

    @property
    def unreadable_dates(self) -> Iterator[str]:
        """What was given as a date or year and is none."""
        yield from (text for text in (self.tu, self.den) if text and _day(text) is None)
        if self.year and not _is_year(self.year):
            yield self.year

    @property
    def filters(self) -> dict[str, str]:
        """What was chosen beside the box, by name."""
        return {
            name: value for name in ("agency", "type", "year", "tu", "den") if (value := getattr(self, name))
        }

    def without_one(self) -> Iterator[tuple[str, str, Question]]:
        """The question without one of its parts each: the part's kind, what it says, and what is left."""
        tree = parse_query(self.q[:MOST_LETTERS]).tree
        words = tree.operands if isinstance(tree, And) else ()
        for place, operand in enumerate(words[:_MOST_DROPPED]):
            rest = conjunction(other for at, other in enumerate(words) if at != place)
            yield "word", render(operand), replace(self, q=render(rest), page="")
        for name, value in self.filters.items():
            yield name, value, replace(self, **{name: "", "page": ""})


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4 and text != "0000"


def _day(text: str) -> date | None:
    """``2024-01-31`` as browsers send it, or ``31/01/2024`` as people type it."""
    parts = text.split("/")
    try:
        return date.fromisoformat("-".join(reversed([part.zfill(2) for part in parts])))
    except ValueError:
        return None
