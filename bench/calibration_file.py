"""Puts measured values into ``config/calibration.yaml``; all else stays as it is written."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from bench.observations import Observation
from sohoa.domain.extract.calibration import load_calibration

_GROUP = re.compile(r"(\w+):\s*$")
_ENTRY = re.compile(
    r"  (?P<name>\w+): \{value: (?P<value>\{.*?\}|[^,]+), n: \d+, source: .*\}(?P<rest>(?:\s+#.*)?\n)"
)
_DISTRIBUTIONS = frozenset({"dates.days_to_signature"})  # shares of all cases, not of those at the point


def rewritten(text: str, found: Sequence[Observation], source: str, least: int) -> str:
    """The calibration with the values that were observed on at least so many cases; its form stays.

    A share is (held + 1) / (cases + 2): no number of cases makes it certain. Raises ``Misconfigured`` where
    what comes out is no calibration.
    """
    cases = defaultdict[str, list[Observation]](list)
    for each in found:
        cases[each.key].append(each)
    group, lines = "", []
    for line in text.splitlines(keepends=True):
        heading, entry = _GROUP.match(line), _ENTRY.match(line)
        group = heading[1] if heading else group
        key = f"{group}.{entry['name']}" if entry else ""
        lines.append(_entry(entry, key, cases[key], source, least) if entry else line)
    after = "".join(lines)
    load_calibration(yaml.safe_load(after))
    return after


def _entry(entry: re.Match[str], key: str, seen: Sequence[Observation], source: str, least: int) -> str:
    if len(seen) < least:
        return entry[0]
    known = yaml.safe_load(entry["value"])
    value = _curve(key, known, seen, least) if isinstance(known, dict) else _share(seen)
    measured = f"{{value: {value}, n: {len(seen)}, source: {json.dumps(source, ensure_ascii=False)}}}"
    return f"  {entry['name']}: {measured}{entry['rest']}"


def _curve(key: str, known: Mapping[float, Any], seen: Sequence[Observation], least: int) -> str:
    """Each point that enough cases are nearest to; of a distribution every point."""
    points = {at: str(share) for at, share in known.items()}
    for at in points:
        if key in _DISTRIBUTIONS:
            points[at] = f"{(sum(each.at == at for each in seen) + 1) / (len(seen) + len(points)):.3f}"
        else:
            near = [each for each in seen if each.at is not None and _nearest(each.at, points) == at]
            points[at] = _share(near) if len(near) >= least else points[at]
    return "{" + ", ".join(f"{at}: {share}" for at, share in points.items()) + "}"


def _nearest(at: float, points: Iterable[float]) -> float:
    return min(points, key=lambda point: abs(point - at))


def _share(seen: Sequence[Observation]) -> str:
    return f"{(sum(each.held for each in seen) + 1) / (len(seen) + 2):.3f}"
