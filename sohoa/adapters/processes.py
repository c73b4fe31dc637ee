"""Names of worker processes, and whether such a process still lives (Linux, ``/proc``).

An owner is ``host:pid:start:random``. ``host`` is the host name and the process namespace, ``start`` the
kernel's boot id and the start time in clock ticks since boot (proc(5), field 22), so that a process id
that was given out again is not taken for the old process.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

_UNKNOWN = "unknown"


def new_owner(token: str) -> str:
    """The name of the calling process; ``token`` (random) tells several owners in one process apart."""
    pid = os.getpid()
    return f"{_host()}:{pid}:{_boot()}.{_start_ticks(pid)}:{token}"


def alive(owner: str) -> bool:
    """Whether the process still runs.

    Another boot of the machine, or an earlier container of the same name, is dead. A process of a
    container with another name cannot be seen from here and counts as alive.
    """
    host, pid, start, _ = (owner.rsplit(":", 3) + [""] * 4)[:4]
    boot, _, ticks = start.partition(".")
    if not pid.isdecimal() or boot != _boot():
        return False
    if host != _host():
        return _name(host) != _name(_host())
    return _runs(int(pid), ticks)


def may_live(owner: str) -> bool:
    """The same where this machine's kernel can tell; True of processes of another boot or machine."""
    boot = (owner.rsplit(":", 3) + [""] * 4)[2].partition(".")[0]
    return boot != _boot() or boot == _UNKNOWN or alive(owner)


def _runs(pid: int, ticks: str) -> bool:
    try:
        return _start_ticks(pid) == ticks
    except (FileNotFoundError, ProcessLookupError):
        return _answers(pid)


def _answers(pid: int) -> bool:
    """With hidepid, another account's process shows only in the answer to a signal."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    namespace = os.stat("/proc/self/ns/pid").st_ino  # noqa: PTH116
    return f"{socket.gethostname().replace(':', '_')}@{namespace}"


def _name(host: str) -> str:
    return host.rpartition("@")[0]


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
    except OSError:
        return _UNKNOWN


def _start_ticks(pid: int) -> str:
    """Start time of the process, or ``ended`` for one that only waits to be collected."""
    fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    return "ended" if fields[0] in {b"Z", b"X"} else fields[19].decode()
