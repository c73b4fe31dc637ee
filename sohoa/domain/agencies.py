"""The agency register: who exists, from when to when, below whom, and who took over.

Codes: new form of Quyết định 20/2020/QĐ-TTg (highest level first, at most 35 characters), old form of
QCVN 102:2016 (13 characters, lowest level first). Nothing is converted: new codes are assigned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

NEW_CODE = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9A-Z]+)*")
OLD_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}")
MAX_CODE_LENGTH = 35


def is_agency_code(code: str) -> bool:
    """Whether the text has the form of an agency code, new or old."""
    new = len(code) <= MAX_CODE_LENGTH and NEW_CODE.fullmatch(code) is not None
    return new or OLD_CODE.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency; both dates are inclusive, None means open.

    ``successor`` is the agency that took over its fonds; ``fonds`` its fonds codes (empty: not listed);
    ``closed`` says that the fonds takes no more records; ``aliases`` are former and short names on papers,
    ``learnt`` those that persons said of it in review and that the register does not have.
    """

    code: str
    name: str
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    fonds: tuple[str, ...] = ()
    closed: bool = False
    aliases: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that papers bear, the present one first, learnt ones last."""
        return (self.name, *self.aliases, *self.learnt)

    def valid_on(self, day: date) -> bool:
        """Whether the agency existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class AgencyRegister:
    """All agencies by code. ``ValueError`` names the first contradiction found."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._by_code: dict[str, Agency] = {}
        for agency in agencies:
            _check_alone(agency)
            if agency.code in self._by_code:
                raise ValueError(f"agency {agency.code} is listed twice")
            self._by_code[agency.code] = agency
        _check_links(self._by_code, "parent", lambda agency: agency.parent)
        _check_links(self._by_code, "successor", lambda agency: agency.successor)

    def __iter__(self) -> Iterator[Agency]:
        return iter(sorted(self._by_code.values(), key=lambda agency: agency.code))

    def __len__(self) -> int:
        return len(self._by_code)

    def knows(self, code: str) -> bool:
        """Whether an agency of that code is listed, whether or not it still exists."""
        return code in self._by_code

    def get(self, code: str) -> Agency | None:
        """The agency of that code, or None."""
        return self._by_code.get(code)

    def name(self, code: str) -> str:
        """The agency's name; the code itself for one that is not listed."""
        agency = self._by_code.get(code)
        return agency.name if agency else code

    def with_learnt(self, names: Mapping[str, Iterable[str]]) -> AgencyRegister:
        """The register with these learnt names by code; codes that are not listed are passed over."""
        return AgencyRegister(
            replace(agency, learnt=tuple(names.get(agency.code, ()))) for agency in self._by_code.values()
        )

    def heir(self, code: str) -> Agency | None:
        """The last agency in the chain of successors; None for one that was not taken over."""
        agency = self._by_code.get(code)
        while agency is not None and agency.successor is not None:
            agency = self._by_code[agency.successor]
        return agency if agency is not None and agency.code != code else None

    def predecessors(self, code: str) -> tuple[str, ...]:
        """Codes of all agencies that were merged into this one, directly or by way of others, sorted."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            taker = waiting.pop()
            merged = [a.code for a in self._by_code.values() if a.successor == taker]
            found.update(merged)
            waiting.extend(merged)
        return tuple(sorted(found))

    def children(self, code: str) -> tuple[str, ...]:
        """Codes of the agencies directly below this one, sorted."""
        return tuple(agency.code for agency in self if agency.parent == code)

    def descendants(self, code: str) -> tuple[str, ...]:
        """Codes of all agencies below this one, sorted."""
        found: list[str] = []
        waiting = [code]
        while waiting:
            below = self.children(waiting.pop())
            found.extend(below)
            waiting.extend(below)
        return tuple(sorted(found))


def _check_alone(agency: Agency) -> None:
    if not is_agency_code(agency.code):
        raise ValueError(f"agency code {agency.code!r} has neither the new nor the old form")
    if not agency.name.strip():
        raise ValueError(f"agency {agency.code} has no name")
    if agency.valid_from and agency.valid_to and agency.valid_to < agency.valid_from:
        raise ValueError(f"agency {agency.code}: valid_to lies before valid_from")


def _check_links(by_code: Mapping[str, Agency], what: str, follow: Callable[[Agency], str | None]) -> None:
    for agency in by_code.values():
        seen = {agency.code}
        target = follow(agency)
        while target is not None:
            if target not in by_code:
                raise ValueError(f"agency {agency.code}: {what} {target} is not in the register")
            if target in seen:
                raise ValueError(f"agency {agency.code}: {what} leads back to {target}")
            seen.add(target)
            target = follow(by_code[target])
