"""Who somebody is to another sign-in service (OpenID Connect Core 1.0); sign-ins that were begun there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

STARTED_FOR = timedelta(minutes=10)
_KNOWN = frozenset({"pwd", "pin", "kba"})
_HELD = frozenset({"otp", "hwk", "swk", "sc", "sms", "tel", "fpt", "face", "iris", "vbm"})
_SEVERAL = "mfa"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the service says of a person: ``subject`` is theirs alone, and never given to another.

    ``methods`` are the ways in which they proved it (``amr``, RFC 8176), ``level`` its class (``acr``).
    """

    issuer: str
    subject: str
    methods: frozenset[str] = frozenset()
    level: str = ""

    @property
    def key(self) -> str:
        """What an account keeps of it: a digest, so that the ledger names nobody of another service."""
        return identity_key(self.issuer, self.subject)

    def strong(self, levels: frozenset[str]) -> bool:
        """Whether a second factor was used: what is known with what is held, or the level is one of these.

        One method alone is one factor (RFC 8176), but for the one that says that there were several.
        """
        two = bool(self.methods & _KNOWN) and bool(self.methods & _HELD)
        return two or _SEVERAL in self.methods or self.level in levels


@dataclass(frozen=True, slots=True)
class StartedSignIn:
    """A browser that was sent to the service: what its answer must bear, and where the person wanted to go.

    ``state`` comes back with the browser, ``nonce`` inside the token, ``verifier`` proves to the service who
    asked (PKCE, RFC 7636). It is good once, until ``until``.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    wanted: str
    until: datetime


def identity_key(issuer: str, subject: str) -> str:
    """The digest of a person of a service."""
    return hashlib.sha256(json.dumps([issuer, subject]).encode()).hexdigest()
