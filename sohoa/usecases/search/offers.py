"""What may have been meant, and what may be typed next: always counted under the reader's own access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.folding import fold_plain, words
from sohoa.domain.search.query import Query
from sohoa.ports import SearchIndex

FEW = 5
"""Beside more hits than these nothing is offered."""
_TIMES = 10
_OFFERED = 3
_OF_EACH, _COUNTED = 4, 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to search by: its kind (agency, type, number, signer), value, name, and records with it."""

    kind: str
    value: str
    name: str
    total: int


def offers(reader: Reader, index: SearchIndex, total: int, near: Sequence[Query]) -> list[tuple[int, int]]:
    """Which of the near questions to offer beside one that found ``total``: their places and totals.

    Where something was found, only what finds ten times as much; nothing beside more than five hits.
    """
    if total > FEW or not near:
        return []
    counted = enumerate(index.counts(near, reader.access))
    better = [(place, found) for place, found in counted if found > total * _TIMES]
    return sorted(better, key=lambda pair: (-pair[1], pair[0]))[:_OFFERED]


def suggestions(
    reader: Reader, index: SearchIndex, agencies: AgencyRegister, types: TypeTable, typed: str
) -> list[Suggestion]:
    """Agencies, types, numbers and signers that go on as typed and of which the reader may see records."""
    if not words(typed):
        return []
    listed = [
        *(("agency", each.code, each.name) for each in _covered(reader, agencies, typed)),
        *(("type", kind.name, kind.name) for kind in types.types if _goes_on(kind.name, typed)),
    ][:_COUNTED]
    asked = [
        Query("", agency=value) if kind == "agency" else Query("", type_name=value)
        for kind, value, _ in listed
    ]
    totals = index.counts(asked, reader.access)
    known = [Suggestion(*each, total) for each, total in zip(listed, totals, strict=True) if total]
    found = [
        Suggestion(kind, value, value, total)
        for kind in ("number", "signer")
        for value, total in index.complete(kind, typed, reader.access, _OF_EACH).items()
    ]
    return [*found, *(each for kind in ("agency", "type") for each in _first(known, kind))]


def _first(known: Sequence[Suggestion], kind: str) -> list[Suggestion]:
    of_kind = [each for each in known if each.kind == kind]
    return sorted(of_kind, key=lambda each: (-each.total, each.name))[:_OF_EACH]


def _covered(reader: Reader, agencies: AgencyRegister, typed: str) -> Iterator[Agency]:
    return (a for a in agencies if reader.access.covers(a.code) and _goes_on(a.name, typed))


def _goes_on(name: str, typed: str) -> bool:
    """Whether the name goes on as typed, from the beginning of a word on, whatever the marks."""
    return f" {_plain(typed)}" in f" {_plain(name)}"


def _plain(text: str) -> str:
    return " ".join(map(fold_plain, words(text)))
