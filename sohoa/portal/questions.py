"""What was asked of the index: the search box and what was chosen beside it, as addresses and as a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from urllib.parse import urlencode

from sohoa.domain.search.query import Query, parse_query
from sohoa.domain.search.query_parser import Sort, clean_value
from sohoa.domain.search.query_tree import And, Filter, FilterName, Node, conjunction, render

MOST_LETTERS = 2_000
_MOST_DROPPED = 6
_FILTERS = ("agency", "type", "year", "dossier", "state", "quality", "signed", "signer", "tu", "den")
_SORTS: Mapping[str, Sort] = {"date": "date", "number": "number"}
COLUMNS = ("code", "issued_date", "type_name", "subject", "organ_name", "signer_name", "file_code", "urgency")
"""The fields that may be columns of a table of hits, in their order."""
_USUAL = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed and chosen; empty texts were not given. ``page`` is a page's token.

    ``view`` is how hits are shown (cards, or ``table`` with the columns ``col``).
    """

    q: str = ""
    agency: str = ""
    type: str = ""
    year: str = ""
    dossier: str = ""
    state: str = ""
    quality: str = ""
    signed: str = ""
    signer: str = ""
    tu: str = ""
    den: str = ""
    sort: str = ""
    view: str = ""
    col: tuple[str, ...] = ()
    page: str = field(default="", compare=False)

    @classmethod
    def of(cls, given: Mapping[str, Sequence[str]]) -> Question:
        """The question of an address; a value that is there twice counts once, of columns all."""
        last = {f.name: given[f.name][-1] for f in fields(cls) if given.get(f.name)}
        columns = tuple(name for name in COLUMNS if name in given.get("col", ()))
        return cls(**{**last, "col": columns})  # type: ignore[arg-type]

    def asked(self, **changes: str | tuple[str, ...]) -> str:
        """The question with these changes as it stands in an address, without what is empty."""
        changed = replace(self, **{"page": "", **changes})  # type: ignore[arg-type]
        given = {f.name: getattr(changed, f.name) for f in fields(changed)}
        return urlencode({name: value for name, value in given.items() if value}, doseq=True)

    def link(self, **changes: str | tuple[str, ...]) -> str:
        """The address of the question with these changes; of its first page."""
        asked = self.asked(**changes)
        return f"/search?{asked}" if asked else "/search"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table of hits: those that were chosen, else the usual ones."""
        return self.col or COLUMNS[:_USUAL]

    @property
    def query(self) -> Query:
        """The question for the index; what is no date or year is left out."""
        year = int(self.year) if _is_year(self.year) else 0
        first, last = _day(self.tu), _day(self.den)
        starts = [day for day in (first, date(year, 1, 1) if year else None) if day]
        ends = [day for day in (last, date(year, 12, 31) if year else None) if day]
        asked = parse_query(
            self.q[:MOST_LETTERS],
            agency=self.agency,
            type_name=self.type,
            issued_from=max(starts, default=None),
            issued_to=min(ends, default=None),
            sort=_SORTS.get(self.sort, "relevance"),
        )
        chosen = (Filter(name, value) for name, value in self._values() if value)
        whole = conjunction([*([asked.tree] if asked.tree is not None else []), *chosen])
        return replace(asked, text=render(whole))

    def _values(self) -> Iterator[tuple[FilterName, str]]:
        names: tuple[FilterName, ...] = ("dossier", "state", "quality", "signed", "signer")
        return ((name, clean_value(getattr(self, name))) for name in names)

    @property
    def unreadable_dates(self) -> Iterator[str]:
        """What was given as a date or year and is none."""
        yield from (text for text in (self.tu, self.den) if text and _day(text) is None)
        if self.year and not _is_year(self.year):
            yield self.year

    @property
    def filters(self) -> dict[str, str]:
        """What was chosen beside the box, by name."""
        return {name: value for name in _FILTERS if (value := getattr(self, name))}

    @property
    def tree(self) -> Node | None:
        """The words and conditions that were typed, without what was chosen beside the box."""
        return parse_query(self.q[:MOST_LETTERS]).tree

    def without_one(self) -> Iterator[tuple[str, str, Question]]:
        """The question without one of its parts each: the part's kind, what it says, and what is left."""
        tree = self.tree
        words = tree.operands if isinstance(tree, And) else ()
        for place, operand in enumerate(words[:_MOST_DROPPED]):
            rest = conjunction(other for at, other in enumerate(words) if at != place)
            yield "word", render(operand), replace(self, q=render(rest), page="")
        for name, value in self.filters.items():
            yield name, value, replace(self, **{name: "", "page": ""})  # type: ignore[arg-type]


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4 and text != "0000"


def _day(text: str) -> date | None:
    """``2024-01-31`` as browsers send it, or ``31/01/2024`` as people type it."""
    parts = text.split("/")
    try:
        return date.fromisoformat("-".join(reversed([part.zfill(2) for part in parts])))
    except ValueError:
        return None
