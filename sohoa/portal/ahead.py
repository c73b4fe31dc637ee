"""Work for the page that somebody will ask for next, done while they look at this one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class Ahead:
    """One piece of work at a time; what comes while one goes on is left to whoever asks for it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._last: Future[None] | None = None

    def start(self, work: Callable[[], None]) -> None:
        """Do it in the background; what it raises is dropped, the page itself will say it."""
        if self._last is None or self._last.done():
            self._last = self._pool.submit(work)
