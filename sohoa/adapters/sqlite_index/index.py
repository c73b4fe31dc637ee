"""The ``SearchIndex`` port over SQLite FTS5."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sohoa.adapters.sqlite_index import pages
from sohoa.adapters.sqlite_index.generations import Generations
from sohoa.adapters.sqlite_index.match import expression
from sohoa.adapters.sqlite_index.schema import SCHEMA, WEIGHTS, put, take_out
from sohoa.domain.access import Access
from sohoa.domain.projection import header_values
from sohoa.domain.query import Query
from sohoa.domain.query_tree import Phrase, found_phrases
from sohoa.domain.snippets import passages
from sohoa.ports import Hit, IndexEntry, SearchResult

EXACT_NUMBER_SCORE = 100.0
_BATCH = 100
_Row = tuple[Any, ...]
_FACETS = ("agency", "type_name", "year")
_ALLOWED = """mode IN (SELECT value FROM json_each(:modes))
 AND (:agencies IS NULL OR agency IN (SELECT value FROM json_each(:agencies)))"""
_FOUND = f"""
SELECT r.code_norm IN (SELECT value FROM json_each(:codes_norm))
 OR r.code_plain IN (SELECT value FROM json_each(:codes_plain)) AS exact,
 bm25(words, {WEIGHTS}) AS score, r.issued, r.record_id, r.row, r.agency, r.type_name, r.year
FROM words CROSS JOIN records r ON r.row = words.rowid
WHERE words MATCH :match AND {_ALLOWED}
 AND (:first IS NULL OR r.issued >= :first) AND (:last IS NULL OR (r.issued <> '' AND r.issued <= :last))
"""  # noqa: S608 (constant weights and conditions; every value is a bound parameter)
# What a hit is sorted by; a row begins with the parts of a position.
_ORDERS: dict[str, Callable[[_Row], tuple[Any, ...]]] = {
    "relevance": lambda row: (-row[0], row[1], row[3]),
    "date": lambda row: (-int(row[2].replace("-", "") or 0), row[3]),
}


class SqliteIndex:
    """A search index in files beside ``path``; several processes may change and ask it at once.

    ``path`` becomes a symbolic link to the serving file. Highlights are HTML: ``<mark>`` around found
    words, the original text escaped.
    """

    def __init__(self, path: Path) -> None:
        self._files = Generations(path)

    def add(self, entries: Iterable[IndexEntry]) -> Sequence[str]:
        """Add or replace; returns the ids that are now searchable."""
        done: list[str] = []
        iterator = iter(entries)
        while batch := list(islice(iterator, _BATCH)):
            with self._files.changing() as connections:
                for connection in connections:
                    put(connection, batch, live=True)
            done += [entry.record_id for entry in batch]
        return done

    def remove(self, record_ids: Sequence[str]) -> None:
        """Take records out; unknown ids are ignored."""
        with self._files.changing() as connections:
            for position, connection in enumerate(connections):
                take_out(connection, record_ids, remember=position > 0)

    def search(self, query: Query, access: Access, *, size: int = 10, page: str = "") -> SearchResult:
        """Hits that the reader may see; raises ``Rejected`` for a page of another question."""
        position = pages.decode(page, query, access) if page else None
        if query.empty:
            return SearchResult(0, (), {name: {} for name in _FACETS})
        phrases = tuple(dict.fromkeys(found_phrases(query.tree)))
        with self._files.serving() as connection:
            connection.execute("BEGIN")
            groups: Counter[_Row] = Counter()
            found = _counted(connection.execute(_FOUND, _parameters(query, access, phrases)), groups)
            rows = _page(found, query.sort, position, size + 1)
            hits = tuple(_hit(connection, row, phrases) for row in rows[:size])
        more = len(rows) > size > 0
        after = pages.Position(*rows[size - 1][:4]) if more else None
        token = pages.encode(after, query, access) if after else ""
        return SearchResult(groups.total(), hits, _facets(groups), token)

    def ids(self, access: Access) -> Iterator[str]:
        """Ids of all records in the index that the reader may see, sorted."""
        query = f"SELECT record_id FROM records WHERE {_ALLOWED} ORDER BY record_id"  # noqa: S608 (constant)
        with self._files.serving() as connection:
            for (record_id,) in connection.execute(query, _scope(access)):
                yield record_id

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Fill a new generation, then let it serve; returns the count of records in it.

        Changes made meanwhile by other processes are in the new generation, too.
        """
        with self._files.building() as connection:
            iterator = iter(entries)
            while batch := list(islice(iterator, _BATCH)):
                connection.execute("BEGIN IMMEDIATE")
                put(connection, batch, live=False)
                connection.execute("COMMIT")
            return int(connection.execute("SELECT count(*) FROM records").fetchone()[0])

    def ping(self) -> str:
        """One line that names SQLite and the number of records."""
        with self._files.serving() as connection:
            count = connection.execute("SELECT count(*) FROM records").fetchone()[0]
        return f"SQLite {sqlite3.sqlite_version} FTS5 index, schema {SCHEMA}, {count} records"


def _scope(access: Access) -> dict[str, str | None]:
    agencies = None if access.agencies is None else json.dumps(sorted(access.agencies))
    return {"modes": json.dumps(sorted(access.modes)), "agencies": agencies}


def _parameters(query: Query, access: Access, phrases: Sequence[Phrase]) -> dict[str, str | None]:
    return {
        **_scope(access),
        "match": expression(query),
        "codes_norm": json.dumps([" ".join(phrase.words) for phrase in phrases if phrase.marked]),
        "codes_plain": json.dumps([" ".join(phrase.plain) for phrase in phrases if not phrase.marked]),
        "first": query.issued_from.isoformat() if query.issued_from else None,
        "last": query.issued_to.isoformat() if query.issued_to else None,
    }


def _counted(rows: Iterable[_Row], groups: Counter[_Row]) -> Iterator[_Row]:
    """The rows, counted by their facets' values while they pass."""
    counted: dict[_Row, int] = {}
    for row in rows:
        values = row[5:]
        counted[values] = counted.get(values, 0) + 1
        yield row
    groups.update(counted)


def _facets(groups: Counter[_Row]) -> dict[str, dict[str, int]]:
    counted: tuple[Counter[Any], ...] = tuple(Counter() for _ in _FACETS)
    for values, count in groups.items():
        for counter, value in zip(counted, values, strict=True):
            counter[value] += count
    return {
        name: {str(value): count for value, count in counter.items() if value not in ("", None)}
        for name, counter in zip(_FACETS, counted, strict=True)
    }


def _page(rows: Iterable[_Row], sort: str, position: pages.Position | None, size: int) -> list[_Row]:
    """The first rows after the position; all rows are read, few are kept."""
    key = _ORDERS[sort]
    if position is None:
        return heapq.nsmallest(size, rows, key=key)
    last = key((position.exact, position.score, position.issued, position.record_id))
    return heapq.nsmallest(size, (row for row in rows if key(row) > last), key=key)


def _hit(connection: sqlite3.Connection, row: _Row, phrases: Sequence[Phrase]) -> Hit:
    exact, score, _, record_id, number = row[:5]
    stored, body = connection.execute("SELECT fields, body FROM texts WHERE row = ?", (number,)).fetchone()
    fields = json.loads(stored)
    heads = [shown for value in header_values(fields) for shown in passages(value, phrases, limit=1)]
    shown = (*heads[:2], *passages(body, phrases)) if phrases else ()
    return Hit(record_id, abs(score) + exact * EXACT_NUMBER_SCORE, fields, tuple(dict.fromkeys(shown)))
