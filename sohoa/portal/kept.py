"""What was made lately (pictures of pages, answers to forms), kept in memory up to a size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_MOST_BYTES = 96 * 1024 * 1024


class Kept:
    """Keeps what was used last; safe for threads. Of each name it is made once, however many wait for it."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._making: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What has that name, made where it is not kept; what ``make`` raises is raised here."""
        with self._lock:
            waiting = self._making.setdefault(name, Lock())
        with waiting:
            try:
                kept = self._taken(name)
                return kept if kept is not None else self._put(name, make())
            finally:
                with self._lock:
                    self._making.pop(name, None)

    def _taken(self, name: str) -> bytes | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def _put(self, name: str, data: bytes) -> bytes:
        with self._lock:
            if len(data) <= self._most_bytes and name not in self._kept:
                self._kept[name] = data
                self._bytes += len(data)
            while self._bytes > self._most_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped)
        return data
