"""Asks the index for one page of hits with counts and passages, or for all ids, from a snapshot of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import elastic_transport

from sohoa.adapters.elastic_index import question
from sohoa.adapters.elastic_index.generations import Generations
from sohoa.adapters.elastic_index.hits import Marks, counts, hit
from sohoa.adapters.elastic_index.server import Server
from sohoa.domain.errors import Misconfigured, Rejected, SohoaError
from sohoa.domain.protection.access import Access
from sohoa.domain.search import page_tokens
from sohoa.domain.search.projection import typed_words
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import found_phrases
from sohoa.ports import FACETS, Completed, SearchResult

_KEEP = "5m"
_MOST_HITS = 5_000
_BELIEVED_S = 5.0
_COUNTED_AT_ONCE = 200


class Reader:
    """The questions to one alias's serving index."""

    def __init__(self, server: Server, generations: Generations) -> None:
        self._server = server
        self._generations = generations
        self._looked = float("-inf")

    def search(self, query: Query, access: Access, size: int, page: str) -> SearchResult:
        """See the port; raises ``Rejected`` for a page of another question, or one that expired."""
        position = page_tokens.decode(page, query, access) if page else None
        if position is not None and len(position) < 2:
            raise Rejected("bad_page")
        if query.empty:
            return SearchResult(0, (), {name: {} for name in FACETS})
        phrases, marks = tuple(dict.fromkeys(found_phrases(query.tree))), Marks()
        asked = question.request(query, access, phrases, (marks.start, marks.end))
        size = max(0, min(size, _MOST_HITS))
        answer = self._continue(asked, position, size) if position is not None else self._ask(asked, size)
        rows = answer["hits"]["hits"]
        more = len(rows) > size > 0
        after = page_tokens.encode([answer["pit_id"], *rows[size - 1]["sort"]], query, access) if more else ""
        if not more:
            self._forget(answer["pit_id"])
        total, facets = counts(answer)
        return SearchResult(total, tuple(hit(row, phrases, marks) for row in rows[:size]), facets, after)

    def counts(self, queries: Sequence[Query], access: Access) -> list[int]:
        """How many records that the reader may see each question finds."""
        found: list[int] = []
        for first in range(0, len(queries), _COUNTED_AT_ONCE):
            asked = question.counting(queries[first : first + _COUNTED_AT_ONCE], access)
            buckets = self._aggregated(asked)["counts"]["buckets"]
            found += [int(bucket["doc_count"]) for bucket in buckets]
        return found

    def complete(self, kind: Completed, typed: str, access: Access, limit: int) -> dict[str, int]:
        """Names of signers, or numbers, that go on as typed; see the port."""
        words = typed_words(typed)
        if not words:
            return {}
        buckets = self._aggregated(question.completing(kind, words, access, limit))["values"]["buckets"]
        return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}

    def ids(self, access: Access) -> Iterator[str]:
        """Ids of all records in the index that the reader may see, sorted."""
        return self._ids(question.allowed(access))

    def held_ids(self) -> Iterator[str]:
        """Ids of all records in the index, sorted; marks of removed ones bear no mode."""
        return self._ids([{"exists": {"field": "mode"}}])

    def stored(self, record_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The stored parts of these documents, by id; those that are not there are left out."""
        with self._server.errors() as client:
            answer = client.mget(index=self._generations.alias, ids=list(record_ids))
        return {found["_id"]: found["_source"] for found in answer["docs"] if found.get("found")}

    def _ids(self, wanted: list[question.Clause]) -> Iterator[str]:
        asked: dict[str, Any] = {
            "query": {"bool": {"filter": wanted}},
            "sort": [{"record_id": {"order": "asc"}}],
            "source": False,
            "track_total_hits": False,
        }
        with self._snapshot() as pit:
            after: list[Any] | None = None
            while rows := self._page(asked, pit, _MOST_HITS, after)["hits"]["hits"]:
                yield from (row["_id"] for row in rows)
                after = rows[-1]["sort"]

    def _ask(self, asked: dict[str, Any], size: int) -> dict[str, Any]:
        """The first page of a new snapshot, which stays open for the next one."""
        with self._snapshot(keep=True) as pit:
            return self._page(asked, pit, size + 1, None)

    def _continue(self, asked: dict[str, Any], position: list[Any], size: int) -> dict[str, Any]:
        pit, *after = position
        try:
            return self._page(asked, str(pit), size + 1, after)
        except SohoaError as error:
            cause = error.__cause__
            if isinstance(cause, elastic_transport.ApiError) and cause.meta.status in (400, 404):
                raise Rejected("bad_page", "this list of results has expired: search again") from error
            raise

    def _page(self, asked: dict[str, Any], pit: str, size: int, after: list[Any] | None) -> dict[str, Any]:
        with self._server.errors() as client:
            answer = client.search(
                **asked,
                size=size,
                pit={"id": pit, "keep_alive": _KEEP},
                search_after=after,
                allow_partial_search_results=False,
            )
        return dict(answer.body)

    def _aggregated(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What the serving index counts, without hits."""
        with self._server.errors() as client:
            answer = client.search(
                **asked,
                index=self._generations.alias,
                size=0,
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        return dict(answer["aggregations"])

    @contextmanager
    def _snapshot(self, *, keep: bool = False) -> Iterator[str]:
        """A view of the serving index as it is now."""
        pit = self._open()
        try:
            yield pit
        except BaseException:
            self._forget(pit)
            raise
        if not keep:
            self._forget(pit)

    def _open(self) -> str:
        """A new snapshot; where to look for it is asked anew every few seconds, and when nothing is there."""
        if time.monotonic() - self._looked > _BELIEVED_S:
            self._look()
        try:
            return self._opened()
        except Misconfigured:
            self._look()
            return self._opened()

    def _look(self) -> None:
        self._generations.look()
        self._looked = time.monotonic()

    def _opened(self) -> str:
        with self._server.errors() as client:
            return str(client.open_point_in_time(index=self._generations.alias, keep_alive=_KEEP)["id"])

    def _forget(self, pit: str) -> None:
        with suppress(SohoaError), self._server.errors() as client:
            client.options(ignore_status=404).close_point_in_time(id=pit)
