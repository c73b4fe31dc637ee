"""The ``SearchIndex`` port over Elasticsearch 9."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from sohoa.adapters.elastic_index import documents
from sohoa.adapters.elastic_index.bulk import Bulk, TargetMissing, chunks, side_by_side
from sohoa.adapters.elastic_index.documents import Operation
from sohoa.adapters.elastic_index.generations import LEASE_S, Generations
from sohoa.adapters.elastic_index.mapping import SCHEMA
from sohoa.adapters.elastic_index.reader import Reader
from sohoa.adapters.elastic_index.server import Server
from sohoa.domain.errors import Unavailable
from sohoa.domain.protection.access import Access
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import Query
from sohoa.ports import Completed, SearchResult

_TRIES = 5
# Only records have a mode; marks of removed ones do not.
_RECORDS = {"exists": {"field": "mode"}}


class ElasticIndex:
    """A search index on a server, behind the alias of that name, for many processes at once.

    Highlights are HTML: ``<mark>`` around found words, the original text escaped. ``timeout_s`` is for one
    request, within ``patience_s`` a refused write is tried again. A rebuild counts as dead ``lease_s`` after
    its last sign of life, or when ``may_live`` denies that its ``owner`` lives. To be closed after use.
    """

    def __init__(
        self,
        url: str,
        alias: str,
        *,
        user: str = "",
        password: str = "",
        ca_file: Path | None = None,
        timeout_s: float = 30.0,
        patience_s: float = 35.0,
        lease_s: float = LEASE_S,
        owner: str = "",
        may_live: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._server = Server(url, user, password, ca_file, timeout_s)
        self._alias = alias
        self._generations = Generations(self._server, alias, lease_s, owner, may_live)
        self._bulk = Bulk(self._server, patience_s)
        self._reader = Reader(self._server, self._generations)

    def close(self) -> None:
        """Give the connections back."""
        self._server.close()

    def add(self, entries: Iterable[IndexEntry]) -> Sequence[str]:
        """Add or replace; returns the ids that are now searchable, all of them or raises."""
        operations = (documents.put(entry, "index") for entry in entries)
        done = list(chain.from_iterable(side_by_side(self._put, chunks(operations))))
        if done:
            self._refresh(self._alias)
        return done

    def remove(self, record_ids: Sequence[str]) -> None:
        """Take records out; unknown ids are ignored."""
        for lot in chunks(map(documents.delete, record_ids)):
            self._write(lot, [documents.tombstone(operation.record_id) for operation in lot])
        if record_ids:
            self._refresh(self._alias)

    def search(self, query: Query, access: Access, *, size: int = 10, page: str = "") -> SearchResult:
        """Hits that the reader may see, at most 5,000; raises ``Rejected`` for a page of another question.

        Pages show the index as it was at the first one; a list that is not continued for five minutes
        expires (``Rejected``, too).
        """
        return self._reader.search(query, access, size, page)

    def counts(self, queries: Sequence[Query], access: Access) -> Sequence[int]:
        """How many records that the reader may see each question finds; 0 for an empty one."""
        return self._reader.counts(queries, access)

    def complete(self, kind: Completed, typed: str, access: Access, limit: int) -> Mapping[str, int]:
        """Names of signers, or numbers, that go on as typed; see the port."""
        return self._reader.complete(kind, typed, access, limit)

    def ids(self, access: Access) -> Iterator[str]:
        """Ids of all records in the index that the reader may see, sorted."""
        return self._reader.ids(access)

    def held_ids(self) -> Iterator[str]:
        """Ids of all records that the index holds, also of what no reader may see, sorted."""
        return self._reader.held_ids()

    def differences(self, entries: Sequence[IndexEntry]) -> Iterator[tuple[str, str]]:
        """Where the index holds something else than these entries; see the port.

        What was folded of texts and values for searching is not kept and not compared.
        """
        held = self._reader.stored([entry.record_id for entry in entries])
        for entry in entries:
            found, wanted = held.get(entry.record_id), documents.stored(entry)
            if found is None or "mode" not in found:
                yield entry.record_id, "entry"
                continue
            for part in sorted({*wanted, *found}):
                if found.get(part) != wanted.get(part):
                    yield entry.record_id, part

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Fill a new index, verify its count, then let it serve; returns the count of records in it.

        Changes made meanwhile by other processes are in the new index, too.
        """
        name = self._generations.building_alias

        def create(lot: list[Operation]) -> int:
            return self._bulk.send(name, lot)

        try:
            with self._generations.building() as renew:
                operations = self._creating(entries, renew)
                made = sum(side_by_side(create, chunks(operations)))
                self._refresh(name)
                there = self._count(name, {"match_all": {}})
                if there < made:
                    raise Unavailable(
                        f"search index at {self._server.where}: of {made} records of the rebuild {there} are "
                        "there; the old index goes on serving: repeat `sohoa reindex`"
                    )
                return self._count(name, _RECORDS)
        except TargetMissing:
            raise Unavailable(
                f"search index at {self._server.where}: someone removed the index being built; the old one "
                "goes on serving: repeat `sohoa reindex`"
            ) from None

    def ping(self) -> str:
        """One line that names server, version, place and number of records."""
        with self._server.errors() as client:
            nodes = client.nodes.info(filter_path="nodes.*.version").body["nodes"]
            health = client.cluster.health(filter_path="cluster_name,status").body
        places = self._generations.look()
        version = "/".join(sorted({node["version"] for node in nodes.values()}))
        return (
            f"Elasticsearch {version} at {self._server.where}, cluster {health['cluster_name']} is "
            f"{health['status']}, index {self._alias} ({places.serving}), schema {SCHEMA}, "
            f"{self._count(self._alias, _RECORDS)} records"
        )

    def _creating(self, entries: Iterable[IndexEntry], renew: Any) -> Iterator[Operation]:
        for entry in entries:
            renew()
            yield documents.put(entry, "create")

    def _put(self, lot: list[Operation]) -> list[str]:
        self._write(lot, lot)
        return [operation.record_id for operation in lot]

    def _write(self, serving: Sequence[Operation], building: Sequence[Operation]) -> None:
        """Write to the serving index and the one being built, until no third one came up meanwhile."""
        written: set[str] = set()
        for _ in range(_TRIES):
            places = self._generations.look()
            missing = {places.serving: (self._alias, serving)}
            if places.building:
                missing[places.building] = (self._generations.building_alias, building)
            if not missing.keys() - written:
                return
            for name, (alias, operations) in missing.items():
                if name not in written:
                    with suppress(TargetMissing):
                        self._bulk.send(alias, operations)
                        written.add(name)
        raise Unavailable(
            f"search index at {self._server.where}: it was rebuilt too often meanwhile: repeat the command"
        )

    def _refresh(self, alias: str) -> None:
        with self._server.errors() as client:
            client.indices.refresh(index=alias)

    def _count(self, alias: str, query: dict[str, Any]) -> int:
        with self._server.errors() as client:
            return int(client.count(index=alias, query=query)["count"])
