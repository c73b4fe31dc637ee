"""Reindex: rebuild the search index from the archive bucket alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sohoa.domain.archive.record_document import superseded_by
from sohoa.ports import IndexEntry
from sohoa.usecases.archive.index import archived_ids, load_entry
from sohoa.usecases.archive.loaded import load_record
from sohoa.usecases.archive.store import newest_manifest
from sohoa.usecases.services import Services


def reindex(services: Services, progress: Callable[[], None] = lambda: None) -> int:
    """Rebuild the whole index from the archive bucket; returns the number of records in it.

    Withdrawn and superseded records stay out. Interrupted, the old index goes on serving.
    """

    def entries() -> Iterator[IndexEntry]:
        for agency, record_id in archived_ids(services):
            row = services.records.record(record_id)
            newest = newest_manifest(services, agency, record_id)
            if newest is None or (row is not None and row.withdrawn):
                continue
            if not superseded_by(load_record(services, agency, newest[0])):
                yield load_entry(services, agency, newest[0])
                progress()

    return services.index.rebuild(entries())
