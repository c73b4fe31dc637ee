"""What an estimated holding does to a ratio: its lowest and highest value, exactly.

An estimate says that a number lies between two bounds; where it lies is open, for every year by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Estimated:
    """A year whose documents were estimated: ``covered`` of ``held``, which lies in ``low`` to ``high``."""

    covered: int
    held: Decimal
    low: Decimal
    high: Decimal

    def counted(self, held: Decimal) -> Fraction:
        """What a sum counts of the year if it holds so many: at most all of them."""
        return min(Fraction(self.covered), Fraction(held))

    @property
    def best(self) -> Decimal:
        """The number held by which the ratio is highest: what is covered, within the bounds."""
        return min(max(Decimal(self.covered), self.low), self.high)


def ratio_range(cells: Sequence[Estimated], covered: Fraction, held: Decimal) -> tuple[Fraction, Fraction]:
    """The lowest and highest share of the years together with others that are known: covered of held."""
    most = covered + sum(cell.counted(cell.best) for cell in cells)
    return _lowest(cells, covered, held), _share(most, held + sum(cell.best for cell in cells))


def missing_range(cells: Sequence[Estimated], goal: Fraction) -> tuple[Fraction, Fraction]:
    """How much the documents missing to the share ``goal`` change at least and at most."""
    least, most = Fraction(0), Fraction(0)
    for cell in cells:
        lacks = [goal * Fraction(h) - cell.counted(h) for h in (cell.held, cell.low, cell.best, cell.high)]
        least, most = least + min(lacks) - lacks[0], most + max(lacks) - lacks[0]
    return least, most


def _lowest(cells: Sequence[Estimated], covered: Fraction, held: Decimal) -> Fraction:
    """Each year is at one of its bounds; which one depends on the share itself, so it is sought by steps.

    The share falls with every step and is the lowest when it stays (Dinkelbach's method for quotients).
    """
    share = Fraction(1)
    while True:
        ends = [_end(cell, share) for cell in cells]
        counted = covered + sum(cell.counted(end) for cell, end in zip(cells, ends, strict=True))
        found = _share(counted, held + sum(ends))
        if found >= share:
            return share
        share = found


def _end(cell: Estimated, share: Fraction) -> Decimal:
    """The bound at which the year pulls the share down most."""
    lifts = {held: cell.counted(held) - share * Fraction(held) for held in (cell.low, cell.high)}
    return min(lifts, key=lambda held: lifts[held])


def _share(covered: Fraction, held: Decimal) -> Fraction:
    return covered / Fraction(held) if held > 0 else Fraction(1)
