"""Targets of the law and of the province, each with source and validity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class LegalTarget:
    """A target as shares of 1; both days are inclusive, None means open.

    ``measured`` says that the headline ratio of coverage is the figure that the target speaks of.
    """

    code: str
    name: str
    low: Decimal
    high: Decimal
    measured: bool
    source: str
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the target binds on that day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)

    def value(self, ratio: Fraction | None) -> Fraction | None:
        """The headline ratio, where it is what the target speaks of."""
        return ratio if self.measured else None

    def gap(self, ratio: Fraction | None) -> Fraction | None:
        """How much the headline ratio lacks, 0 when it is reached; None where nothing is measured."""
        return None if ratio is None or not self.measured else max(Fraction(0), Fraction(self.low) - ratio)


def binding(targets: Iterable[LegalTarget], day: date | None) -> tuple[LegalTarget, ...]:
    """The targets of that day; all of them when no day is given."""
    return tuple(target for target in targets if day is None or target.valid_on(day))
