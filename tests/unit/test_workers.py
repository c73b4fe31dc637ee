"""The pool of worker processes: a bad call costs itself only, and nothing outlives the pool's process."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from ocr.errors import Unreadable, WorkerDied, WorkerFault, WorkerTimeout
from ocr.page import Box, Mark, MarkKind
from ocr.process import messages
from ocr.process.pool import WorkerPool, default_size

_PARENT = """
import signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell starts children deaf to it
from ocr.process.pool import WorkerPool
pool = WorkerPool(1, 1024)
starter = threading.Thread(target=lambda: print(pool.call("os:getpid", timeout_s=20), flush=True))
starter.start()
starter.join()
pool.call("time:sleep", 60, timeout_s=60)
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, 1024) as pool:
        yield pool


def test_calls_return_values_of_one_lasting_process(pool: WorkerPool) -> None:
    """Two calls in a row are answered by the same process, which is not this one."""
    first, second = (pool.call("os:getpid", timeout_s=20) for _ in range(2))
    assert first == second != os.getpid()


@pytest.mark.parametrize(
    ("function", "args", "timeout_s", "error"),
    [
        ("time:sleep", (30,), 0.5, WorkerTimeout),
        ("ctypes:string_at", (0,), 20, WorkerDied),
        ("builtins:bytearray", (2 << 30,), 20, WorkerDied),
        ("os:_exit", (3,), 20, WorkerDied),
        ("fractions:Fraction", (1, 0), 20, ZeroDivisionError),
        ("no_such_module:name", (), 20, ModuleNotFoundError),
        ("base64:b64decode", ("a",), 20, WorkerFault),
    ],
)
def test_bad_call_costs_itself_only(
    pool: WorkerPool, function: str, args: tuple[object, ...], timeout_s: float, error: type[Exception]
) -> None:
    """A hang, a crash, a lack of memory and a plain exception are told apart, and the pool goes on."""
    with pytest.raises(error):
        pool.call(function, *args, timeout_s=timeout_s)
    assert pool.call("builtins:abs", -3, timeout_s=20) == 3


def test_unreadable_keeps_its_code(pool: WorkerPool) -> None:
    """The code and detail of ``Unreadable`` survive the way through the pipe."""
    with pytest.raises(Unreadable) as caught:
        pool.call("ocr.source.files:inspect", Path("/dev/null"), timeout_s=20)
    assert caught.value.code == "empty"


def test_output_of_libraries_does_not_reach_the_pipe(pool: WorkerPool) -> None:
    """Bytes written to descriptors 1 and 2 inside a worker are lost, not taken for an answer."""
    assert pool.call("os:write", 1, b"x" * 9, timeout_s=20) == 9
    assert pool.call("os:write", 2, b"x" * 9, timeout_s=20) == 9


def test_only_plain_data_is_taken_from_a_worker(pool: WorkerPool) -> None:
    """Data classes and enumerations of ``ocr`` come back equal; other classes are refused."""
    mark = Mark(MarkKind.INK_SEAL, "", Box(1, 2, 3, 4))
    assert pool.call("copy:copy", [mark, {Path("a")}, b"x", None, 1.5], timeout_s=20)[0] == mark
    with pytest.raises(WorkerDied):
        pool.call("copy:copy", Fraction(1, 3), timeout_s=20)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("ocr.process.pool", "subprocess.Popen"),
        ("ocr.process.pool", "WorkerPool"),
    ],
)
def test_crafted_answers_are_refused(module: str, name: str) -> None:
    """A pickle that names a function, an import of ours or a class with behaviour is not loaded."""
    crafted = (
        b"\x80\x04"
        + b"".join(b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name))
        + b"\x93."
    )
    with pytest.raises(pickle.UnpicklingError):
        messages.unpack_plain(crafted, frozenset({"ocr"}))


def test_threads_share_the_workers() -> None:
    """More threads than workers all get their answer."""
    with WorkerPool(2, 1024) as pool:
        answers: list[int] = []
        threads = [
            threading.Thread(target=lambda n=n: answers.append(pool.call("builtins:abs", -n, timeout_s=20)))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == list(range(8))


def test_a_short_call_goes_ahead_of_those_that_wait() -> None:
    """While the only worker is busy, a call that came last and may go ahead is answered first."""
    answered: list[str] = []
    with WorkerPool(1, 1024) as alone:

        def call(name: str) -> None:
            alone.call("os:getpid", timeout_s=20, ahead=name == "short")
            answered.append(name)

        threads = [threading.Thread(target=lambda: alone.call("time:sleep", 2, timeout_s=20))]
        threads += [threading.Thread(target=call, args=[name]) for name in ("long", "other", "short")]
        for thread in threads:
            thread.start()
            time.sleep(0.2)
        for thread in threads:
            thread.join()
    assert answered[0] == "short"
    assert sorted(answered) == ["long", "other", "short"]


def test_closing_ends_busy_calls() -> None:
    """A call that is running when the pool closes ends with ``WorkerDied``, and so does a later one."""
    pool = WorkerPool(1, 1024)
    pool.call("os:getpid", timeout_s=20)
    threading.Timer(0.3, pool.close).start()
    with pytest.raises(WorkerDied):
        pool.call("time:sleep", 30, timeout_s=30)
    with pytest.raises(WorkerDied):
        pool.call("os:getpid", timeout_s=20)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_its_pool(ending: signal.Signals) -> None:
    """Kill -9 and Ctrl-C of the parent end its worker, though the thread that started it is long gone."""
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.2)
        assert _runs(worker)
        parent.send_signal(ending)
        parent.wait(20)
    deadline = time.monotonic() + 10
    while _runs(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(worker)


def _runs(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_default_size_is_at_least_one() -> None:
    """There is always one worker, and never more than usable cores."""
    assert 1 <= default_size() <= len(os.sched_getaffinity(0))
