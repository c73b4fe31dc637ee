"""PostgreSQL from the system's packages, with a cluster of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path

import psycopg

from tests.support.services import machine
from tests.support.services.server import Server

USER = "sohoa"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "max_connections": "200",
    "password_encryption": "scram-sha-256",
}


def programs() -> Path:
    """The folder with ``initdb`` and ``postgres``, installed where it may; raises ``Trouble``."""
    found = _newest() or _installed()
    if found is None:
        raise machine.Trouble("PostgreSQL's server programs are missing: as root, apt-get install postgresql")
    return found


def prepare(folder: Path) -> Server:
    """Make a cluster in the folder; returns what starts it, and how to reach it."""
    binaries, port, password = programs(), machine.free_port(), secrets.token_urlsafe(24)
    secret, data = folder / "password", folder / "data"
    secret.write_text(password, encoding="utf-8")
    machine.own(folder)
    machine.run(
        [
            str(binaries / "initdb"), "--pgdata", str(data), "--username", USER, "--pwfile", str(secret),
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        ]
    )  # fmt: skip
    secret.unlink()
    options = [item for name, value in _SETTINGS.items() for item in ("-c", f"{name}={value}")]
    return Server(
        name="postgresql",
        command=(str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options),
        environment={},
        ready=lambda: _answers(port, password),
        settings={
            "SOHOA_LEDGER__KIND": "postgresql",
            "SOHOA_LEDGER__URL": f"postgresql+psycopg://{USER}@127.0.0.1:{port}/sohoa",
            "SOHOA_LEDGER__PASSWORD": password,
        },
    )


def _answers(port: int, password: str) -> bool:
    """Whether the server answers; it has the database then, too."""
    try:
        with psycopg.connect(
            host="127.0.0.1", port=port, user=USER, password=password, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'sohoa'").fetchone():
                connection.execute("CREATE DATABASE sohoa")
    except psycopg.OperationalError:
        return False
    return True


def _newest() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    other = shutil.which("initdb")
    return Path(other).resolve().parent if other else None


def _installed() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    # Debian would start a cluster of its own.
    setting = Path("/etc/postgresql-common/createcluster.d/sohoa.conf")
    setting.parent.mkdir(parents=True, exist_ok=True)
    setting.write_text("create_main_cluster = false\n", encoding="utf-8")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "postgresql"]):
        subprocess.run(["apt-get", *command], env=environment, capture_output=True, check=False)
    return _newest()
