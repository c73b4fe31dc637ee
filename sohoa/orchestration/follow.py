"""Follow a run of the nightly DAG to its end and show how it goes, on stderr."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from sohoa.domain.errors import Unavailable
from sohoa.orchestration.airflow_api import AirflowApi, Run

PROGRESS_LOGGER = "sohoa.progress"
_POLL_S = 0.5
_CONSUMER_PATIENCE_S = 60.0
_QUIET_S = 10.0


class Follower:
    """Waits for runs; ``check`` is called on every look and raises when Airflow itself is gone."""

    def __init__(self, api: AirflowApi, logs: Path, check: Callable[[], None]) -> None:
        self._api = api
        self._logs = logs
        self._check = check
        self._console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self._offsets: dict[Path, int] = {}
        self._states: Counter[str] = Counter()
        self._shown = (0.0, "")

    def to_end(self, run: Run, consumer: str) -> Run:
        """Wait until the run has ended and, if well, the run of ``consumer`` that its asset started, too."""
        with self._console.status(f"{run.dag_id}: waiting") as status:
            run = self._wait(run, lambda text: status.update(text))
            if run.state == "success":
                for started in self._started_by(run, consumer):
                    self._wait(started, lambda text: status.update(text))
        return run

    def _wait(self, run: Run, update: Callable[[str], None]) -> Run:
        while True:
            self._check()
            for line in self._progress(run):
                self._states[line["state"]] += 1
                if line["state"] != "archived":
                    self._console.print(line["event"])
            self._show(run, update)
            run = self._api.run(run)
            if run.ended:
                self._console.print(f"{run.dag_id}: {run.state}")
                return run
            time.sleep(_POLL_S)

    def _started_by(self, run: Run, consumer: str) -> list[Run]:
        """The runs that the run's asset has started; the scheduler makes them a moment after its end."""
        deadline = time.monotonic() + _CONSUMER_PATIENCE_S
        while run.started_at and time.monotonic() < deadline:
            self._check()
            found = self._api.asset_runs(consumer, run.started_at)
            if found:
                return found
            time.sleep(_POLL_S)
        raise Unavailable(f"Airflow did not start {consumer} within {_CONSUMER_PATIENCE_S:.0f} s")

    def _show(self, run: Run, update: Callable[[str], None]) -> None:
        counts = ", ".join(f"{count} {state}" for state, count in sorted(self._states.items()))
        text = f"{run.dag_id}: {counts or run.state}"
        update(text)
        shown_at, shown = self._shown
        if not self._console.is_terminal and text != shown and time.monotonic() - shown_at > _QUIET_S:
            self._console.print(text)
            self._shown = (time.monotonic(), text)

    def _progress(self, run: Run) -> Iterator[dict[str, str]]:
        """New progress lines in the run's task logs."""
        folder = self._logs / f"dag_id={run.dag_id}" / f"run_id={run.run_id}"
        for path in sorted(folder.rglob("*.log")):
            with path.open("rb") as file:
                file.seek(self._offsets.get(path, 0))
                for raw in file:
                    if not raw.endswith(b"\n"):
                        break
                    self._offsets[path] = self._offsets.get(path, 0) + len(raw)
                    line = json.loads(raw) if raw.startswith(b"{") else {}
                    if line.get("logger") == PROGRESS_LOGGER and "state" in line:
                        yield line
