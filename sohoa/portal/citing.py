"""Citations on a record's page: numbers in the text as links, and the records that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sohoa.domain.archive.record import Record
from sohoa.domain.errors import Unavailable
from sohoa.domain.search.citations import Citation
from sohoa.portal.asking import Asked
from sohoa.portal.questions import Question
from sohoa.usecases.search.cited import CitedBy, Meant, cited_by, meant_by
from sohoa.usecases.search.page_views import PageView, ShownLine


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line; ``link`` is where a citation in it leads, ``title`` what is there; else empty."""

    text: str
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Citing:
    """The lines of a page in pieces, and what cites the record; ``away``: the index did not answer."""

    lines: Sequence[Sequence[Piece]]
    cited_by: CitedBy
    mentions: str
    away: bool = False


def citing(asked: Asked, record: Record, view: PageView, code: str) -> Citing:
    """Everything about citations on the record's page; without links while the index does not answer."""
    mentions = Question(q=f'"{code}"').link() if code else ""
    index, own = asked.services.index, record["record_id"]
    try:
        meant = meant_by(asked.reader, index, view.citations, own)
        by = cited_by(asked.reader, index, record)
    except Unavailable:
        return Citing([[Piece(line.text)] for line in view.lines], CitedBy(0, ()), mentions, away=True)
    return Citing([list(_pieces(asked, line, meant)) for line in view.lines], by, mentions)


def _pieces(asked: Asked, line: ShownLine, meant: Mapping[Citation, Meant]) -> Iterator[Piece]:
    at, end = line.start, line.start + len(line.text)
    for citation, found in meant.items():
        first, last = max(citation.start, line.start), min(citation.end, end)
        if first < last:
            yield Piece(line.text[at - line.start : first - line.start])
            text = line.text[first - line.start : last - line.start]
            yield Piece(text, *_leads(asked, citation, found))
            at = last
    yield Piece(line.text[at - line.start :])


def _leads(asked: Asked, citation: Citation, found: Meant) -> tuple[str, str]:
    """Straight to the record that is meant, else to all that may be."""
    if found.record_id:
        return f"/records/{quote(found.record_id)}", found.subject
    day = citation.day.isoformat() if citation.day else ""
    title = asked.texts("citation_several", count=found.candidates, code=citation.code)
    return Question(q=f'so:"{citation.code}"', tu=day, den=day).link(), title
