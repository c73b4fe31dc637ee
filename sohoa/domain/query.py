"""The query language of search, parsed once and rendered by each index adapter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed question; filters are exact, dates inclusive."""

    text: str
    agency: str = ""
    type_name: str = ""
    issued_from: date | None = None
    issued_to: date | None = None
    sort: Literal["relevance", "date"] = "relevance"
