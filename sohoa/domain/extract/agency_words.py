"""Words that agencies' names are told by, as data (``agency_words.yaml`` beside this module)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ocr.vietnamese.folding import fold, letters
from sohoa.domain.errors import Misconfigured
from sohoa.domain.vietnamese import normalise


@dataclass(frozen=True, slots=True)
class AgencyWords:
    """Patterns over folded text. ``start``: a name begins so; ``ranks`` are by such a beginning.

    ``kinds`` are those beginnings as they are written. ``incomplete``: what follows the line belongs to it;
    ``continues``: the line belongs to the one before. ``read_as_one`` are beginnings in letters squeezed
    together.
    """

    start: re.Pattern[str]
    ranks: Mapping[str, int]
    kinds: Mapping[str, str]
    incomplete: re.Pattern[str]
    continues: re.Pattern[str]
    read_as_one: tuple[str, ...]


def load_agency_words(data: Mapping[str, Any]) -> AgencyWords:
    """Build them from the parsed YAML; raises ``Misconfigured`` naming the faulty list."""
    kinds = _entries(data, "kinds")
    ranks: dict[str, int] = {}
    for number, entry in enumerate(kinds, start=1):
        rank = entry.get("rank")
        if rank is None:
            continue
        if type(rank) is not int:
            raise Misconfigured(f"agency words: kinds[{number}]: rank must be a whole number or null")
        ranks |= dict.fromkeys(map(fold, entry["words"]), rank)
    whole, begun = _any(_words(data, "incomplete")), _any(_words(data, "incomplete_begins"))
    joining = "|".join(rf"\b{re.escape(word)}" for word in _words(data, "joining"))
    return AgencyWords(
        start=re.compile(rf"{_any(fold(word) for entry in kinds for word in entry['words'])}\b"),
        ranks=ranks,
        kinds={fold(word): normalise(word) for entry in kinds for word in entry["words"]},
        incomplete=re.compile(rf"^(?:{whole}|{begun}.*)$|(?:{joining}|[-–,&])$"),
        continues=re.compile(rf"^{_any(_words(data, 'continues'))}\b"),
        read_as_one=tuple(map(letters, _words(data, "read_as_one"))),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, long ones first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def _words(data: Mapping[str, Any], section: str) -> list[str]:
    return [fold(word) for entry in _entries(data, section) for word in entry["words"]]


def _entries(data: Mapping[str, Any], section: str) -> list[Mapping[str, Any]]:
    listed, sources = data.get(section), data.get("sources")
    if not isinstance(listed, list) or not listed or not isinstance(sources, dict):
        raise Misconfigured(f"agency words: sources or the list {section!r} are missing or empty")
    for number, entry in enumerate(listed, start=1):
        words = entry.get("words") if isinstance(entry, dict) else None
        texts = isinstance(words, list) and all(isinstance(word, str) and letters(word) for word in words)
        if not words or not texts:
            raise Misconfigured(f"agency words: {section}[{number}]: words must be a list of texts")
        if entry.get("source") not in sources:
            raise Misconfigured(f"agency words: {section}[{number}]: its source is none of those listed")
    return listed
