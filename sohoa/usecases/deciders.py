"""Who decides: a person of ``config/people.yaml`` with the role for it, by name."""

from __future__ import annotations

from sohoa.domain.errors import NotAllowed
from sohoa.usecases.services import Services

_PERSON = "person:"


def decider(services: Services, role: str) -> str:
    """The name of the person who acts; raises ``NotAllowed`` for an account and for another role."""
    name = services.actor.removeprefix(_PERSON)
    if name == services.actor:
        raise NotAllowed("anonymous", "a decision is made by a person, by name", role=role)
    with_role(services, name, role)
    return name


def with_role(services: Services, name: str, role: str) -> None:
    """Raise ``NotAllowed`` unless the person is known and has the role."""
    if role not in services.people.get(name, frozenset()):
        raise NotAllowed("role", f"{name!r} has not the role {role}", role=role)


def names_of(actors: set[str]) -> frozenset[str]:
    """The persons among the actors of events."""
    return frozenset(actor.removeprefix(_PERSON) for actor in actors if actor.startswith(_PERSON))
