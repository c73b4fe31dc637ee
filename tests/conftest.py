"""Order of the tests; a skipped one is only accepted for a reason that tests/allowed_skips.txt lists."""

from __future__ import annotations

from pathlib import Path

import pytest

_ALLOWED = Path(__file__).with_name("allowed_skips.txt")
_skipped: dict[str, str] = {}
_LONGEST_FIRST = ("dags", "integration", "golden", "contract")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long suites begin, so that of several processes none has one left when the others have ended."""
    tests = Path(__file__).parent

    def rank(item: pytest.Item) -> tuple[int, bool]:
        suite = item.path.relative_to(tests).parts[0]
        place = _LONGEST_FIRST.index(suite) if suite in _LONGEST_FIRST else len(_LONGEST_FIRST)
        return place, item.get_closest_marker("airflow") is None

    items.sort(key=rank)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember why a test was skipped."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember why a whole module was skipped."""
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")


def _forbidden() -> dict[str, str]:
    allowed = {
        line for line in _ALLOWED.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    }
    return {test: reason for test, reason in _skipped.items() if reason not in allowed}


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A forbidden skip fails the run."""
    if (
        _forbidden()
        and session.exitstatus == pytest.ExitCode.OK
        and not hasattr(session.config, "workerinput")
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what did not run."""
    if not _skipped:
        return
    terminalreporter.section(f"NOT RUN: {len(_skipped)} tests", sep="!")
    for reason in sorted(set(_skipped.values())):
        count = sum(1 for other in _skipped.values() if other == reason)
        terminalreporter.write_line(f"{count} tests: {reason}")
    for test, reason in _forbidden().items():
        terminalreporter.write_line(
            f"FORBIDDEN SKIP {test}: {reason} (not in tests/allowed_skips.txt)", red=True
        )
