"""Errors at Airflow's edge: what to retry, what to give up at once, and who hears of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

from sohoa.domain.errors import ExitCode, NoSpace, SohoaError, Unavailable
from sohoa.settings import load_settings

log = logging.getLogger(__name__)


@contextmanager
def translated() -> Iterator[None]:
    """``Unavailable`` passes, so that Airflow retries it; every other error of ours fails the task now.

    A full disk needs a person, so it is not retried either.
    """
    try:
        yield
    except SohoaError as error:
        if isinstance(error, Unavailable) and not isinstance(error, NoSpace):
            raise
        raise AirflowFailException(_sentence(error)) from error


def task_failed(context: Any) -> None:
    """A task's on-failure callback: leave a last-run report that names the error, log an ERROR line."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        _report(_sentence(error), _exit_code(error))
    else:
        _report("Unavailable: the task was killed")


def run_failed(context: Any) -> None:
    """The DAG's on-failure callback, the safety net for a task that was killed.

    It keeps the report that the failed task has written, which knows the error.
    """
    from sohoa.usecases.pipeline.nightly import last_report
    from sohoa.wiring import open_reports

    report = last_report(open_reports(load_settings()))
    run = context.get("dag_run")
    since = (run.start_date if run else None) or datetime.now(UTC)
    if report.get("failed") and datetime.fromisoformat(report["finished_at"]) >= since:
        log.error("digitize_nightly failed: %s", report["error"])
    else:
        _report(f"Unavailable: {context.get('reason') or 'the run was ended from outside'}")


def _sentence(error: BaseException) -> str:
    return str(error) if isinstance(error, AirflowFailException) else f"{type(error).__name__}: {error}"


def _exit_code(error: BaseException) -> ExitCode:
    """The code of our error, also of one that was handed on as Airflow's."""
    ours = error.__cause__ if isinstance(error, AirflowFailException) else error
    return ours.exit_code if isinstance(ours, SohoaError) else ExitCode.UNAVAILABLE


def _report(sentence: str, exit_code: ExitCode = ExitCode.UNAVAILABLE) -> None:
    # DAG files import this module often; adapters are loaded where they are needed.
    from sohoa.usecases.pipeline.nightly import report_failure
    from sohoa.wiring import open_reports

    log.error("digitize_nightly failed: %s", sentence)
    report_failure(open_reports(load_settings()), sentence, exit_code, datetime.now(UTC))
