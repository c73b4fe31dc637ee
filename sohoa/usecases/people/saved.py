"""What a person keeps to ask again: theirs alone."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.domain.errors import InvalidRequest
from sohoa.domain.people.saved_query import MOST_OF_A_PERSON, SavedQuery, checked
from sohoa.usecases.people.services import SavedServices
from sohoa.usecases.people.sign_in import Session


def saved(session: Session, services: SavedServices) -> Sequence[SavedQuery]:
    """The questions that the person keeps, sorted by name."""
    return services.saved_queries.listed(session.account.login)


def save(session: Session, services: SavedServices, name: str, question: str) -> None:
    """Keep a question under a name, in the place of an older one of that name.

    Raises ``InvalidRequest`` (code ``saved_query``) for a name or a question that cannot be kept, and where
    the person keeps too many.
    """
    login, at = session.account.login, services.clock.now()
    query = checked(SavedQuery(login, " ".join(name.split()), question, at))
    if not services.saved_queries.keep(query, MOST_OF_A_PERSON):
        raise InvalidRequest("saved_query", f"nobody keeps more than {MOST_OF_A_PERSON} questions")


def forget(session: Session, services: SavedServices, name: str) -> None:
    """Keep it no longer."""
    services.saved_queries.forget(session.account.login, name)
