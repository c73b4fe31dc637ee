"""Who may see what: a mandatory argument of every question to the index."""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC, CONDITIONAL, SECRET = "01", "02", "03"


@dataclass(frozen=True, slots=True)
class Access:
    """A reader's scope: agency codes (None = all) and levels of use (TT 05: 01 open, 02 conditional)."""

    agencies: frozenset[str] | None
    modes: frozenset[str] = frozenset({PUBLIC, CONDITIONAL})

    def allows(self, agency: str, mode: str) -> bool:
        """Whether a record of that agency and level may be shown."""
        return mode in self.modes and (self.agencies is None or agency in self.agencies)


OPERATOR = Access(agencies=None)
