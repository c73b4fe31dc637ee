"""A session: how long a person stays signed in."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a session was last used: a question costs no write each time."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Whose session it is, when it began and when it was last used."""

    login: str
    opened_at: datetime
    seen_at: datetime

    def lives(self, at: datetime) -> bool:
        """Whether it is still good at that moment."""
        return at < self.seen_at + IDLE and at < self.opened_at + LONGEST

    def to_be_noted(self, at: datetime) -> bool:
        """Whether its use is to be written down."""
        return at >= self.seen_at + SEEN_EVERY


def csrf_of(token: str) -> str:
    """The sign that a form of this session bears; it does not give the session's token away."""
    return hmac.new(token.encode(), b"form of this session", hashlib.sha256).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are equal; takes the same time wherever they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
