"""The targets and the criteria of ranking of ``config/targets.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sohoa.adapters.config_files.strict_yaml import day, entries, load_yaml, text
from sohoa.domain.coverage.ranking import Criterion, Figure
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.errors import Misconfigured

_KEYS = ("code", "name", "low", "high", "measured", "source", "valid_from", "valid_to")
_REQUIRED = ("code", "name", "low", "high", "measured", "source")
_CRITERION_KEYS = ("code", "name", "figure", "points", "missing", "source", "valid_from", "valid_to")
_CRITERION_REQUIRED = ("code", "name", "figure", "points", "source")
_MOST_POINTS = 1000


def read_targets(path: Path) -> Sequence[LegalTarget]:
    """All targets in the order of the file; raises ``Misconfigured`` naming entry and key."""
    listed = entries(path, "targets", _KEYS, _REQUIRED)
    targets = [_target(f"{path}: targets[{n}]", entry) for n, entry in enumerate(listed, start=1)]
    _unlike(path, "targets", [target.code for target in targets])
    return targets


def read_criteria(path: Path) -> Sequence[Criterion]:
    """The criteria of ranking, none where the file has no such section; raises as above."""
    if "ranking" not in load_yaml(path):
        return []
    listed = entries(path, "ranking", _CRITERION_KEYS, _CRITERION_REQUIRED)
    criteria = [_criterion(f"{path}: ranking[{n}]", entry) for n, entry in enumerate(listed, start=1)]
    _unlike(path, "ranking", [criterion.code for criterion in criteria])
    return criteria


def _unlike(path: Path, section: str, codes: Sequence[str]) -> None:
    if len(set(codes)) != len(codes):
        raise Misconfigured(f"{path}: {section}: a code stands twice")


def _criterion(where: str, entry: Mapping[str, Any]) -> Criterion:
    figures = [figure.value for figure in Figure]
    if entry["figure"] not in figures:
        raise Misconfigured(f"{where}: figure: must be one of {', '.join(figures)}, not {entry['figure']!r}")
    points = _number(where, entry, "points", _MOST_POINTS)
    missing = _number(where, entry, "missing", _MOST_POINTS) if "missing" in entry else Decimal(0)
    if missing > points:
        raise Misconfigured(f"{where}: missing: more than the {points} points of the criterion")
    return Criterion(
        code=text(where, entry, "code") or "",
        name=text(where, entry, "name") or "",
        figure=Figure(entry["figure"]),
        points=points,
        source=text(where, entry, "source") or "",
        missing=missing,
        valid_from=day(where, entry, "valid_from"),
        valid_to=day(where, entry, "valid_to"),
    )


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
    return _number(where, entry, key, 1)


def _number(where: str, entry: Mapping[str, Any], key: str, most: int) -> Decimal:
    value = entry[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        wanted = "a share from 0 to 1" if most == 1 else f"a number from 0 to {most}"
        raise Misconfigured(f"{where}: {key}: must be {wanted}, not {value!r}")
    return Decimal(str(value))
