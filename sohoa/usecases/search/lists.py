"""The whole list of a question's hits, for a file: read page by page, masked as the index is."""

from __future__ import annotations

from collections.abc import Iterator

from sohoa.domain.protection.access import Reader
from sohoa.domain.search.query import Query
from sohoa.ports import SearchHit, SearchIndex, SearchResult

MOST_LISTED = 20_000
_PAGE = 1_000


def whole_list(
    reader: Reader, index: SearchIndex, query: Query, most: int = MOST_LISTED
) -> tuple[int, Iterator[SearchHit]]:
    """How many hits the reader may see, and the first ``most`` of them, read while they are written."""
    first = index.search(query, reader.access, size=min(_PAGE, most))
    return first.total, _rest(reader, index, query, first, most)


def _rest(
    reader: Reader, index: SearchIndex, query: Query, found: SearchResult, most: int
) -> Iterator[SearchHit]:
    while True:
        yield from found.hits[:most]
        most -= len(found.hits)
        if most <= 0 or not found.next_page:
            return
        found = index.search(query, reader.access, size=min(_PAGE, most), page=found.next_page)
