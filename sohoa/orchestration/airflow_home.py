"""The local Airflow's home below ``$SOHOA_HOME/airflow``: settings, secrets, database.

Everything is made once and kept; nothing here starts a process that outlives the call except
Airflow's own database migration.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import subprocess
import sys
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sohoa.domain.errors import Misconfigured
from sohoa.settings import Settings

USER = "admin"
TIMEZONE = "Asia/Ho_Chi_Minh"
_REPOSITORY = Path(__file__).resolve().parents[2]
# Bytes of each: Fernet takes 32 and no other number, HMAC with SHA-512 wants 64.
_SECRETS = {"fernet_key": 32, "api_secret_key": 64, "jwt_secret": 64}


@dataclass(frozen=True, slots=True)
class AirflowHome:
    """Paths of one local Airflow; ``config_dir`` and ``sohoa_home`` are passed on to its tasks."""

    path: Path
    sohoa_home: Path
    config_file: Path
    dags: Path
    plugins: Path

    @property
    def passwords_file(self) -> Path:
        """JSON of user name to password, readable by the owner only."""
        return self.path / "passwords.json"

    @property
    def lock_file(self) -> Path:
        """Held (flock) by whatever runs the scheduler of this home; holds kind and URL as JSON."""
        return self.path / "instance.lock"

    @property
    def logs(self) -> Path:
        """Airflow's task logs."""
        return self.path / "logs"

    def password(self) -> str:
        """The password of the only user."""
        return str(json.loads(self.passwords_file.read_text(encoding="utf-8"))[USER])


def locate(settings: Settings) -> AirflowHome:
    """Where things are; raises ``Misconfigured`` when the DAG files are not beside the package."""
    dags, plugins = _REPOSITORY / "dags", _REPOSITORY / "plugins"
    if not (dags / "digitize_nightly.py").is_file():
        raise Misconfigured(f"no DAG files in {dags}: run from a checkout of the project")
    config = Path(os.environ.get("SOHOA_CONFIG", settings.config_dir / "sohoa.yaml")).resolve()
    return AirflowHome(settings.home / "airflow", settings.home, config, dags, plugins)


def environment(home: AirflowHome, port: int) -> dict[str, str]:
    """Airflow's settings as variables; secrets are read by command, so that none stands in here."""
    url = f"http://127.0.0.1:{port}"
    options = {
        **_core(home, url),
        **_servers(port, url),
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home.path / 'airflow.db'}",
        "CORE__FERNET_KEY_CMD": _reader(home, "fernet_key"),
        "API__SECRET_KEY_CMD": _reader(home, "api_secret_key"),
        "API_AUTH__JWT_SECRET_CMD": _reader(home, "jwt_secret"),
        "LOGGING__BASE_LOG_FOLDER": str(home.logs),
        "LOGGING__FILE_TASK_HANDLER_NEW_FOLDER_PERMISSIONS": "0o700",
        "LOGGING__FILE_TASK_HANDLER_NEW_FILE_PERMISSIONS": "0o600",
        "USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    return {
        "AIRFLOW_HOME": str(home.path),
        "SOHOA_HOME": str(home.sohoa_home),
        "SOHOA_CONFIG": str(home.config_file),
        "OMP_THREAD_LIMIT": "1",
        **{f"AIRFLOW__{name}": value for name, value in options.items()},
    }


def _core(home: AirflowHome, url: str) -> dict[str, str]:
    return {
        "CORE__DAGS_FOLDER": str(home.dags),
        "CORE__PLUGINS_FOLDER": str(home.plugins),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": "4",
        # A night by hand unpauses its own DAGs only: the weekly check must not compete with it.
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        "CORE__DEFAULT_TIMEZONE": TIMEZONE,
        "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home.passwords_file),
        "CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL": "0",
        "DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "30",
        "SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
        "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
        "SCHEDULER__JOB_HEARTBEAT_SEC": "2",
    }


def _servers(port: int, url: str) -> dict[str, str]:
    return {
        "API__HOST": "127.0.0.1",
        "API__PORT": str(port),
        "API__BASE_URL": url,
        "API__WORKERS": "1",
        "API__EXPOSE_CONFIG": "False",
    }


def _reader(home: AirflowHome, name: str) -> str:
    return f"cat {home.path / 'secrets' / name}"


def prepare(home: AirflowHome) -> None:
    """Make folders, secrets, password and database where they are missing; repeating it is harmless."""
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home.path / "secrets").mkdir(mode=0o700, exist_ok=True)
    for name, size in _SECRETS.items():
        _write_once(home.path / "secrets" / name, urlsafe_b64encode(secrets.token_bytes(size)).decode())
    _write_once(home.passwords_file, json.dumps({USER: secrets.token_urlsafe(12)}))
    _migrate(home)


def _write_once(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _migrate(home: AirflowHome) -> None:
    """Bring the database to this Airflow's schema; a stamp spares the 5 s that a look at it takes."""
    stamp, wanted = home.path / "migrated", version("apache-airflow-core")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    done = subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        env={**os.environ, **environment(home, 8080)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Misconfigured(f"Airflow's database cannot be prepared: {done.stderr[-2000:]}")
    with sqlite3.connect(home.path / "airflow.db") as connection:
        # Scheduler, API server and DAG processor write side by side: WAL keeps readers from blocking.
        connection.execute("PRAGMA journal_mode=WAL")
    stamp.write_text(wanted, encoding="utf-8")
