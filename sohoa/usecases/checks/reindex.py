"""Reindex: rebuild the search index from the archive bucket alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from sohoa.domain.archive.record_document import superseded_by
from sohoa.domain.search.entry import IndexEntry
from sohoa.ports import SearchIndex
from sohoa.usecases.archive.line_up import searchable
from sohoa.usecases.archive.services import Filed
from sohoa.usecases.archive.store import archived_ids, load


class ReindexServices(Filed, Protocol):
    """The archive and the index that is made of it."""

    @property
    def index(self) -> SearchIndex: ...


def reindex(services: ReindexServices, progress: Callable[[], None] = lambda: None) -> int:
    """Rebuild the whole index from the archive bucket; returns the number of records in it.

    Withdrawn and superseded records stay out. Interrupted, the old index goes on serving.
    """

    def entries() -> Iterator[IndexEntry]:
        for agency, record_id in archived_ids(services):
            row = services.records.record(record_id)
            newest = None if row is not None and row.withdrawn else load(services, agency, record_id)
            if newest is not None and not superseded_by(newest.record):
                yield searchable(services, newest)
                progress()

    return services.index.rebuild(entries())
