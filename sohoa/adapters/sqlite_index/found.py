"""All hits of one question that its reader may see, and the order in which they are shown.

The number asked for comes first. What follows is ordered by BM25 where that can tell records apart: with
several words, and not in a large part of all records. Otherwise records that are written as asked, without
marks, come before those with marks, and records that bear the words in their header (subject, signer,
agency, type) before those that have them in the text only.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sohoa.adapters.sqlite_index.match import expression, within
from sohoa.adapters.sqlite_index.pages import Position
from sohoa.adapters.sqlite_index.schema import WEIGHTS
from sohoa.domain.protection.access import Access
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import Phrase, found_phrases

EXACT_NUMBER_SCORE = 100.0
_MANY = 20_000
_HEADER_SCORE, _SPELLING_SCORE = -2.0, -4.0
_OTHER_TONES = 0.5  # of its score keeps a record that has not the words as typed; without marks it is 1/4
ALLOWED = """mode IN (SELECT value FROM json_each(:modes))
 AND (:agencies IS NULL OR agency IN (SELECT value FROM json_each(:agencies)))"""
_WHERE = f"""FROM words CROSS JOIN records r ON r.row = words.rowid
WHERE words MATCH :match AND r.facet IN (SELECT id FROM facets WHERE {ALLOWED})
 AND (:first IS NULL OR r.issued >= :first) AND (:last IS NULL OR (r.issued <> '' AND r.issued <= :last))
"""  # noqa: S608 (constant conditions; every value is a bound parameter)
_FOUND = f"SELECT r.row, r.facet, r.issued, r.record_id, r.number, r.dossier {_WHERE}"
_COUNT = f"SELECT count(*) {_WHERE}"
_EXACT = """SELECT row FROM records WHERE code_norm IN (SELECT value FROM json_each(?))
UNION SELECT row FROM records WHERE code_plain IN (SELECT value FROM json_each(?))"""
_SCORED = f"SELECT rowid, bm25(words, {WEIGHTS}) FROM words WHERE words MATCH ?"  # noqa: S608 (constant)


@dataclass(frozen=True, slots=True)
class Row:
    """A hit and its place in the order."""

    row: int
    position: Position

    @property
    def shown_score(self) -> float:
        """The score as hits carry it: higher is better."""
        return abs(self.position.score) + self.position.exact * EXACT_NUMBER_SCORE


class Found:
    """The hits; ``facets`` and ``dossiers`` count them by number, ``phrases`` are the words asked for."""

    def __init__(self, connection: sqlite3.Connection, query: Query, access: Access) -> None:
        self._connection = connection
        self._sort = query.sort
        self._match, self._typed = expression(query), expression(query, typed=True)
        self.phrases: Sequence[Phrase] = tuple(dict.fromkeys(found_phrases(query.tree)))
        self._rows = connection.execute(_FOUND, _asked(query, access, self._match)).fetchall()
        self.facets = Counter([row[1] for row in self._rows])
        self.dossiers = Counter([row[5] for row in self._rows if row[5]])

    def __len__(self) -> int:
        return len(self._rows)

    def page(self, after: Position | None, size: int) -> list[Row]:
        """The first rows after that position."""
        exact, scores = self._exact(), self._scores()
        placed = self._placed(exact, scores)
        if after is not None:
            last = _place(self._sort, after)
            placed = [item for item in placed if item[:3] > last]
        chosen = [self._rows[item[3]] for item in heapq.nsmallest(size, placed)]
        return [
            Row(row, Position(int(row in exact), scores.get(row, 0.0), issued, number, record_id))
            for row, _, issued, record_id, number, _ in chosen
        ]

    def _placed(self, exact: frozenset[int], scores: dict[int, float]) -> list[tuple[float, float, str, int]]:
        """Every hit's place in the order, and its number in the list of hits."""
        rows = enumerate(self._rows)
        if self._sort == "date":
            return [(-_day(issued), 0.0, record_id, at) for at, (_, _, issued, record_id, *_) in rows]
        if self._sort == "number":
            return [
                (number, -_day(issued), record_id, at) for at, (_, _, issued, record_id, number, _) in rows
            ]
        return [
            (row not in exact, scores.get(row, 0.0), record_id, at) for at, (row, _, _, record_id, *_) in rows
        ]

    def _exact(self) -> frozenset[int]:
        """Rows that bear the number asked for."""
        if not self.phrases:
            return frozenset()
        norm = json.dumps([" ".join(phrase.words) for phrase in self.phrases if phrase.marked])
        plain = json.dumps([" ".join(phrase.plain) for phrase in self.phrases if not phrase.marked])
        return frozenset(row for (row,) in self._connection.execute(_EXACT, (norm, plain)))

    def _scores(self) -> dict[int, float]:
        """The lower the better; a row that is not in it has 0."""
        if not self.phrases or not self._rows:
            return {}
        if len(self._rows) > _MANY:
            return dict.fromkeys(self._rows_of(within("head", self._match)), _HEADER_SCORE)
        if len(self.phrases) > 1:
            return self._by_words()
        scores = dict.fromkeys(self._rows_of(within("head", self._match)), _HEADER_SCORE)
        if self._typed != self._match:
            spelled = self._rows_of(self._typed)
        else:
            spelled = [] if self.phrases[0].marked else self._rows_of(within("norm", self._match))
        for row in spelled:
            scores[row] = scores.get(row, 0.0) + _SPELLING_SCORE
        return scores

    def _by_words(self) -> dict[int, float]:
        """By BM25, less where the words stand in other tones than typed."""
        scores: dict[int, float] = dict(self._connection.execute(_SCORED, (self._match,)))
        if self._typed == self._match:
            return scores
        typed = set(self._rows_of(self._typed))
        return {row: score if row in typed else _OTHER_TONES * score for row, score in scores.items()}

    def _rows_of(self, match: str) -> list[int]:
        """Rows that are found so."""
        return [
            row
            for (row,) in self._connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (match,))
        ]


def count(connection: sqlite3.Connection, query: Query, access: Access) -> int:
    """How many records the question finds, without reading them."""
    if query.empty:
        return 0
    return int(connection.execute(_COUNT, _asked(query, access, expression(query))).fetchone()[0])


def _asked(query: Query, access: Access, match: str) -> dict[str, str | None]:
    return {
        **scope(access),
        "match": match,
        "first": query.issued_from.isoformat() if query.issued_from else None,
        "last": query.issued_to.isoformat() if query.issued_to else None,
    }


def scope(access: Access) -> dict[str, str | None]:
    """The reader's access as parameters of ``ALLOWED``."""
    agencies = None if access.agencies is None else json.dumps(sorted(access.agencies))
    return {"modes": json.dumps(sorted(access.modes)), "agencies": agencies}


def _place(sort: str, position: Position) -> tuple[float, float, str]:
    if sort == "date":
        return (-_day(position.issued), 0.0, position.record_id)
    if sort == "number":
        return (position.number, -_day(position.issued), position.record_id)
    return (not position.exact, position.score, position.record_id)


def _day(issued: str) -> int:
    """yyyymmdd, 0 without a date."""
    return int(issued.replace("-", "") or 0)
