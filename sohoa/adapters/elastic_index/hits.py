"""From the server's answer to hits, counts and passages."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sohoa.domain.search.projection import header_values
from sohoa.domain.search.query_tree import Phrase
from sohoa.domain.search.snippets import passages
from sohoa.ports import FACETS, SearchHit

_HEADS = 2


def _mark(kind: str) -> str:
    return f"{kind}{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Marks:
    """What the server puts around found words; made by chance for one answer, so that no paper holds it."""

    start: str = field(default_factory=lambda: _mark("\ue000"))
    end: str = field(default_factory=lambda: _mark("\ue001"))

    def shown(self, passage: str) -> str:
        """The passage as HTML: all escaped, found words in ``<mark>``."""
        escaped = html.escape(re.sub(r"\s+", " ", passage.strip()))
        return escaped.replace(self.start, "<mark>").replace(self.end, "</mark>")


def counts(answer: Mapping[str, Any]) -> tuple[int, dict[str, dict[str, int]]]:
    """Total and facets of all hits."""
    facets = {
        name: {str(row["key"]): int(row["doc_count"]) for row in answer["aggregations"][name]["buckets"]}
        for name in FACETS
    }
    return int(answer["hits"]["total"]["value"]), facets


def hit(row: Mapping[str, Any], phrases: Sequence[Phrase], marks: Marks) -> SearchHit:
    """One hit: passages of at most two header values first, then of the text."""
    fields: dict[str, str] = row["_source"].get("fields", {})
    heads = [shown for value in header_values(fields) for shown in passages(value, phrases, limit=1)]
    found = [marks.shown(passage) for passage in row.get("highlight", {}).get("body", ())]
    shown = (*heads[:_HEADS], *found) if phrases else ()
    return SearchHit(row["_id"], float(row["_score"] or 0), fields, tuple(dict.fromkeys(shown)))
