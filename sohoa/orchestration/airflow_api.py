"""The few calls to Airflow's public REST API that following a night needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from sohoa.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Run:
    """One DAG run; ``state`` is Airflow's: queued, running, success, failed."""

    dag_id: str
    run_id: str
    state: str
    started_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether it came to its end, well or not."""
        return self.state in {"success", "failed"}


class AirflowApi:
    """A logged-in client; every call raises ``Unavailable`` when Airflow does not answer as it should."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=20, trust_env=False)
        self._login = {"username": user, "password": password}

    def _call(self, method: str, path: str, **arguments: Any) -> Any:
        try:
            answer = self._client.request(method, path, **arguments)
            answer.raise_for_status()
        except httpx.HTTPStatusError as error:
            text = error.response.text[:300]
            raise Unavailable(f"Airflow answers {error.response.status_code} to {path}: {text}") from error
        except httpx.HTTPError as error:
            raise Unavailable(f"Airflow does not answer at {self._client.base_url}: {error}") from error
        return answer.json() if answer.content else None

    def log_in(self) -> None:
        """Get a token; later calls carry it."""
        token = self._call("POST", "/auth/token", json=self._login)["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"

    def healthy(self, components: Sequence[str]) -> bool:
        """Whether the database and all these components have a fresh heartbeat."""
        status = self._call("GET", "/api/v2/monitor/health")
        return all(
            (status.get(name) or {}).get("status") == "healthy" for name in ("metadatabase", *components)
        )

    def parsed_at(self) -> dict[str, datetime]:
        """When each DAG that Airflow knows was last read from its file."""
        found = self._call("GET", "/api/v2/dags", params={"exclude_stale": False})["dags"]
        return {
            dag["dag_id"]: datetime.fromisoformat(dag["last_parsed_time"])
            for dag in found
            if dag["last_parsed_time"]
        }

    def import_errors(self, since: datetime) -> list[str]:
        """Why DAG files could not be read since then, one text a file."""
        errors = self._call("GET", "/api/v2/importErrors")["import_errors"]
        return [
            f"{error['filename']}: {error['stack_trace']}"
            for error in errors
            if datetime.fromisoformat(error["timestamp"]) >= since
        ]

    def set_pool(self, name: str, slots: int, description: str) -> None:
        """Make the pool, or do nothing when it is there: an operator may have changed it."""
        pools = self._call("GET", "/api/v2/pools")["pools"]
        if name not in {pool["name"] for pool in pools}:
            body = {"name": name, "slots": slots, "description": description}
            self._call("POST", "/api/v2/pools", json=body)

    def unpause(self, dag_id: str) -> None:
        """Let the DAG run."""
        self._call("PATCH", f"/api/v2/dags/{dag_id}", json={"is_paused": False})

    def trigger(self, dag_id: str) -> Run:
        """Start a run by hand."""
        return _run(self._call("POST", f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": None}))

    def run(self, run: Run) -> Run:
        """The run as it is now."""
        return _run(self._call("GET", f"/api/v2/dags/{run.dag_id}/dagRuns/{run.run_id}"))

    def asset_runs(self, dag_id: str, since: datetime) -> list[Run]:
        """Runs of a DAG that an asset has started since then.

        The asset events' own list of the runs they started is of no use: Airflow 3.3 answers 500 to it
        while one of them is queued.
        """
        params = {"run_type": "asset_triggered", "run_after_gte": since.isoformat()}
        rows = self._call("GET", f"/api/v2/dags/{dag_id}/dagRuns", params=params)["dag_runs"]
        return [_run(row) for row in rows]

    def warm_up(self) -> None:
        """Make the API that tasks talk to load its parts, which takes longer than a task would wait."""
        self._call("GET", "/execution/health")


def _run(row: Mapping[str, Any]) -> Run:
    started = row["start_date"]
    return Run(
        row["dag_id"], row["dag_run_id"], row["state"], datetime.fromisoformat(started) if started else None
    )
