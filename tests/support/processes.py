"""Real processes for tests of claims and locks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

PRELUDE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sohoa.adapters.ledger import open_ledger
from sohoa.adapters.processes import alive, new_owner
from sohoa.adapters.sqlite_index import SqliteIndex
from sohoa.domain.archive.actions import Action
from sohoa.domain.protection.access import OPERATOR
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from sohoa.domain.search.entry import IndexEntry
place = sys.argv[1]
"""


def start(code: str, place: str) -> subprocess.Popen[str]:
    """A Python process that runs the code after ``PRELUDE``; ``place`` is its first argument."""
    command = [sys.executable, "-c", PRELUDE + code, place]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def start_ready(code: str, place: str) -> subprocess.Popen[str]:
    """As ``start``; returns when the code printed its first line, which it must flush."""
    process = start(code, place)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def results(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """What each printed (after a first line that was read already); all must end well."""
    printed = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return printed


def kill(process: subprocess.Popen[str]) -> None:
    """End it the hard way, as a power cut would."""
    process.kill()
    process.communicate()
