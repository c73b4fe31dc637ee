"""The local Airflow: ``python -m sohoa.orchestration.local run | catch-up | airflow | standalone | env``.

``run`` is one night under a scheduler that lives as long as the night; ``catch-up`` is the same unless the
last night left nothing to do: then only the figures are made anew; ``airflow`` keeps Airflow and its
web page open; ``standalone`` is Airflow's own command with our settings; ``env`` prints those settings.
One scheduler a home: a lock tells whether another one is at work.
"""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

from sohoa.domain.errors import ExitCode, Misconfigured, SohoaError, Unavailable
from sohoa.orchestration.airflow_api import AirflowApi, Run
from sohoa.orchestration.airflow_home import USER, AirflowHome, environment, locate, prepare
from sohoa.orchestration.follow import Follower
from sohoa.orchestration.instance import (
    ALL_DAGS,
    COVERAGE,
    NIGHTLY,
    Lock,
    await_ready,
    client,
    open_instance,
    started,
    take_lock,
)
from sohoa.orchestration.processes import Components, free_port
from sohoa.settings import load_settings

_POOL = ("ocr", 1, "OCR: one batch at a time, its worker processes use all cores")
_NIGHT = ("api-server", "scheduler", "dag-processor")


def run_night(home: AirflowHome) -> int:
    """One night from start to end; returns the exit code of the project's commands."""
    lock = take_lock(home, wait=False)
    if lock is None and (url := open_instance(home)):
        api = client(home, url)
        await_ready(api, lambda: None)
        return _exit_code(_night(api, home, None))
    with started(home, lock or _wait_for_lock(home), "run", free_port(), _NIGHT) as (api, components):
        run = _night(api, home, components)
    return _exit_code(run)


def up_to_date() -> bool:
    """Whether the last night ended well and nothing waits, no file for reading and no copy for its seal.

    Brings the coverage figures up to date then, and delivers what waits.
    """
    from sohoa.usecases.coverage.deliver import deliver
    from sohoa.usecases.coverage.snapshots import write_snapshot
    from sohoa.usecases.pipeline.nightly import last_report, plan_batches
    from sohoa.wiring import open_services, reader_of

    with open_services(load_settings()) as services:
        report = last_report(services.reports)
        ended_well = report.get("failed") is False and not report.get("seals", {}).get("waiting")
        if not ended_well or plan_batches(services):
            return False
        reader = reader_of(services)
        write_snapshot(reader, services)
        deliver(reader, services)
    return True


def _wait_for_lock(home: AirflowHome) -> Lock:
    print("another night is running here: waiting for its end", file=sys.stderr)
    lock = take_lock(home, wait=True)
    if lock is None:
        raise Unavailable(f"{home.lock_file} cannot be locked")
    return lock


def _night(api: AirflowApi, home: AirflowHome, components: Components | None) -> Run:
    api.set_pool(*_POOL)
    for dag_id in (NIGHTLY, COVERAGE):
        api.unpause(dag_id)
    run = api.trigger(NIGHTLY)
    return Follower(api, home.logs, components.check if components else lambda: None).to_end(run, COVERAGE)


def _exit_code(run: Run) -> int:
    if run.state == "success":
        return 0
    from sohoa.usecases.pipeline.nightly import last_report
    from sohoa.wiring import open_reports

    report = last_report(open_reports(load_settings()))
    print(
        report.get("error") or "Unavailable: the night failed; its task logs: make airflow", file=sys.stderr
    )
    return int(report.get("exit_code", ExitCode.UNAVAILABLE))


def keep_open(home: AirflowHome, port: int) -> int:
    """Airflow with its web page, until Ctrl-C or SIGTERM."""
    free_port(port)
    names = (*_NIGHT, "triggerer")
    with started(home, _free_lock(home), "airflow", port, names) as (api, components):
        api.set_pool(*_POOL)
        for dag_id in ALL_DAGS:
            api.unpause(dag_id)
        print(f"Airflow: http://127.0.0.1:{port}  user: {USER}  password: in {home.passwords_file}")
        print("Ctrl-C ends it.", flush=True)
        while True:
            components.check()
            time.sleep(1)


def _free_lock(home: AirflowHome) -> Lock:
    lock = take_lock(home, wait=False)
    if lock is None:
        where = open_instance(home) or "a night that is running; wait for its end"
        raise Unavailable(f"this home's Airflow is at work already: {where}")
    return lock


def standalone(home: AirflowHome, port: int) -> NoReturn:
    """Become ``airflow standalone`` with this home's settings; it holds the home's lock."""
    lock = _free_lock(home)
    prepare(home)
    os.set_inheritable(lock.descriptor, True)
    lock.say("airflow", f"http://127.0.0.1:{port}")
    # `airflow standalone` starts its parts by the name `airflow`.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [sys.executable, "-m", "airflow", "standalone"]
    os.execve(sys.executable, command, {**os.environ, **environment(home, port), "PATH": path})


def _print_environment(home: AirflowHome, port: int) -> int:
    for name, value in environment(home, port).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def main(arguments: list[str]) -> int:
    """Entry point; errors become the exit codes of the project's commands."""
    # A shell starts background commands with Ctrl-C ignored; ours must end cleanly there, too.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        return _dispatch(arguments, int(os.environ.get("AIRFLOW_PORT", "8080")))
    except SohoaError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def _dispatch(arguments: list[str], port: int) -> int:
    home = locate(load_settings())
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    match arguments:
        case ["run"]:
            return run_night(home)
        case ["catch-up"]:
            if up_to_date():
                print("nothing new since the last night: Airflow is not started", file=sys.stderr)
                return 0
            return run_night(home)
        case ["airflow"]:
            return keep_open(home, port)
        case ["standalone"]:
            standalone(home, port)
        case ["env"]:
            return _print_environment(home, port)
        case _:
            raise Misconfigured("usage: … local run | catch-up | airflow | standalone | env")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
