"""Accounts of the people who sign in, and what they did: account.json, accounts.json, events.json.

Their tokens of the API: token.json, tokens.json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sohoa.domain.people.account import Account, rights_told, seen_modes
from sohoa.domain.people.api_token import ApiToken
from sohoa.ports import Event
from sohoa.usecases.people.accounts import Given, Listed
from sohoa.usecases.people.api_tokens import GivenToken


def account_answer(account: Account, at: datetime) -> dict[str, Any]:
    """An account without its password's hash; ``agencies`` null: all of them."""
    ends, wish = account.password_until, account.to_confirm
    waiting = {"waiting": rights_told(wish) | {"by": wish.by}} if wish else {}
    return waiting | {
        "login": account.login,
        "name": account.name,
        "roles": sorted(account.roles),
        "agencies": None if account.agencies is None else sorted(account.agencies),
        "modes": sorted(seen_modes(account)),
        "state": account.standing(at),
        "password_until": None if ends is None else ends.isoformat(),
        "failures": account.failures,
    }


def given_answer(given: Given, at: datetime) -> dict[str, Any]:
    """An account and its first password, told this once."""
    return account_answer(given.account, at) | {"password": given.password}


def accounts_answer(found: Sequence[Listed], at: datetime) -> dict[str, Any]:
    """All accounts, each with how many sessions its person has open."""
    return {"accounts": [account_answer(one.account, at) | {"sessions": one.sessions} for one in found]}


def events_answer(events: Sequence[Event]) -> dict[str, Any]:
    """What happened, oldest first; each event with the chain that it is of."""
    return {
        "events": [
            {
                "subject": e.subject,
                "at": e.at.isoformat(),
                "actor": e.actor,
                "action": e.action,
                "details": dict(e.details),
            }
            for e in events
        ]
    }


def token_answer(token: ApiToken) -> dict[str, Any]:
    """A token without what opens anything."""
    return {
        "token_id": token.token_id,
        "login": token.login,
        "scopes": sorted(token.scopes),
        "made_at": token.made_at.isoformat(),
        "until": token.until.isoformat(),
    }


def given_token_answer(given: GivenToken) -> dict[str, Any]:
    """A token and its secret, told this once."""
    return token_answer(given.token) | {"token": given.secret}


def tokens_answer(found: Sequence[ApiToken]) -> dict[str, Any]:
    """The tokens, by login and age."""
    return {"tokens": [token_answer(token) for token in found]}
