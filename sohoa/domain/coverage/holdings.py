"""Declared holdings: how much paper an agency says it keeps. The denominators of coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


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
    line of the register that says so (``holdings.csv:3``).
    """

    agency: str
    fonds: str
    year: int | None
    unit: Unit
    held: Decimal
    source: str
    as_of: date
    row: str = ""

    @property
    def subject(self) -> tuple[str, str, int | None, Unit]:
        """What is declared; a later declaration of the same subject replaces an earlier one."""
        return self.agency, self.fonds, self.year, self.unit


def in_force(holdings: Iterable[Holding], on: date | None = None) -> tuple[Holding, ...]:
    """The latest declaration of each subject made up to that day (None: of all), sorted."""
    latest: dict[tuple[str, str, int | None, Unit], Holding] = {}
    for holding in holdings:
        if on is not None and holding.as_of > on:
            continue
        known = latest.get(holding.subject)
        if known is None or known.as_of < holding.as_of:
            latest[holding.subject] = holding
    return tuple(sorted(latest.values(), key=_order))


def held_by_year(holdings: Iterable[Holding]) -> Mapping[int | None, Mapping[Unit, Decimal]]:
    """Sums over fonds, by year and unit."""
    sums: dict[int | None, dict[Unit, Decimal]] = defaultdict(dict)
    for holding in holdings:
        year = sums[holding.year]
        year[holding.unit] = year.get(holding.unit, Decimal(0)) + holding.held
    return sums


def _order(holding: Holding) -> tuple[str, int, str, str]:
    year = 10_000 if holding.year is None else holding.year
    return holding.agency, year, holding.fonds, holding.unit.value
