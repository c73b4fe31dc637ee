"""Closed vocabularies as data (``config/vocabularies.yaml``): places, posts, foreign words; and syllables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocr.vietnamese.language import Key, key
from sohoa.domain.errors import Misconfigured
from sohoa.domain.vietnamese import normalise


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Names of places and posts, each once, in alphabetical order. Empty: nothing is corrected.

    ``syllables`` are keys of the words that may stand in a text, those of the names among them. Empty:
    nothing is doubted for its words.
    """

    places: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    syllables: frozenset[Key] = frozenset()


def load_vocabularies(data: Mapping[str, Any], syllables: frozenset[Key] = frozenset()) -> Vocabularies:
    """Build them from the parsed YAML; raises ``Misconfigured`` naming the faulty list.

    ``syllables`` are those of the language; a list without ``words`` adds none but those of its names.
    """
    places, posts = _names(data, "places"), _names(data, "posts")
    words = _names(data, "words") if "words" in data else ()
    named = (key(word) for name in (*places, *posts, *words) for word in name.split())
    return Vocabularies(places, posts, syllables.union(named) if syllables else syllables)


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
