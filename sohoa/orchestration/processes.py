"""Airflow's components as child processes that end with us, however we end."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sohoa.domain.errors import Unavailable

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_GRACE_S = 3.0
_PROGRAMS = {"scheduler": "sohoa.orchestration.warm_airflow"}
# The scheduler's log server listens on all interfaces; the API server reads the files themselves.
_FLAGS = {"scheduler": ("--skip-serve-logs",), "triggerer": ("--skip-serve-logs",)}


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _die_with_parent() -> None:
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(wanted: int = 0) -> int:
    """A free port on 127.0.0.1, ``wanted`` itself unless 0; raises ``Unavailable`` when it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError as error:
            raise Unavailable(f"port {wanted} is in use: set AIRFLOW_PORT to another one") from error
        return int(probe.getsockname()[1])


class Components:
    """Context manager: starts ``airflow NAME`` for each name, stops them and all they started.

    ``logs`` is the folder of what they print, one file each. ``keep_fd`` stays open in every component: a
    lock on it lasts until the last one is gone.
    """

    def __init__(
        self, names: Sequence[str], environment: Mapping[str, str], logs: Path, keep_fd: int
    ) -> None:
        self._names = names
        self._environment = {**os.environ, **environment}
        self._logs = logs
        self._keep_fd = keep_fd
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        # Orphans of a component that dies come to us, so that stopping can find them.
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            for name in self._names:
                self._running[name] = self._start(name)
        except BaseException:
            self._stop()
            raise
        return self

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        with (self._logs / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", _PROGRAMS.get(name, "airflow"), name, *_FLAGS.get(name, ())],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=(self._keep_fd,),
                preexec_fn=_die_with_parent,
            )

    def check(self) -> None:
        """Raise ``Unavailable`` naming a component that ended, with the end of what it printed."""
        for name, process in self._running.items():
            if process.poll() is not None:
                text = (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
                raise Unavailable(f"Airflow's {name} stopped with code {process.returncode}: {text[-1500:]}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        """Ask all descendants to end, then kill what is left; only processes that descend from us."""
        for pid in descendants():
            _signal(pid, signal.SIGTERM)
        self._wait()
        for pid in descendants():
            _signal(pid, signal.SIGKILL)
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + _GRACE_S
        while descendants() and time.monotonic() < deadline:
            for component in self._running.values():
                component.poll()
            _reap_orphans({component.pid for component in self._running.values()})
            time.sleep(0.05)


def descendants() -> list[int]:
    """Process ids of our children, their children and so on."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_parent(entry), []).append(int(entry.name))
    found, queue = [], [os.getpid()]
    while queue:
        new = children.get(queue.pop(), [])
        found += new
        queue += new
    return found


def _parent(entry: Path) -> int:
    try:
        # The command name, in brackets, may hold spaces and brackets itself.
        return int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _reap_orphans(ours: set[int]) -> None:
    for pid in descendants():
        if pid not in ours and _parent(Path("/proc") / str(pid)) == os.getpid():
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def _signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
