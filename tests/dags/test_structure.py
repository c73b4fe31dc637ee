"""The DAGs as Airflow reads them: no errors, no warnings, and wired as designed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sohoa.orchestration.airflow_home import environment, locate
from sohoa.settings import load_settings

ROOT = Path(__file__).parents[2]
# Airflow wants some key; nothing is encrypted here.
_KEY = "A" * 43 + "="
_READ = """
import json
import sys
from airflow.dag_processing.dagbag import DagBag
from airflow.configuration import conf

bag = DagBag(dag_folder=conf.get("core", "dags_folder"))
def shown(dag):
    return {
        "schedule": repr(dag.timetable), "catchup": dag.catchup, "max_active_runs": dag.max_active_runs,
        "doc": dag.doc_md or "", "file": dag.fileloc, "callback": bool(dag.on_failure_callback),
        "tasks": {task.task_id: {
            "upstream": sorted(task.upstream_task_ids), "pool": task.pool, "mapped": task.is_mapped,
            "retries": task.retries, "name": task.task_display_name,
            "outlets": [asset.name for asset in task.outlets], "rule": task.trigger_rule.value,
        } for task in dag.tasks},
    }
print("RESULT" + json.dumps({
    "errors": bag.import_errors,
    "warnings": [str(found) for found in bag.captured_warnings.values()],
    "dags": {name: shown(dag) for name, dag in bag.dags.items()},
    "loaded": sorted(name for name in sys.modules if name.partition(".")[0] in ("ocr", "sohoa")),
}))
"""


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Airflow reads from dags/, in a process and a home of its own."""
    settings = load_settings({"SOHOA_HOME": str(tmp_path_factory.mktemp("home"))})
    done = subprocess.run(
        [sys.executable, "-c", _READ],
        env={
            **os.environ,
            **environment(locate(settings), 8080),
            "AIRFLOW__CORE__FERNET_KEY_CMD": f"echo {_KEY}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "RESULT" in done.stdout, done.stderr
    return json.loads(done.stdout.partition("RESULT")[2])


def test_all_dags_are_read_without_errors_or_warnings(bag: Any) -> None:
    """Airflow finds exactly the six DAGs, each in the file of its name."""
    assert bag["errors"] == {}
    assert bag["warnings"] == []
    files = {name: Path(dag["file"]).stem for name, dag in bag["dags"].items()}
    names = {"digitize_nightly", "coverage_report", "deliver_pending", "verify_fixity", "renew_timestamps"}
    names.add("reindex_all")
    assert files == {name: name for name in names}


def test_reading_the_dags_loads_no_use_case(bag: Any) -> None:
    """Airflow reads the files every few seconds: what their tasks need is loaded when a task runs."""
    assert bag["loaded"] == [
        *("sohoa", "sohoa.domain", "sohoa.domain.errors"),
        *("sohoa.domain.protection", "sohoa.domain.protection.rights"),
        *("sohoa.orchestration", "sohoa.orchestration.failures", "sohoa.orchestration.jobs"),
        "sohoa.settings",
    ]


def test_every_dag_explains_itself(bag: Any) -> None:
    """Every DAG has a description and Vietnamese task names; none catches up."""
    for dag in bag["dags"].values():
        assert len(dag["doc"]) > 100
        assert not dag["catchup"]
        assert dag["max_active_runs"] == 1
        assert all("·" in task["name"] for task in dag["tasks"].values())


def test_the_night_is_a_chain_with_mapped_batches(bag: Any) -> None:
    """preflight, plan, one OCR task a batch in its pool with retries, finish even when nothing was mapped."""
    dag = bag["dags"]["digitize_nightly"]
    tasks = dag["tasks"]
    assert {name: task["upstream"] for name, task in tasks.items()} == {
        "preflight": [],
        "plan_batches": ["preflight"],
        "run_batch": ["plan_batches"],
        "finish": ["run_batch"],
    }
    assert tasks["run_batch"]["mapped"]
    assert tasks["run_batch"]["pool"] == "ocr"
    assert tasks["run_batch"]["retries"] > 0
    assert tasks["finish"]["rule"] == "none_failed"
    assert tasks["finish"]["outlets"] == ["archive"]
    assert dag["callback"]


def test_a_fault_raises_the_alert_and_fails_the_run(bag: Any) -> None:
    """The share is checked, then told to whoever waits for the asset and judged, each by its own task."""
    tasks = bag["dags"]["verify_fixity"]["tasks"]
    assert {name: task["upstream"] for name, task in tasks.items()} == {
        "verify_share": [],
        "raise_alert": ["verify_share"],
        "judge": ["verify_share"],
    }
    assert tasks["raise_alert"]["outlets"] == ["fixity_alert"]
    assert tasks["verify_share"]["retries"] > 0


def test_figures_are_published_before_they_are_delivered(bag: Any) -> None:
    """Other DAGs can wait for the snapshot; who is away keeps nobody waiting, and is asked again."""
    tasks = bag["dags"]["coverage_report"]["tasks"]
    assert {name: task["upstream"] for name, task in tasks.items()} == {
        "write_coverage": [],
        "deliver": ["write_coverage"],
    }
    assert tasks["write_coverage"]["outlets"] == ["coverage_snapshot"]
    assert "*/15 * * * *" in bag["dags"]["deliver_pending"]["schedule"]


def test_schedules(bag: Any) -> None:
    """The night at 20:00 in Vietnam, coverage on the asset, fixity each night, reindex by hand."""
    schedules = {name: dag["schedule"] for name, dag in bag["dags"].items()}
    assert "0 20 * * *" in schedules["digitize_nightly"]
    assert "Asia/Ho_Chi_Minh" in schedules["digitize_nightly"]
    assert "Asset" in schedules["coverage_report"]
    assert "0 3 * * *" in schedules["verify_fixity"]
    assert "Null" in schedules["reindex_all"]
