"""Bulk requests: bounded, repeated while the server is busy, and every item's answer looked at."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import elastic_transport

from sohoa.adapters.elastic_index.documents import Operation
from sohoa.adapters.elastic_index.server import FULL, Server, error_kind, translated
from sohoa.domain.errors import Corrupt, Misconfigured, Unavailable

MAX_OPERATIONS = 500
MAX_BYTES = 5_000_000
_WORKERS = 4
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 8.0
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_NO_TARGET = frozenset({"index_not_found_exception", "index_closed_exception"})
_NOT_OUR_MAPPING = "strict_dynamic_mapping_exception"

Item = TypeVar("Item")
Result = TypeVar("Result")


class TargetMissing(Exception):
    """The alias written to is not there: look again where to write."""


class Bulk:
    """Sends operations to an alias; new attempts begin within ``patience_s`` seconds."""

    def __init__(self, server: Server, patience_s: float) -> None:
        self._server = server
        self._patience_s = patience_s

    def send(self, alias: str, operations: Sequence[Operation]) -> int:
        """Do all operations; returns how many made a new document.

        A ``create`` that finds a document is done, as is a ``delete`` that finds none. Raises
        ``TargetMissing``, ``Unavailable``, ``NoSpace``, ``Misconfigured``, and ``Corrupt`` for a document
        that the server refuses; some operations may be done then, and all may be repeated.
        """
        made, left, pauses = 0, list(operations), _Pauses(self._patience_s)
        while left:
            try:
                items = self._post(alias, left)
            except elastic_transport.ApiError as error:
                if error.meta.status == 413 and len(left) > 1:
                    half = len(left) // 2
                    return made + self.send(alias, left[:half]) + self.send(alias, left[half:])
                self._give_way(error, pauses)
            except elastic_transport.TransportError as error:
                self._give_way(error, pauses)
            else:
                made += sum(item.get("status") == 201 for item in items)
                left = [op for op, item in zip(left, items, strict=True) if not self._is_done(op, item)]
                if left and not pauses.wait():
                    raise Unavailable(
                        f"search index at {self._server.where}: it is too busy and did not take "
                        f"{len(left)} of {len(operations)} records: the next run repeats them"
                    )
        return made

    def _give_way(
        self, error: elastic_transport.ApiError | elastic_transport.TransportError, pauses: _Pauses
    ) -> None:
        """Wait for the next attempt, or raise where there is none."""
        if isinstance(error, elastic_transport.ApiError):
            kind = error_kind(error.body)
            if kind in _NO_TARGET:
                raise TargetMissing from error
            again = error.meta.status in _BUSY and kind != FULL
        else:
            again = not isinstance(error, elastic_transport.TlsError)
        if not again or not pauses.wait():
            raise translated(error, self._server.where) from error

    def _post(self, alias: str, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        client = self._server.client.options(max_retries=0)
        lines = [line for operation in operations for line in operation.lines]
        answer = client.bulk(
            index=alias,
            operations=lines,  # type: ignore[arg-type]  # lines made ready are sent as they are
            require_alias=True,
            filter_path="items.*.status,items.*._id,items.*.error.type",
        )
        items = [next(iter(item.values())) for item in answer.body.get("items", [])]
        if [item.get("_id") for item in items] != [operation.record_id for operation in operations]:
            raise Unavailable(f"search index at {self._server.where}: its answer does not tell what it took")
        return items

    def _is_done(self, operation: Operation, item: dict[str, Any]) -> bool:
        """Whether the item needs no more attempt; raises where another attempt would not help."""
        status, kind = int(item.get("status", 500)), str((item.get("error") or {}).get("type", ""))
        if not kind or (status == 409 and kind == "version_conflict_engine_exception"):
            return True
        if kind in _NO_TARGET:
            raise TargetMissing
        if status in _BUSY and kind != FULL:
            return False
        if kind == _NOT_OUR_MAPPING:
            raise Misconfigured(
                f"search index at {self._server.where}: its mapping is not ours ({kind}): run `sohoa reindex`"
            )
        if status == 400:
            raise Corrupt(
                f"search index at {self._server.where}: it refuses record {operation.record_id} ({kind}): "
                "look at the record with `sohoa show`"
            )
        raise self._server.failure(status, kind)


class _Pauses:
    """Pauses between attempts, longer and longer, with chance, so that workers do not come back together."""

    def __init__(self, patience_s: float) -> None:
        self._end = time.monotonic() + patience_s
        self._next_s = _FIRST_PAUSE_S

    def wait(self) -> bool:
        """Sleep; False, at once, when another attempt would begin too late."""
        pause_s = self._next_s * random.uniform(0.5, 1.0)  # noqa: S311 (spreads load, guards nothing)
        if time.monotonic() + pause_s > self._end:
            return False
        time.sleep(pause_s)
        self._next_s = min(self._next_s * 2, _LONGEST_PAUSE_S)
        return True


def chunks(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    """Operations in lots bounded by number and bytes; one that is too large by itself goes alone.

    No lot names a record twice: a later operation on a record must come after the earlier one.
    """
    lot: list[Operation] = []
    ids: set[str] = set()
    size = 0
    for operation in operations:
        full = len(lot) >= MAX_OPERATIONS or size + operation.size_bytes > MAX_BYTES
        if lot and (full or operation.record_id in ids):
            yield lot
            lot, ids, size = [], set(), 0
        lot.append(operation)
        ids.add(operation.record_id)
        size += operation.size_bytes
    if lot:
        yield lot


def side_by_side(
    work: Callable[[list[Operation]], Result], lots: Iterable[list[Operation]]
) -> Iterator[Result]:
    """Results in the order of the lots, few of which are under way at any moment.

    Lots are read by the caller's thread, and only as fast as the server takes them. A lot that names a
    record of one under way waits for it.
    """
    under_way: deque[tuple[Future[Result], set[str]]] = deque()
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="bulk") as pool:
        for lot in lots:
            ids = {operation.record_id for operation in lot}
            while len(under_way) > _WORKERS or any(ids & others for _, others in under_way):
                yield under_way.popleft()[0].result()
            under_way.append((pool.submit(work, lot), ids))
        while under_way:
            yield under_way.popleft()[0].result()
