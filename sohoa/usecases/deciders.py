"""Who decides: a person of ``config/people.yaml`` with the role for it, by name."""

from __future__ import annotations

from sohoa.domain.errors import Misconfigured
from sohoa.usecases.services import Services

_PERSON = "person:"


def decider(services: Services, role: str) -> str:
    """The name of the person who acts; raises ``Misconfigured`` for an account and for another role."""
    name = services.actor.removeprefix(_PERSON)
    if name == services.actor:
        raise Misconfigured(
            f"a decision is made by a person: add --as NAME; a line of config/people.yaml makes the name"
            f" known: {{name: NAME, roles: [{role}]}}"
        )
    with_role(services, name, role)
    return name


def with_role(services: Services, name: str, role: str) -> None:
    """Raise ``Misconfigured`` unless the person is known and has the role."""
    if role not in services.people.get(name, frozenset()):
        raise Misconfigured(f"{name!r} has not the role {role} in config/people.yaml")


def names_of(actors: set[str]) -> frozenset[str]:
    """The persons among the actors of events."""
    return frozenset(actor.removeprefix(_PERSON) for actor in actors if actor.startswith(_PERSON))
