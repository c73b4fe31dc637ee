"""What an agency's part of the archive holds: records by year of issue.

Counts are the index's own for this reader: no step counts what its reader may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.query import Query
from sohoa.ports import SearchIndex


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency's records that a reader may see: how many, and how many of each year of issue, newest first.

    ``undated`` are those without a year. ``depth`` is how many listed agencies stand above it.
    """

    code: str
    name: str
    total: int
    years: Mapping[str, int]
    depth: int = 0

    @property
    def undated(self) -> int:
        return self.total - sum(self.years.values())


def branches(reader: Reader, index: SearchIndex, agencies: AgencyRegister) -> list[Branch]:
    """All agencies within the reader's scope that have records, each below the one it belongs to."""
    below: dict[str, list[str]] = {}
    for agency in agencies:
        below.setdefault(agency.parent or "", []).append(agency.code)
    found: list[Branch] = []

    def walk(code: str, depth: int) -> None:
        branch = _branch(reader, index, agencies, code, depth)
        found.extend([branch] if branch.total else [])
        for child in below.get(code, ()):
            walk(child, depth + 1 if branch.total else depth)

    for root in below.get("", ()):
        walk(root, 0)
    return found


def branch(reader: Reader, index: SearchIndex, agencies: AgencyRegister, code: str) -> Branch:
    """One agency; raises ``NotFound`` for one that is not listed or not within the reader's scope."""
    if not agencies.knows(code) or not reader.access.covers(code):
        raise NotFound("agency", f"agency {code!r} is not in the agency register")
    return _branch(reader, index, agencies, code, 0)


def _branch(reader: Reader, index: SearchIndex, agencies: AgencyRegister, code: str, depth: int) -> Branch:
    if not reader.access.covers(code):
        return Branch(code, agencies.name(code), 0, {}, depth)
    found = index.search(Query("", agency=code), reader.access, size=0)
    years = dict(sorted(found.facets["year"].items(), reverse=True))
    return Branch(code, agencies.name(code), found.total, years, depth)
