"""A server of a test's own, that may be killed and started again."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import httpx
import pytest

from tests.support.services import certificates, machine
from tests.support.services.server import Server

_READY_WITHIN_S = 120.0
# The ssl module leaves the socket open that the peer resets before the handshake begins, as a killed server
# does; such a socket has no other end. Every other one that is left open is a fault.
KILLS = pytest.mark.filterwarnings(
    r"ignore:unclosed <ssl\.SSLSocket [^>]* laddr=\('127\.0\.0\.1', \d+\)>:ResourceWarning"
)


class Kind(Protocol):
    """A module of this package that prepares a server."""

    def prepare(self, folder: Path) -> Server:
        """What starts it."""
        ...


class Private:
    """A running server; ``settings`` reach it, also after a restart."""

    def __init__(self, server: Server, log: Path) -> None:
        self._server, self._log = server, log
        self.settings: Mapping[str, str] = server.settings
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = machine.spawn(self._server.command, self._log, self._server.environment)
        deadline = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if self._server.ready():
                    return
            time.sleep(0.1)
        raise TimeoutError(self._log.read_text("utf-8", "replace")[-2000:])

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def ensure(self) -> None:
        """Start it again if a test left it dead."""
        if self._process.poll() is not None:
            self.start()

    def pause(self, number: int = signal.SIGSTOP) -> None:
        """Let it be silent, or with ``SIGCONT`` answer again."""
        self._process.send_signal(number)


@contextmanager
def private(kind: Kind, folder: Path, name: str) -> Iterator[Private]:
    """The server with its data below ``folder``, which the servers' user must be able to enter.

    Tests that use it bear the mark ``KILLS``.
    """
    certificates.make(folder / "tls")
    machine.own(folder / "tls")
    (folder / "tls").chmod(0o755)
    (folder / name).mkdir()
    server = kind.prepare(folder / name)
    machine.own(folder / name)
    running = Private(server, folder / f"{name}.log")
    try:
        yield running
    finally:
        running.pause(signal.SIGCONT)
        running.kill()
        gc.collect()
