"""Declared holdings: how much paper an agency says it keeps. The denominators of coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Bounds = tuple[Decimal, Decimal]
Subject = tuple[str, str, int | None, "Unit", str, str]


class Unit(StrEnum):
    """Units of archive statistics (forms 0804, 0805 and 0808): metres are metres of shelf."""

    DOCUMENTS = "documents"
    FILES = "files"
    SHEETS = "sheets"
    METRES = "metres"


@dataclass(frozen=True, slots=True)
class Holding:
    """One declaration: ``held`` units of a fonds and issue year, counted on the day ``as_of``.

    ``year`` None is paper whose year is not known. Secret papers, drafts, duplicates and papers damaged
    beyond scanning are not to be declared (they are shown apart). ``source`` names the proof, ``row`` the
    line of the register that says so (``holdings.csv:3``). Empty ``retention`` and ``kind`` mean all of them.
    ``bounds`` are the lowest and the highest number that an estimate allows, None for a full count;
    ``valid_to`` is the last day on which the declaration holds, None means until another one.
    """

    agency: str
    fonds: str
    year: int | None
    unit: Unit
    held: Decimal
    source: str
    as_of: date
    row: str = ""
    retention: str = ""
    kind: str = ""
    bounds: Bounds | None = None
    valid_to: date | None = None

    @property
    def subject(self) -> Subject:
        """What is declared; a later declaration of the same subject replaces an earlier one."""
        return self.agency, self.fonds, self.year, self.unit, self.retention, self.kind

    @property
    def statement(self) -> tuple[object, ...]:
        """All that is said, without the place where it stands: equal ones need no second declaration."""
        return self.subject, self.held, self.bounds, self.source, self.as_of, self.valid_to


@dataclass(frozen=True, slots=True)
class Declaration:
    """A holding as the ledger keeps it: who declared it when, in which order.

    ``counts_from`` is the first day whose figures it may change: the day of the count, but never a day
    whose snapshot was made before it was declared.
    """

    number: int
    holding: Holding
    declared_by: str
    declared_at: datetime
    counts_from: date

    def known_on(self, day: date | None) -> bool:
        """Whether figures of that day know of it; None is now."""
        return day is None or self.counts_from <= day


def in_force(holdings: Iterable[Holding], on: date | None = None) -> tuple[Holding, ...]:
    """The latest declaration of each subject made up to that day (None: of all), sorted.

    Of two counts of one day the later one in the order given stands, as a correction of the other.
    """
    latest: dict[Subject, Holding] = {}
    for holding in holdings:
        if on is not None and holding.as_of > on:
            continue
        known = latest.get(holding.subject)
        if known is None or known.as_of <= holding.as_of:
            latest[holding.subject] = holding
    standing = (h for h in latest.values() if on is None or h.valid_to is None or on <= h.valid_to)
    return tuple(sorted(standing, key=_order))


def declared_once(holdings: Iterable[Holding]) -> tuple[tuple[Holding, ...], tuple[Holding, ...]]:
    """The declarations to count, and those whose paper another one of the same fonds, year and unit counts.

    One for all retentions or kinds contains those for a part.
    """
    listed = tuple(holdings)
    wide: dict[tuple[object, ...], set[tuple[str, str]]] = defaultdict(set)
    for holding in listed:
        wide[holding.subject[:4]].add((holding.retention, holding.kind))
    twice = tuple(
        h
        for h in listed
        if any(
            (r, k) != (h.retention, h.kind) and r in ("", h.retention) and k in ("", h.kind)
            for r, k in wide[h.subject[:4]]
        )
    )
    left = set(map(id, twice))
    return tuple(h for h in listed if id(h) not in left), twice


def held_by_year(holdings: Iterable[Holding]) -> Mapping[int | None, Mapping[Unit, Decimal]]:
    """Sums over fonds, by year and unit."""
    sums: dict[int | None, dict[Unit, Decimal]] = defaultdict(dict)
    for holding in holdings:
        year = sums[holding.year]
        year[holding.unit] = year.get(holding.unit, Decimal(0)) + holding.held
    return sums


def bounds_by_year(holdings: Iterable[Holding]) -> Mapping[int | None, Mapping[Unit, Bounds]]:
    """The lowest and highest sums over fonds, by year and unit, where a part of them was estimated."""
    sums: dict[int | None, dict[Unit, Bounds]] = defaultdict(dict)
    estimated = set()
    for holding in holdings:
        low, high = sums[holding.year].get(holding.unit, (Decimal(0), Decimal(0)))
        least, most = holding.bounds or (holding.held, holding.held)
        sums[holding.year][holding.unit] = low + least, high + most
        if holding.bounds is not None:
            estimated.add((holding.year, holding.unit))
    return {
        year: {unit: bounds for unit, bounds in units.items() if (year, unit) in estimated}
        for year, units in sums.items()
    }


def _order(holding: Holding) -> tuple[str, int, str, str, str, str]:
    year = 10_000 if holding.year is None else holding.year
    return holding.agency, year, holding.fonds, holding.unit.value, holding.retention, holding.kind
