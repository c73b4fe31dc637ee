"""The search index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sohoa.domain.protection.access import Access
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import Query

FACETS = ("agency", "type_name", "year", "dossier", "state", "quality", "signed")
"""What all hits are counted by."""
Completed = Literal["signer", "number"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One search hit; highlights mark the found words in the original spelling."""

    record_id: str
    score: float
    fields: Mapping[str, str]
    highlights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits of one page of results; ``total`` and ``facets`` (of ``FACETS``) cover all of them."""

    total: int
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    next_page: str = ""


class SearchIndex(Protocol):
    """A projection of the archive: may be dropped and rebuilt. Access is part of every question."""

    def add(self, entries: Iterable[IndexEntry]) -> Sequence[str]:
        """Add or replace; returns the ids that are now searchable."""
        ...

    def remove(self, record_ids: Sequence[str]) -> None:
        """Take records out; unknown ids are ignored."""
        ...

    def search(self, query: Query, access: Access, *, size: int = 10, page: str = "") -> SearchResult:
        """Hits that the reader may see; ``page`` is a former result's ``next_page``."""
        ...

    def counts(self, queries: Sequence[Query], access: Access) -> Sequence[int]:
        """How many records that the reader may see each question finds; 0 for an empty one."""
        ...

    def complete(self, kind: Completed, typed: str, access: Access, limit: int) -> Mapping[str, int]:
        """Names of signers, or numbers, that go on as typed, from a word's beginning on, whatever the marks.

        Each with how many records that the reader may see bear it, the most frequent first.
        """
        ...

    def ids(self, access: Access) -> Iterator[str]:
        """Ids of all records in the index that the reader may see, sorted."""
        ...

    def held_ids(self) -> Iterator[str]:
        """Ids of all that the index holds, also of what no reader may see, sorted; no question's answer."""
        ...

    def differences(self, entries: Sequence[IndexEntry]) -> Iterator[tuple[str, str]]:
        """Where the index holds something else than these entries: record id and the part that differs.

        The part is ``entry`` where the index has none of that id.
        """
        ...

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Fill a new index beside the serving one, then swap; returns the count.

        Interrupted, the old one goes on serving.
        """
        ...

    def ping(self) -> str:
        """One line that names service and version."""
        ...
