"""What the servers need of this machine: an ordinary user, ports, a cache, known processes."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TERMINATE_S = 30.0


class Trouble(Exception):
    """One clear sentence for the person who started the servers."""


@dataclass(frozen=True)
class Running:
    """A server process; the start time tells it from another process with the same number."""

    name: str
    pid: int
    start_ticks: str
    log: str

    @classmethod
    def of(cls, name: str, pid: int, log: Path) -> Running:
        """The process that has this number now."""
        return cls(name, pid, _start_ticks(pid), str(log))

    @property
    def alive(self) -> bool:
        """Whether that very process runs."""
        return self.start_ticks == _start_ticks(self.pid) != ""

    def stop(self) -> None:
        """End the process, after 30 s by force; a no-op when it does not run any more."""
        if not self.alive:
            return
        os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + _TERMINATE_S
        while self.alive:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                deadline += _TERMINATE_S
            time.sleep(0.05)


def cache_folder() -> Path:
    """Where programs are kept, outside of the checkout and readable for the servers' user."""
    if os.geteuid() == 0:
        folder = Path("/var/cache/sohoa")
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "sohoa"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


def own(folder: Path) -> None:
    """Make the folder, for the servers' user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            shutil.chown(path, *_nobody())


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, stdin: str = "") -> str:
    """Run a short command as the servers' user; raises ``Trouble`` with its last words."""
    user, group, groups = _account()
    done = subprocess.run(
        command,
        input=stdin,
        env={**_clean(), **(environment or {})},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=group,
        extra_groups=groups,
    )
    if done.returncode:
        raise Trouble(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()[-800:]}")
    return done.stdout


def launch(name: str, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Running:
    """Start a server that outlives this process."""
    process = spawn(command, log, environment)
    return Running.of(name, process.pid, log)


def spawn(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, as the servers' user; its words go to the log."""
    user, group, groups = _account()
    with log.open("ab") as words:
        return subprocess.Popen(
            command,
            env={**_clean(), **environment},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
            user=user,
            group=group,
            extra_groups=groups,
        )


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _nobody() -> tuple[int, int]:
    user = pwd.getpwnam("nobody")
    return user.pw_uid, user.pw_gid


def _account() -> tuple[int | None, int | None, list[int] | None]:
    """User, group and further groups of the servers; None keeps what this process has."""
    return (*_nobody(), []) if os.geteuid() == 0 else (None, None, None)


def _clean() -> dict[str, str]:
    """The environment without this account's own settings and secrets."""
    kept = ("PATH", "LANG", "TZ")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _start_ticks(pid: int) -> str:
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[0] in {b"Z", b"X"} else fields[19].decode()
