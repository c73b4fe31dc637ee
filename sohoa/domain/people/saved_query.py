"""Questions that people keep to ask them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sohoa.domain.errors import InvalidRequest

LONGEST_NAME, LONGEST_QUESTION = 100, 8_000
MOST_OF_A_PERSON = 100


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A person's question under the name that they gave it; ``question`` as it stands in an address."""

    login: str
    name: str
    question: str
    saved_at: datetime


def checked(query: SavedQuery) -> SavedQuery:
    """The same; raises ``InvalidRequest`` (``saved_query``) where a part is missing or too long."""
    if not 1 <= len(query.name) <= LONGEST_NAME or not query.name.isprintable():
        raise InvalidRequest("saved_query", f"a name has 1 to {LONGEST_NAME} letters")
    if not 1 <= len(query.question) <= LONGEST_QUESTION:
        raise InvalidRequest("saved_query", f"a question has 1 to {LONGEST_QUESTION} letters")
    return query
