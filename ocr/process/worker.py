"""The worker process: ``python -m ocr.process.worker MEMORY_MB PARENT_PID``, started by the pool only.

Reads calls from standard input, answers on what was standard output. Both descriptors are taken away
before any library runs, so that nothing a library prints reaches the pipe or a log.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import resource
import signal
import sys
from typing import BinaryIO

from ocr.process import messages

_PR_SET_PDEATHSIG = 1
_OUT_OF_MEMORY = 12


def main(memory_mb: int, parent_pid: int) -> None:
    """Serve calls until the pool closes the pipe."""
    _die_with(parent_pid)
    _limit(memory_mb)
    calls, answers = _take_pipes()
    while prefix := calls.read(messages.LENGTH_BYTES):
        body = calls.read(messages.body_length(prefix))
        answers.write(_answer(body))
        answers.flush()


def _die_with(parent_pid: int) -> None:
    """Let the kernel kill this process when the pool's process dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _limit(memory_mb: int) -> None:
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return calls, answers


def _answer(body: bytes) -> bytes:
    """The message for one call: ("value", result), ("error", exception) or ("foreign", its class)."""
    function, args = messages.unpack_trusted(body)
    module_name, _, name = function.partition(":")
    try:
        value = getattr(importlib.import_module(module_name), name)(*args)
        return messages.pack(("value", value))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever the function raises belongs to its caller
        return _failure(error, messages.packages_of(function) | {"builtins"})


def _failure(error: Exception, packages: frozenset[str]) -> bytes:
    """An exception of a package the pool takes, as it is; any other, or one that cannot be sent, by name."""
    kind = type(error)
    if kind.__module__.partition(".")[0] in packages:
        with contextlib.suppress(Exception):
            return messages.pack(("error", error.with_traceback(None)))
    return messages.pack(("foreign", f"{kind.__module__}.{kind.__qualname__}"))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
