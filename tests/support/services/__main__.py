"""``scripts/services start | stop | status``: the servers of this home.

``start`` writes ``$SOHOA_HOME/services.env``: the settings that let Sohoa, and the tests, use them.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import httpx

from sohoa.settings import home_folder
from tests.support.services import certificates, elasticsearch, machine, minio, postgresql
from tests.support.services.machine import Running, Trouble
from tests.support.services.server import Server

_READY_WITHIN_S = 180.0
_KINDS = (elasticsearch, minio, postgresql)


def start(home: Path) -> int:
    """Start all three, or leave alone those that run; returns the exit code."""
    running = _known(home)
    if running and all(process.alive for process in running):
        _say(f"already running; settings in {home / 'services.env'}")
        return 0
    if dead := [process.name for process in running if not process.alive]:
        raise Trouble(
            f"{', '.join(dead)} died; `scripts/services stop` ends the others and REMOVES THEIR DATA"
        )
    folder = Path(tempfile.mkdtemp(prefix="sohoa-services-"))
    folder.chmod(0o755)
    started: list[Running] = []
    try:
        certificates.make(folder / "tls")
        machine.own(folder / "tls")
        (folder / "tls").chmod(0o755)
        _say("preparing (the first time, MinIO is built: about 8 minutes)")
        servers = _prepare(folder)
        for server in servers:
            _note(home, folder, started := [*started, _launch(server, folder)])
        for server, process in zip(servers, started, strict=True):
            _await(server, process)
    except BaseException:
        for process in started:
            process.stop()
        (home / "services.json").unlink(missing_ok=True)
        _say(f"nothing was left running; logs: {folder}")
        raise
    _write(home / "services.env", _lines({k: v for server in servers for k, v in server.settings.items()}))
    _say(f"running; data and logs in {folder}. To use them in this shell:")
    _say(f"    set -a && . {home / 'services.env'} && set +a && .venv/bin/sohoa init")
    return 0


def stop(home: Path) -> int:
    """Stop what ``start`` has started, and nothing else; removes its data."""
    for process in _known(home):
        process.stop()
        _say(f"{process.name} stopped, its data removed")
    if (home / "services.json").is_file():
        shutil.rmtree(json.loads((home / "services.json").read_text("utf-8"))["folder"], ignore_errors=True)
    for name in ("services.json", "services.env"):
        (home / name).unlink(missing_ok=True)
    return 0


def status(home: Path) -> int:
    """Print what runs; the exit code is 0 when all three do, else 3."""
    running = _known(home)
    for process in running:
        print(f"{process.name:15}{'runs' if process.alive else 'DIED':6}pid {process.pid:<8}{process.log}")
    if not running:
        print("no servers: scripts/services start")
    return 0 if running and all(process.alive for process in running) else 3


def _prepare(folder: Path) -> list[Server]:
    for kind in _KINDS:
        (folder / kind.__name__.rpartition(".")[2]).mkdir()
    with ThreadPoolExecutor() as threads:
        futures = [threads.submit(kind.prepare, folder / kind.__name__.rpartition(".")[2]) for kind in _KINDS]
        return [future.result() for future in futures]


def _launch(server: Server, folder: Path) -> Running:
    machine.own(folder / server.name)
    return machine.launch(server.name, server.command, folder / f"{server.name}.log", server.environment)


def _await(server: Server, process: Running) -> None:
    deadline, since = time.monotonic() + _READY_WITHIN_S, time.monotonic()
    while process.alive and time.monotonic() < deadline:
        try:
            if server.ready():
                _say(f"{server.name} is ready ({time.monotonic() - since:.0f} s)")
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    words = Path(process.log).read_text("utf-8", "replace").strip().splitlines()[-3:]
    raise Trouble(f"{server.name} did not start: {' '.join(words)}")


def _known(home: Path) -> list[Running]:
    path = home / "services.json"
    if not path.is_file():
        return []
    return [Running(**one) for one in json.loads(path.read_text("utf-8"))["running"]]


def _note(home: Path, folder: Path, running: list[Running]) -> None:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = {"folder": str(folder), "running": [asdict(process) for process in running]}
    _write(home / "services.json", json.dumps(data, indent=1) + "\n")


def _lines(settings: Mapping[str, str]) -> str:
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in settings.items())


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def main(arguments: list[str]) -> int:
    """Entry point."""
    verbs = {"start": start, "stop": stop, "status": status}
    if len(arguments) != 1 or arguments[0] not in verbs:
        _say("usage: scripts/services start | stop | status")
        return 2
    try:
        return verbs[arguments[0]](home_folder())
    except Trouble as trouble:
        _say(f"services: {trouble}")
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
