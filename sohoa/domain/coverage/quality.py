"""How well records were read, and whether their originals bear digital signatures; counted, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

BOUNDS = (70, 85, 95)
"""Percents between the four classes of confidence: below 70, to 84, to 94, and from 95 on."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Of some records: of how many it is ``known``, and of these how many originals were signed digitally.

    ``classes`` are those with text by the confidence of their reading (``BOUNDS``), ``percents`` is its sum.
    """

    known: int = 0
    originals: int = 0
    classes: tuple[int, int, int, int] = (0, 0, 0, 0)
    percents: int = 0

    def __add__(self, other: Quality) -> Quality:
        below, fair, good, best = (one + more for one, more in zip(self.classes, other.classes, strict=True))
        return Quality(
            self.known + other.known,
            self.originals + other.originals,
            (below, fair, good, best),
            self.percents + other.percents,
        )

    @property
    def read(self) -> int:
        """Records whose confidence is known."""
        return sum(self.classes)

    @property
    def confidence(self) -> Fraction | None:
        """The mean confidence, 0 to 1; None where none is known."""
        return Fraction(self.percents, 100 * self.read) if self.read else None

    @property
    def original_share(self) -> Fraction | None:
        """The share whose original bears a digital signature; None where nothing is known."""
        return Fraction(self.originals, self.known) if self.known else None


NOTHING = Quality()
