"""What hits may be narrowed down to, with counts: the agency tree, types, years, hồ sơ, states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sohoa.domain.agencies import AgencyRegister
from sohoa.portal.asking import Asked
from sohoa.portal.questions import Question
from sohoa.ports import FACETS, SearchResult

_MOST_VALUES = 12
_PARAMETERS = {"type_name": "type"}
_CODED = ("state", "quality", "signed")


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value with how many hits have it, and the address that narrows down to it."""

    name: str
    total: int
    link: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A heading and its values; ``more`` are not listed."""

    title: str
    rows: list[FacetRow]
    more: int


def facets(asked: Asked, question: Question, found: SearchResult) -> list[Facet]:
    """What was not chosen yet and tells hits apart: the most frequent values, years newest first."""
    shown = []
    for facet in FACETS:
        name, counts = _PARAMETERS.get(facet, facet), found.facets.get(facet, {})
        if getattr(question, name) or not counts or (len(counts) < 2 and facet != "dossier"):
            continue
        listed = _listed(asked, facet, counts)
        rows = [
            FacetRow(shown_value(asked, name, value), counts[value], question.link(**{name: value}), depth)
            for value, depth in listed
        ]
        shown.append(Facet(asked.texts(name), rows, len(counts) - len(rows)))
    return shown


def _listed(asked: Asked, facet: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[:_MOST_VALUES]
    if facet == "agency":
        return list(_tree(asked.services.agencies, frequent))
    return [(value, 0) for value in (sorted(frequent, reverse=True) if facet == "year" else frequent)]


def _tree(agencies: AgencyRegister, codes: Iterable[str]) -> Iterable[tuple[str, int]]:
    """The agencies each below the nearest of them that it belongs to, with how deep; others last."""
    wanted = set(codes)
    parents = {agency.code: agency.parent or "" for agency in agencies}

    def above(code: str) -> tuple[str, ...]:
        parent = parents.get(code, "")
        return (*above(parent), parent) if parent else ()

    for code in sorted(wanted, key=lambda code: (code not in parents, (*above(code), code))):
        yield code, sum(parent in wanted for parent in above(code))


def shown_value(asked: Asked, name: str, value: str) -> str:
    """A value of the question as people read it."""
    t = asked.texts
    if name == "word":
        return f"«{value}»"
    if name == "agency":
        return asked.services.agencies.name(value)
    if name in _CODED:
        return t(f"{name}_{value}") if t.knows(f"{name}_{value}") else value
    if name in ("tu", "den"):
        return f"{t('issued_from' if name == 'tu' else 'issued_to')} {value}"
    if name in ("dossier", "signer"):
        return f"{t(name)}: {value}"
    return value
