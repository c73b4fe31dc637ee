"""A token of the API: it asks in the name of an account, for some of what that account may, until a day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sohoa.domain.errors import InvalidRequest

SCOPES = ("coverage", "records", "review")
"""What a token may be good for; the rights of its account hold beside it."""
LONGEST_LIFE = timedelta(days=366)
AT_ONCE, EVERY = 120, timedelta(milliseconds=500)
"""How often one token may ask: so many times at once, then once every so long."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What is kept of a token: its SHA-256, whose it is, its scopes, and until when it is good."""

    sha256: str = field(repr=False)
    login: str
    scopes: frozenset[str]
    made_at: datetime
    until: datetime

    @property
    def token_id(self) -> str:
        """How people name it; it does not give the token away."""
        return self.sha256[:12]

    def lives(self, at: datetime) -> bool:
        """Whether it is good at that moment."""
        return at < self.until

    def told(self) -> dict[str, object]:
        """The token as the event of its making tells it."""
        return {
            "token": self.token_id,
            "sha256": self.sha256,
            "scopes": sorted(self.scopes),
            "until": self.until.isoformat(),
        }


def kept_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def new_token(secret: str, login: str, scopes: Iterable[str], made_at: datetime, until: datetime) -> ApiToken:
    """What is kept of a new token; raises ``InvalidRequest`` for scopes or an end that cannot be."""
    wanted = frozenset(scopes)
    if not wanted or not wanted <= set(SCOPES):
        raise InvalidRequest("scope", f"scopes are one or more of {', '.join(SCOPES)}")
    if not made_at < until <= made_at + LONGEST_LIFE:
        raise InvalidRequest("until", f"a token ends within {LONGEST_LIFE.days} days from now")
    return ApiToken(kept_of(secret), login, wanted, made_at, until)
