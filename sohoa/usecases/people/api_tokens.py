"""Tokens of the API: made, listed and revoked by an administrator or from a shell; who asks by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import NotFound
from sohoa.domain.people.account import Account, login_of, reader_of
from sohoa.domain.people.api_token import ApiToken, kept_of, new_token
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent
from sohoa.usecases.people.accounts import administers
from sohoa.usecases.people.services import TokenServices


@dataclass(frozen=True, slots=True)
class GivenToken:
    """A token that was just made: the secret is told once and kept nowhere."""

    token: ApiToken
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks by a token: the account's person, with the account's rights as they are now."""

    reader: Reader
    account: Account
    token: ApiToken


def add_token(
    reader: Reader, services: TokenServices, login: str, scopes: Iterable[str], until: datetime
) -> GivenToken:
    """Make a token for an account; raises ``NotFound`` without one, ``InvalidRequest`` as ``new_token``."""
    administers(reader)
    at, account = services.clock.now(), services.accounts.account(login_of(login))
    if account is None:
        raise NotFound("account", "there is no such account")
    secret = services.tokens.fresh()
    token = new_token(secret, account.login, scopes, at, until)
    services.tokens.add(token, NewEvent(reader.actor, Action.TOKEN_MADE, token.told()), at)
    return GivenToken(token, secret)


def listed_tokens(reader: Reader, services: TokenServices, login: str = "") -> Sequence[ApiToken]:
    """The tokens of an account, or all of them, by login and age."""
    administers(reader)
    return [token for token in services.tokens.listed() if not login or token.login == login_of(login)]


def revoke_token(reader: Reader, services: TokenServices, token_id: str) -> ApiToken:
    """Let nobody ask by this token any more; raises ``NotFound`` where there is none."""
    administers(reader)
    token = next((one for one in services.tokens.listed() if one.token_id == token_id), None)
    if token is None:
        raise NotFound("token", f"there is no token {token_id!r}")
    told = NewEvent(reader.actor, Action.TOKEN_REVOKED, {"token": token.token_id})
    services.tokens.remove(token, told, services.clock.now())
    return token


def caller_for(services: TokenServices, secret: str) -> Caller | None:
    """Who asks by that token; None for one that is not known, over, or of a disabled account."""
    token = services.tokens.find(kept_of(secret)) if secret else None
    if token is None or not token.lives(services.clock.now()):
        return None
    account = services.accounts.account(token.login)
    if account is None or account.disabled:
        return None
    granted = services.requests.open_records(account.login, services.clock.now())
    reader = reader_of(account, services.agencies, services.second_factor_roles, granted)
    return Caller(reader, account, token)
