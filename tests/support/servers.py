"""The real servers that tests may use: those of ``scripts/services``, or others by ``SOHOA_TEST_`` variables.

``SOHOA_TEST_STORE__ENDPOINT`` and so on are the settings of ``config/sohoa.yaml``; where one is given,
``services.env`` is not read.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from functools import lru_cache

import pytest

from sohoa.settings import Settings, home_folder, load_settings

NO_SERVERS = "no servers: run scripts/services start"
_TEST = "SOHOA_TEST_"
_KINDS = {"STORE": "s3", "LEDGER": "postgresql", "INDEX": "elasticsearch"}


@lru_cache(maxsize=1)
def variables() -> Mapping[str, str]:
    """Sohoa's variables that reach the servers; empty when there are none."""
    given = {
        f"SOHOA_{n.removeprefix(_TEST)}": value for n, value in os.environ.items() if n.startswith(_TEST)
    }
    if given:
        sections = {name.removeprefix("SOHOA_").partition("__")[0] for name in given}
        return {f"SOHOA_{section}__KIND": _KINDS[section] for section in sections} | given
    path = home_folder({}) / "services.env"
    if os.environ.get("SOHOA_HOME"):
        path = home_folder() / "services.env"
    if not path.is_file():
        return {}
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines() if "=" in line)
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def servers() -> Settings | None:
    """Settings whose ``store``, ``ledger`` and ``index`` are the servers; None without servers."""
    return load_settings(dict(variables())) if variables() else None


def needed(*sections: str) -> Settings:
    """The same; a test is skipped when one of the servers that it needs (or any, by default) is not there."""
    found, there = servers(), {name.removeprefix("SOHOA_").partition("__")[0].lower() for name in variables()}
    if found is None or not there.issuperset(sections or map(str.lower, _KINDS)):
        pytest.skip(NO_SERVERS)
    return found
