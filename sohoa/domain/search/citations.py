"""Papers that a text cites by number: ``Căn cứ Quyết định số 374/QĐ-UBND ngày 05/3/2024 của …``.

A number alone does not name a paper: every agency counts anew each year. With the day of issue it nearly
always does, so a citation is taken to mean a record only where number and day agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import Filter, Or, Phrase, disjunction, render

_CAPITAL = "A-ZĐƠƯÂĂÊÔ"
_SIGNS = rf"[{_CAPITAL}a-zđ0-9]{{0,12}}"
_KIND, _PART = rf"[{_CAPITAL}]{{2}}{_SIGNS}", rf"[{_CAPITAL}]{_SIGNS}"
_NUMBER = re.compile(
    rf"(?<![\w/.])(?P<number>\d{{1,6}}[a-zđ]?)/\n?(?P<notation>(?:\d{{4}}/\n?)?{_KIND}"
    rf"(?:\n?[-–/]\n?{_PART})*)(?!\w)"
)
_DAY = re.compile(
    r"[\s,]*ngày\s+(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
    r"|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))(?!\d)",
    re.IGNORECASE,
)
MOST = 40
"""So many different citations of one page are looked up."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters ``start`` to ``end`` of a text cite the paper of that number; ``day``: as far as told."""

    start: int
    end: int
    code: str
    day: date | None

    @property
    def filter(self) -> Filter:
        """Finds the records that bear the number."""
        return Filter("number", self.code)


def citations(text: str) -> Iterator[Citation]:
    """The citations in a text, in order; a number may be broken over two lines at its signs."""
    for match in _NUMBER.finditer(text):
        notation = re.sub(r"\s", "", match["notation"]).replace("–", "-")
        yield Citation(*match.span(), f"{match['number']}/{notation}", _day(_DAY.match(text, match.end())))


def bearing(found: list[Citation]) -> Query | None:
    """The question that finds every record that bears one of the numbers; None without any."""
    tree = disjunction(dict.fromkeys(each.filter for each in found[:MOST]))
    return Query(render(tree)) if tree else None


def citing(code: str, issued: str) -> Query:
    """The question that finds the texts that cite the paper of that number by its day (ISO), as written."""
    day = date.fromisoformat(issued)
    days = dict.fromkeys((str(day.day), f"{day.day:02d}"))
    months = dict.fromkeys((str(day.month), f"{day.month:02d}"))
    number = Query(f'"{code}"').tree
    words = number.words if isinstance(number, Phrase) else ()
    dated = (
        Phrase((*words, "ngày", *written))
        for d in days
        for m in months
        for written in ((d, m, str(day.year)), (d, "tháng", m, "năm", str(day.year)))
    )
    return Query(render(Or(tuple(dated))))


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None
