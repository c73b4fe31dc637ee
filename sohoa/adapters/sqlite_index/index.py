"""The ``SearchIndex`` port over SQLite FTS5."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
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
_FACETS = ("agency", "type_name", "year")
_ALLOWED = """mode IN (SELECT value FROM json_each(:modes))
 AND (:agencies IS NULL OR agency IN (SELECT value FROM json_each(:agencies)))"""
_FOUND = f"""
CREATE TEMP TABLE found AS
SELECT r.row, r.record_id, r.agency, r.type_name, r.year, r.issued, bm25(words, {WEIGHTS}) AS score,
 r.code_norm IN (SELECT value FROM json_each(:codes_norm))
 OR r.code_plain IN (SELECT value FROM json_each(:codes_plain)) AS exact
FROM words CROSS JOIN records r ON r.row = words.rowid
WHERE words MATCH :match AND {_ALLOWED}
 AND (:first IS NULL OR r.issued >= :first) AND (:last IS NULL OR (r.issued <> '' AND r.issued <= :last))
"""  # noqa: S608 (constant weights and conditions; every value is a bound parameter)
_ORDERS = {
    "relevance": (
        "exact DESC, score, record_id",
        "(-exact, score, record_id) > (-:exact, :score, :record_id)",
    ),
    "date": (
        "issued DESC, record_id",
        "issued < :issued OR (issued = :issued AND record_id > :record_id)",
    ),
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
            connection.execute(_FOUND, _parameters(query, access, phrases))
            total, facets = _counts(connection)
            rows = _page(connection, query.sort, position, size + 1)
            hits = tuple(_hit(connection, row, phrases) for row in rows[:size])
        more = len(rows) > size > 0
        after = pages.Position(*rows[size - 1][1:]) if more else None
        return SearchResult(total, hits, facets, pages.encode(after, query, access) if after else "")

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


def _counts(connection: sqlite3.Connection) -> tuple[int, dict[str, dict[str, int]]]:
    facets: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
    total = 0
    groups = connection.execute(
        "SELECT agency, type_name, year, count(*) FROM found GROUP BY agency, type_name, year"
    )
    for *values, count in groups:
        total += count
        for name, value in zip(_FACETS, values, strict=True):
            if value not in ("", None):
                facets[name][str(value)] = facets[name].get(str(value), 0) + count
    return total, facets


def _page(
    connection: sqlite3.Connection, sort: str, position: pages.Position | None, size: int
) -> list[tuple[Any, ...]]:
    order, after = _ORDERS[sort]
    values: dict[str, Any] = {"size": size}
    if position:
        values |= {name: getattr(position, name) for name in ("exact", "score", "issued", "record_id")}
    where = f"WHERE {after}" if position else ""
    query = f"SELECT row, exact, score, issued, record_id FROM found {where} ORDER BY {order} LIMIT :size"  # noqa: S608
    return connection.execute(query, values).fetchall()


def _hit(connection: sqlite3.Connection, row: tuple[Any, ...], phrases: Sequence[Phrase]) -> Hit:
    number, exact, score, _, record_id = row
    stored, body = connection.execute("SELECT fields, body FROM texts WHERE row = ?", (number,)).fetchone()
    fields = json.loads(stored)
    heads = [shown for value in header_values(fields) for shown in passages(value, phrases, limit=1)]
    shown = (*heads[:2], *passages(body, phrases)) if phrases else ()
    return Hit(record_id, abs(score) + exact * EXACT_NUMBER_SCORE, fields, tuple(dict.fromkeys(shown)))
