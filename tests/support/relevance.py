"""The relevance corpus of ``tests/contract/relevance.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from sohoa.domain.search.entry import IndexEntry

_DATA = yaml.safe_load(
    (Path(__file__).parents[1] / "contract" / "relevance.yaml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Case:
    """A question, the ids it must find, and the one that must be on top (empty: any)."""

    query: str
    hits: frozenset[str]
    first: str = ""


RECORDS = tuple(
    IndexEntry(name, row["agency"], row.get("mode", "01"), row["fields"], row["body"])
    for name, row in _DATA["records"].items()
)
CASES = tuple(Case(row["query"], frozenset(row["hits"]), row.get("first", "")) for row in _DATA["queries"])
