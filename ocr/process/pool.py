"""A pool of worker processes for code that opens untrusted files.

Each worker is a command of its own over pipes, so that the pool works where multiprocessing does not
(inside tasks of Airflow's LocalExecutor, in the daemonic children of Celery). A call that crashes,
hangs or eats memory costs itself only; the next call gets a new worker.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ocr.errors import WorkerDied, WorkerFault, WorkerTimeout
from ocr.process import messages

_TYPICAL_MEMORY_MB = 700
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_CHUNK_BYTES = 1 << 20


def default_size() -> int:
    """Worker processes for this machine: one per usable core, fewer if memory says so."""
    return max(1, min(len(os.sched_getaffinity(0)), _available_mb() // _TYPICAL_MEMORY_MB))


def _available_mb() -> int:
    """Memory that new processes may use: the machine's, or the control group's where that is less."""
    meminfo = Path("/proc/meminfo").read_text(encoding="ascii")
    free = next(int(line.split()[1]) for line in meminfo.splitlines() if line.startswith("MemAvailable"))
    with contextlib.suppress(OSError, ValueError):
        group = int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
        used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
        free = min(free, (group - used) // 1024)
    return free // 1024


class WorkerPool:
    """``size`` worker processes of at most ``memory_mb`` address space each; safe for threads.

    Workers start when they are first needed. Close it, or use it as a context manager.
    """

    def __init__(self, size: int, memory_mb: int) -> None:
        self.size = size
        self._memory_mb = memory_mb
        self._idle: list[_Worker | None] = [None] * size
        self._freed = threading.Condition()
        self._ahead = 0
        # The kernel ties a child's life to the thread that started it: this one lives as long as we do.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="worker-starter")
        self._lock = threading.Lock()
        self._alive: set[_Worker] = set()
        self._closed = False

    def call(self, function: str, *args: Any, timeout_s: float, ahead: bool = False) -> Any:
        """Run ``package.module:name`` with the arguments in an idle worker; waits for one.

        A short call may go ``ahead`` of all others that wait.

        Exceptions of the function are raised here. Raises ``WorkerTimeout`` when it takes longer than
        ``timeout_s``, ``WorkerDied`` when the process ends: in both cases only this call is lost.
        """
        worker = self._take(ahead)
        try:
            if worker is not None and worker.ended:
                self._discard(worker)
                worker = None
            worker = worker or self._start()
            kind, value = worker.ask(function, args, timeout_s)
        except BaseException:
            if worker is not None:
                self._discard(worker)
                worker = None
            raise
        finally:
            self._put_back(worker)
        if kind == "error":
            raise value
        if kind == "foreign":
            raise WorkerFault(f"{function} failed with {value}")
        return value

    def close(self) -> None:
        """Kill all workers, busy ones too: their calls end with ``WorkerDied``."""
        with self._lock:
            self._closed = True
            for worker in self._alive:
                worker.signal()
        slots = [self._take(ahead=True) for _ in range(self.size)]
        for slot in slots:
            if slot is not None:
                self._discard(slot)
            self._put_back(None)
        self._starter.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, ahead: bool) -> _Worker | None:
        """The worker that was used last, or None where one may be started."""
        with self._freed:
            self._ahead += ahead
            try:
                self._freed.wait_for(lambda: self._idle and (ahead or not self._ahead))
                return self._idle.pop()
            finally:
                self._ahead -= ahead
                self._freed.notify_all()

    def _put_back(self, worker: _Worker | None) -> None:
        with self._freed:
            self._idle.append(worker)
            self._freed.notify_all()

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise WorkerDied("the pool is closed")
            worker = self._starter.submit(_Worker, self._memory_mb).result()
            self._alive.add(worker)
        return worker

    def _discard(self, worker: _Worker) -> None:
        with self._lock:
            self._alive.discard(worker)
        worker.kill()


class _Worker:
    """One worker process and its pipes."""

    def __init__(self, memory_mb: int) -> None:
        command = [sys.executable, "-m", "ocr.process.worker", str(memory_mb), str(os.getpid())]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, **_ENVIRONMENT},
            process_group=0,
        )
        pipes = self._process.stdin, self._process.stdout
        self._calls, self._answers = (pipe.fileno() for pipe in pipes if pipe is not None)
        for descriptor in (self._calls, self._answers):
            os.set_blocking(descriptor, False)
        self._max_answer_bytes = memory_mb * 1024 * 1024

    def ask(self, function: str, args: tuple[Any, ...], timeout_s: float) -> tuple[str, Any]:
        """One call and its answer: ("value" | "error" | "foreign", …)."""
        deadline = time.monotonic() + timeout_s
        self._write(messages.pack((function, args)), deadline)
        length = messages.body_length(self._read(messages.LENGTH_BYTES, deadline))
        if length > self._max_answer_bytes:
            raise WorkerDied("the worker's answer is too large")
        body = self._read(length, deadline)
        try:
            kind, value = messages.unpack_plain(body, messages.packages_of(function))
        except (
            pickle.UnpicklingError,
            TypeError,
            ValueError,
            AttributeError,
            ImportError,
            EOFError,
        ) as error:
            raise WorkerDied(f"the worker's answer cannot be taken ({type(error).__name__})") from error
        return kind, value

    @property
    def ended(self) -> bool:
        """Whether the process ended by itself, for example by the kernel's out-of-memory killer."""
        return self._process.poll() is not None

    def signal(self) -> None:
        """Tell the process to end at once; whoever waits for it sees the end of the pipe."""
        self._process.kill()

    def kill(self) -> None:
        """End the process and free its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self, message: bytes, deadline: float) -> None:
        rest = memoryview(message)
        while rest:
            self._wait(self._calls, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._calls, rest[:_CHUNK_BYTES]) :]
            except BrokenPipeError as error:
                raise self._died() from error

    def _read(self, length: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < length:
            self._wait(self._answers, select.POLLIN, deadline)
            chunk = os.read(self._answers, min(_CHUNK_BYTES, length - len(received)))
            if not chunk:
                raise self._died()
            received += chunk
        return bytes(received)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left_ms = (deadline - time.monotonic()) * 1000
        if left_ms <= 0 or not poll.poll(left_ms):
            raise WorkerTimeout("the call took longer than its time limit")

    def _died(self) -> WorkerDied:
        """The error for an end of the pipe, with the exit status where there is one soon."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return WorkerDied(f"the worker process ended with status {self._process.wait(1)}")
        return WorkerDied("the worker process closed its pipe")
