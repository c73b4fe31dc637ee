"""The ``SearchIndex`` port over SQLite FTS5."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from sohoa.adapters.sqlite_index import pages
from sohoa.adapters.sqlite_index.found import ALLOWED, Found, Row, count, scope
from sohoa.adapters.sqlite_index.generations import Generations
from sohoa.adapters.sqlite_index.schema import SCHEMA, held_of, put, take_out, wanted_of
from sohoa.domain.protection.access import Access
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.projection import typed_words
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import Phrase
from sohoa.domain.search.snippets import highlights
from sohoa.ports import FACETS, Completed, SearchHit, SearchResult

_BATCH = 100
_FACETS = tuple(name for name in FACETS if name != "dossier")
_IDS = f"""SELECT record_id FROM records
WHERE facet IN (SELECT id FROM facets WHERE {ALLOWED}) ORDER BY record_id"""  # noqa: S608 (constant)


_SEEN = f"r.facet IN (SELECT id FROM facets WHERE {ALLOWED})"  # noqa: S608 (constant)
_COMPLETE: Mapping[Completed, str] = {
    "signer": f"""SELECT s.name, count(*) AS bear FROM signers s JOIN records r ON r.signer = s.id
WHERE instr(' ' || s.words, ' ' || :words) AND {_SEEN}
GROUP BY s.id ORDER BY bear DESC, s.name LIMIT :limit""",  # noqa: S608 (constant)
    "number": f"""SELECT r.code, count(*) AS bear FROM records r
WHERE r.code_plain >= :words AND r.code_plain < :words || char(1114111) AND {_SEEN}
GROUP BY r.code ORDER BY bear DESC, r.code LIMIT :limit""",  # noqa: S608 (constant)
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
            return SearchResult(0, (), {name: {} for name in FACETS})
        with self._files.serving() as connection:
            connection.execute("BEGIN")
            found = Found(connection, query, access)
            rows = found.page(position, size + 1)
            hits = tuple(_hit(connection, row, found.phrases) for row in rows[:size])
            facets = _facets(connection, found.facets) | {"dossier": _dossiers(connection, found.dossiers)}
        more = len(rows) > size > 0
        token = pages.encode(rows[size - 1].position, query, access) if more else ""
        return SearchResult(len(found), hits, facets, token)

    def counts(self, queries: Sequence[Query], access: Access) -> Sequence[int]:
        """How many records that the reader may see each question finds; 0 for an empty one."""
        with self._files.serving() as connection:
            connection.execute("BEGIN")
            return [count(connection, query, access) for query in queries]

    def complete(self, kind: Completed, typed: str, access: Access, limit: int) -> Mapping[str, int]:
        """Names of signers, or numbers, that go on as typed; see the port."""
        words = typed_words(typed)
        if not words:
            return {}
        with self._files.serving() as connection:
            found = connection.execute(_COMPLETE[kind], {**scope(access), "words": words, "limit": limit})
            return dict(found.fetchall())

    def ids(self, access: Access) -> Iterator[str]:
        """Ids of all records in the index that the reader may see, sorted."""
        with self._files.serving() as connection:
            for (record_id,) in connection.execute(_IDS, scope(access)):
                yield record_id

    def held_ids(self) -> Iterator[str]:
        """Ids of all that the index holds, also of what no reader may see, sorted."""
        with self._files.serving() as connection:
            for (record_id,) in connection.execute("SELECT record_id FROM records ORDER BY record_id"):
                yield record_id

    def differences(self, entries: Sequence[IndexEntry]) -> Iterator[tuple[str, str]]:
        """Where the index holds something else than these entries; see the port."""
        with self._files.serving() as connection:
            for entry in entries:
                held, wanted = held_of(connection, entry.record_id), wanted_of(entry)
                if held is None:
                    yield entry.record_id, "entry"
                    continue
                for part, value in wanted.items():
                    if held[part] != value:
                        yield entry.record_id, part

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


def _facets(connection: sqlite3.Connection, counted: Counter[int]) -> dict[str, dict[str, int]]:
    values: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    wanted = f"""SELECT id, {", ".join(_FACETS)} FROM facets
WHERE id IN (SELECT value FROM json_each(?))"""  # noqa: S608 (constant names)
    for number, *row in connection.execute(wanted, (json.dumps(list(counted)),)):
        for name, value in zip(_FACETS, row, strict=True):
            values[name][value] += counted[number]
    return {name: {value: n for value, n in counter.items() if value} for name, counter in values.items()}


def _dossiers(connection: sqlite3.Connection, counted: Counter[int]) -> dict[str, int]:
    wanted = "SELECT id, code FROM dossiers WHERE id IN (SELECT value FROM json_each(?))"
    return {
        code: counted[number] for number, code in connection.execute(wanted, (json.dumps(list(counted)),))
    }


def _hit(connection: sqlite3.Connection, row: Row, phrases: Sequence[Phrase]) -> SearchHit:
    stored, body = connection.execute("SELECT fields, body FROM texts WHERE row = ?", (row.row,)).fetchone()
    fields = json.loads(stored)
    return SearchHit(row.position.record_id, row.shown_score, fields, highlights(fields, body, phrases))
