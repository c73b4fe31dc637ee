"""Closed vocabularies as data: place names and posts (``config/vocabularies.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sohoa.domain.errors import Misconfigured
from sohoa.domain.vietnamese import normalise


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Names of places and posts, each once, in alphabetical order. Empty: nothing is corrected."""

    places: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


def load_vocabularies(data: Mapping[str, Any]) -> Vocabularies:
    """Build them from the parsed YAML; raises ``Misconfigured`` naming the faulty list."""
    return Vocabularies(_names(data, "places"), _names(data, "posts"))


def _names(data: Mapping[str, Any], section: str) -> tuple[str, ...]:
    lists = data.get(section)
    if not isinstance(lists, list) or not lists:
        raise Misconfigured(f"vocabularies: the list {section!r} is missing or empty")
    found: set[str] = set()
    for number, entry in enumerate(lists, start=1):
        names = entry.get("names") if isinstance(entry, dict) else None
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise Misconfigured(f"vocabularies: {section}[{number}]: names must be a list of texts")
        found.update(normalise(name.strip()) for name in names)
    return tuple(sorted(found))
