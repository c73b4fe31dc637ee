"""The agency register of ``config/agencies.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sohoa.adapters.config_files.strict_yaml import day, entries, text
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.errors import Misconfigured

_KEYS = ("code", "name", "parent", "valid_from", "valid_to", "successor", "fonds", "closed", "aliases")


def read_agencies(path: Path) -> AgencyRegister:
    """The register; raises ``Misconfigured`` naming entry and key."""
    listed = entries(path, "agencies", _KEYS, ("code", "name"))
    agencies = [_agency(f"{path}: agencies[{n}]", entry) for n, entry in enumerate(listed, start=1)]
    try:
        return AgencyRegister(agencies)
    except ValueError as error:
        raise Misconfigured(f"{path}: {error}") from error


def _agency(where: str, entry: Mapping[str, Any]) -> Agency:
    fonds = entry.get("fonds") or []
    if not isinstance(fonds, list):
        raise Misconfigured(f"{where}: fonds: must be a list of fonds codes")
    closed = entry.get("closed", False)
    if not isinstance(closed, bool):
        raise Misconfigured(f"{where}: closed: must be true or false")
    return Agency(
        code=text(where, entry, "code") or "",
        name=text(where, entry, "name") or "",
        parent=text(where, entry, "parent"),
        valid_from=day(where, entry, "valid_from"),
        valid_to=day(where, entry, "valid_to"),
        successor=text(where, entry, "successor"),
        fonds=tuple(str(code) for code in fonds),
        closed=closed,
        aliases=_aliases(where, entry),
    )


def _aliases(where: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = entry.get("aliases") or []
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise Misconfigured(f"{where}: aliases: must be a list of names")
    return tuple(name.strip() for name in names)
