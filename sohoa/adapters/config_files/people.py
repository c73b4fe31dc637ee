"""The people of ``config/people.yaml``: who may act by name, in which roles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sohoa.adapters.config_files.strict_yaml import entries
from sohoa.domain.errors import Misconfigured
from sohoa.domain.protection.rights import RIGHTS


def read_people(path: Path) -> Mapping[str, frozenset[str]]:
    """Roles by name; raises ``Misconfigured`` naming the entry."""
    people: dict[str, frozenset[str]] = {}
    for number, entry in enumerate(entries(path, "people", ("name", "roles"), ("name", "roles")), start=1):
        roles = entry["roles"]
        if not isinstance(roles, list) or not set(roles) <= set(RIGHTS):
            raise Misconfigured(
                f"{path}: people[{number}]: roles must be a list of {', '.join(sorted(RIGHTS))}"
            )
        people[str(entry["name"]).strip()] = frozenset(roles)
    return people
