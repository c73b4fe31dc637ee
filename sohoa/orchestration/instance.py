"""One Airflow of a home at a time: its lock, its start, and when it is ready."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from sohoa.domain.errors import Misconfigured, Unavailable
from sohoa.orchestration.airflow_api import AirflowApi
from sohoa.orchestration.airflow_home import USER, AirflowHome, environment, prepare
from sohoa.orchestration.processes import Components

NIGHTLY, COVERAGE = "digitize_nightly", "coverage_report"
ALL_DAGS = (NIGHTLY, COVERAGE, "deliver_pending", "verify_fixity", "renew_timestamps", "reindex_all")
_READY_WITHIN_S = 300.0


@dataclass(slots=True)
class Lock:
    """The home's lock, held; ``say`` leaves for others what is at work and where it answers."""

    descriptor: int

    def say(self, kind: str, url: str) -> None:
        """Write kind (``run`` or ``airflow``) and URL into the lock file."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, json.dumps({"kind": kind, "url": url}).encode(), 0)


def take_lock(home: AirflowHome, *, wait: bool) -> Lock | None:
    """The home's lock, or None when another process has it and ``wait`` is False."""
    descriptor = os.open(home.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    os.ftruncate(descriptor, 0)
    return Lock(descriptor)


def open_instance(home: AirflowHome) -> str:
    """URL of the Airflow that a person keeps open on this home, or empty."""
    try:
        lock = json.loads(home.lock_file.read_text(encoding="utf-8") or "{}")
    except (OSError, json.JSONDecodeError):
        return ""
    return str(lock.get("url", "")) if lock.get("kind") == "airflow" else ""


def client(home: AirflowHome, url: str) -> AirflowApi:
    """A client of the Airflow at this URL, not logged in yet."""
    return AirflowApi(url, USER, home.password())


@contextmanager
def started(
    home: AirflowHome, lock: Lock, kind: str, port: int, components: Sequence[str]
) -> Iterator[tuple[AirflowApi, Components]]:
    """Airflow's components, started and ready, with a logged-in client; stopped at the end of the block."""
    prepare(home)
    since, url = datetime.now(UTC), f"http://127.0.0.1:{port}"
    with Components(
        components, environment(home, port), home.path / "components", lock.descriptor
    ) as running:
        api = client(home, url)
        await_ready(api, running.check, since)
        lock.say(kind, url)
        yield api, running


def await_ready(api: AirflowApi, check: Callable[[], None], since: datetime | None = None) -> None:
    """Log in and wait until Airflow's parts are alive and all DAGs were read (since then)."""
    deadline, logged_in = time.monotonic() + _READY_WITHIN_S, False
    while time.monotonic() < deadline:
        check()
        # Unavailable here says that the API server is still starting.
        with suppress(Unavailable):
            if not logged_in:
                api.log_in()
                api.warm_up()
                logged_in = True
            if _ready(api, since or datetime.min.replace(tzinfo=UTC)):
                return
        time.sleep(0.3)
    raise Unavailable(f"Airflow was not ready within {_READY_WITHIN_S:.0f} s; its logs: airflow/components")


def _ready(api: AirflowApi, since: datetime) -> bool:
    if errors := api.import_errors(since):
        raise Misconfigured("Airflow cannot read the DAG files: " + "; ".join(errors))
    read = api.parsed_at()
    fresh = all(dag_id in read and read[dag_id] >= since for dag_id in ALL_DAGS)
    return fresh and api.healthy(("scheduler", "dag_processor"))
