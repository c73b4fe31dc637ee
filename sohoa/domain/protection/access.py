"""Who asks or decides, and what they may see: the first argument of every question and decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sohoa.domain.errors import NotAllowed
from sohoa.domain.protection.rights import Right, rights_of, roles_with

PUBLIC, CONDITIONAL, SECRET = "01", "02", "03"
_PERSON, _ACCOUNT = "person:", "account:"


@dataclass(frozen=True, slots=True)
class Access:
    """A reader's scope: agency codes (None = all) and levels of use (TT 05: 01 open, 02 conditional).

    ``granted`` are ids of records of levels 01 and 02 that somebody opened to the reader for a time.
    """

    agencies: frozenset[str] | None
    modes: frozenset[str] = frozenset({PUBLIC, CONDITIONAL})
    granted: frozenset[str] = frozenset()

    def covers(self, agency: str) -> bool:
        """Whether the agency's papers are within the scope, whatever their level."""
        return self.agencies is None or agency in self.agencies

    def allows(self, agency: str, mode: str) -> bool:
        """Whether a record of that agency and level may be shown."""
        return mode in self.modes and self.covers(agency)

    def may_open(self, record_id: str, agency: str) -> bool:
        """Whether that record may be looked at to learn its level."""
        return self.covers(agency) or record_id in self.granted

    def opens(self, record_id: str, agency: str, mode: str) -> bool:
        """Whether that record may be shown: by scope and level, or because it was granted."""
        granted = record_id in self.granted and mode in (PUBLIC, CONDITIONAL)
        return granted or self.allows(agency, mode)


OPERATOR = Access(agencies=None)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who gave their name, or an account of the system; with roles and scope.

    What the roles allow stands in ``rights``; an account of the system has none.
    """

    name: str
    by_name: bool = False
    roles: frozenset[str] = frozenset()
    access: Access = OPERATOR

    @property
    def actor(self) -> str:
        """Who did it, as events say: a person, or an account."""
        return f"{_PERSON if self.by_name else _ACCOUNT}{self.name}"

    @property
    def without_grants(self) -> Reader:
        """The same by their own scope alone: a grant is good to see a record, never to decide on it."""
        return replace(self, access=replace(self.access, granted=frozenset()))

    def may(self, right: Right) -> bool:
        """Whether it is a person whose roles give the right."""
        return self.by_name and right in rights_of(self.roles)

    def decides(self, right: Right) -> str:
        """The person's name; raises ``NotAllowed`` for an account and for a person without the right."""
        roles = roles_with(right)
        if not self.by_name:
            raise NotAllowed("anonymous", "a decision is made by a person, by name", role=roles[0])
        if not self.may(right):
            raise NotAllowed("role", f"{self.name!r} has not the role {' or '.join(roles)}", role=roles[0])
        return self.name


def actors_named(name: str) -> tuple[str, ...]:
    """The actors that a name may stand for: a person, an account of the system, an address."""
    return tuple(f"{kind}{name}" for kind in (_PERSON, _ACCOUNT, "address:"))


def persons_among(actors: Iterable[str]) -> frozenset[str]:
    """The names of the persons among the actors of events."""
    return frozenset(actor.removeprefix(_PERSON) for actor in actors if actor.startswith(_PERSON))
