"""Accounts, sessions and passwords of the people who sign in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sohoa.domain.people.access_request import AccessRequest
from sohoa.domain.people.account import Account
from sohoa.domain.people.api_token import ApiToken
from sohoa.domain.people.identity import Identity, StartedSignIn
from sohoa.domain.people.saved_query import SavedQuery
from sohoa.domain.people.session import OpenSession
from sohoa.ports.events import NewEvent

Change = Callable[[Account], tuple[Account, NewEvent]]
"""What becomes of an account, and the event that says so."""


class Accounts(Protocol):
    """The accounts; none is added or changed without its event, and none is ever removed."""

    def account(self, login: str) -> Account | None:
        """The account of that login, or None."""
        ...

    def of_identity(self, key: str) -> Account | None:
        """The account of that person of another sign-in service, or None."""
        ...

    def listed(self) -> Sequence[Account]:
        """All accounts, sorted by login."""
        ...

    def add(self, account: Account, new: NewEvent, at: datetime) -> None:
        """Add an account; raises ``Conflict`` where its login or its person's name is taken."""
        ...

    def change(self, login: str, change: Change, at: datetime) -> Account:
        """Change an account in one step that no other change comes between; the account as it is then.

        ``change`` may be called more than once. Raises ``NotFound`` where there is no such account.
        """
        ...


class Sessions(Protocol):
    """Who is signed in; of a session's token only a hash is kept."""

    def open(self, login: str, at: datetime) -> str:
        """Begin a session; its token, which nobody can guess. Sessions that are over by then are removed."""
        ...

    def find(self, token: str) -> OpenSession | None:
        """The session of that token, or None."""
        ...

    def seen(self, token: str, at: datetime) -> None:
        """Note that the session was used."""
        ...

    def end(self, token: str) -> None:
        """End the session; one that is not there is a no-op."""
        ...

    def end_all(self, login: str) -> int:
        """End all sessions of an account; how many there were."""
        ...

    def count(self, at: datetime) -> Mapping[str, int]:
        """How many sessions are alive, by login."""
        ...


class StartedSignIns(Protocol):
    """Sign-ins that were begun at another service; of a state only a hash is kept."""

    def keep(self, started: StartedSignIn, at: datetime) -> None:
        """Keep it until it is taken or its time is over; those that are over by then are removed."""
        ...

    def take(self, state: str, at: datetime) -> StartedSignIn | None:
        """The one of that state, which is good no more after this; None where none is, or it is too late."""
        ...


class IdentityProvider(Protocol):
    """The sign-in service of the province."""

    @property
    def issuer(self) -> str:
        """Its name in its tokens, a URL."""
        ...

    def begin(self, state: str, nonce: str, verifier: str) -> str:
        """Where a browser is sent to sign in; raises ``Unavailable`` while the service does not answer."""
        ...

    def identify(self, code: str, verifier: str, nonce: str, at: datetime) -> Identity:
        """Who came back with that code.

        Raises ``InvalidRequest`` (``identity``) where the service or its token does not prove it.
        """
        ...


class AccessRequests(Protocol):
    """Requests to see restricted records; none is added or decided without its event."""

    def fresh_id(self) -> str:
        """An id for a new request, which nobody can guess."""
        ...

    def of(self, login: str) -> Sequence[AccessRequest]:
        """The requests of an account, the newest first."""
        ...

    def waiting(self) -> Sequence[AccessRequest]:
        """Those that nobody has decided, the newest first."""
        ...

    def listed(self) -> Sequence[AccessRequest]:
        """All of them, the newest first."""
        ...

    def open_records(self, login: str, at: datetime) -> frozenset[str]:
        """The records that are granted to an account at that moment."""
        ...

    def ask(self, request: AccessRequest, new: NewEvent) -> None:
        """Add a request, in one step with its event."""
        ...

    def change(
        self,
        asked: AccessRequest,
        change: Callable[[AccessRequest], tuple[AccessRequest, NewEvent]],
        at: datetime,
    ) -> AccessRequest:
        """Decide a request in one step with its event; raises ``NotFound`` where it is gone."""
        ...


class ApiTokens(Protocol):
    """Tokens of the API; none is added or removed without its event, and of a token only a hash is kept."""

    def fresh(self) -> str:
        """A new token, which nobody can guess."""
        ...

    def find(self, sha256: str) -> ApiToken | None:
        """The token of that digest, or None."""
        ...

    def listed(self) -> Sequence[ApiToken]:
        """All tokens, by login and age."""
        ...

    def add(self, token: ApiToken, new: NewEvent, at: datetime) -> None:
        """Add a token, in one step with its event."""
        ...

    def remove(self, token: ApiToken, new: NewEvent, at: datetime) -> None:
        """Remove a token, in one step with its event; raises ``NotFound`` for one that is gone."""
        ...


class SavedQueries(Protocol):
    """Questions that people keep under names of their own."""

    def listed(self, login: str) -> Sequence[SavedQuery]:
        """What the person keeps, sorted by name."""
        ...

    def keep(self, query: SavedQuery, most: int) -> bool:
        """Keep it, in the place of one of the same name; False where the person has ``most`` others."""
        ...

    def forget(self, login: str, name: str) -> None:
        """Keep it no longer; one that is not there is a no-op."""
        ...


class SecondFactors(Protocol):
    """One-time codes of a person's telephone."""

    def fresh(self) -> str:
        """A new secret, as authenticator programs take it."""
        ...

    def step(self, secret: str, code: str, at: datetime) -> int:
        """The half minute that a code is of, as a number that grows; 0 for a wrong code."""
        ...


class Passwords(Protocol):
    """Makes passwords and keeps them as hashes that cannot be turned back."""

    def fresh(self) -> str:
        """A new password that nobody can guess, made to be copied by hand."""
        ...

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        ...

    def verify(self, kept: str, password: str) -> bool:
        """Whether it is the password; takes as long where nothing is kept (empty), and is False then."""
        ...
