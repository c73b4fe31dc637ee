"""The targets of ``config/targets.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sohoa.adapters.config_files.strict_yaml import day, entries, text
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.errors import Misconfigured

_KEYS = ("code", "name", "low", "high", "measured", "source", "valid_from", "valid_to")
_REQUIRED = ("code", "name", "low", "high", "measured", "source")


def read_targets(path: Path) -> Sequence[LegalTarget]:
    """All targets in the order of the file; raises ``Misconfigured`` naming entry and key."""
    listed = entries(path, "targets", _KEYS, _REQUIRED)
    targets = [_target(f"{path}: targets[{n}]", entry) for n, entry in enumerate(listed, start=1)]
    codes = [target.code for target in targets]
    if len(set(codes)) != len(codes):
        raise Misconfigured(f"{path}: targets: a code stands twice")
    return targets


def _target(where: str, entry: Mapping[str, Any]) -> LegalTarget:
    low, high = (_share(where, entry, key) for key in ("low", "high"))
    if high < low:
        raise Misconfigured(f"{where}: high lies below low")
    if not isinstance(entry["measured"], bool):
        raise Misconfigured(f"{where}: measured: must be true or false")
    return LegalTarget(
        code=text(where, entry, "code") or "",
        name=text(where, entry, "name") or "",
        low=low,
        high=high,
        measured=entry["measured"],
        source=text(where, entry, "source") or "",
        valid_from=day(where, entry, "valid_from"),
        valid_to=day(where, entry, "valid_to"),
    )


def _share(where: str, entry: Mapping[str, Any], key: str) -> Decimal:
    value = entry[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Misconfigured(f"{where}: {key}: must be a share from 0 to 1, not {value!r}")
    return Decimal(str(value))
