"""Sign in by the province's own service (OpenID Connect): begin there, and come back with its word."""

from __future__ import annotations

import secrets

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Conflict, InvalidRequest, NotAllowed, NotFound
from sohoa.domain.people.account import NOBODY, Account, login_of, with_identity
from sohoa.domain.people.identity import STARTED_FOR, Identity, StartedSignIn, identity_key
from sohoa.domain.people.session import same
from sohoa.domain.protection.access import Reader
from sohoa.ports import Change, IdentityProvider, NewEvent
from sohoa.usecases.people.accounts import administers
from sohoa.usecases.people.services import ElsewhereServices, IdentityServices
from sohoa.usecases.people.sign_in import SignedIn, count_try, refusal

_BYTES = 32


def begin(services: ElsewhereServices, wanted: str, address: str = "") -> tuple[StartedSignIn, str]:
    """A sign-in that begins, and the address to which the browser is sent.

    Raises ``NotFound`` where no service is set, ``Unavailable`` while it does not answer, ``NotAllowed``
    (``too_many_tries``) for an address that tries too often.
    """
    provider, at = _provider(services), services.clock.now()
    count_try(services.tries, address, at)
    state, nonce, verifier = (secrets.token_urlsafe(_BYTES) for _ in range(3))
    started = StartedSignIn(state, nonce, verifier, wanted, at + STARTED_FOR)
    there = provider.begin(state, nonce, verifier)
    services.started.keep(started, at)
    return started, there


def finish(
    services: ElsewhereServices, state: str, kept: str, code: str, issuer: str = "", address: str = ""
) -> tuple[SignedIn, str]:
    """The session of who came back from the service, and where they wanted to go.

    ``state`` is what the address bears, ``kept`` what the browser kept: both are of the sign-in that was
    begun, which is good once. ``issuer`` is the service that answers, where it says so (RFC 9207).
    Raises ``NotAllowed``: ``not_begun`` for an answer to what this browser did not ask, or too late;
    ``not_proved`` where the service does not say who it is; ``not_linked`` (``subject``) for somebody without
    an account, ``second_factor`` where their role needs one and they used none.
    """
    provider, at = _provider(services), services.clock.now()
    count_try(services.tries, address, at)
    started = services.started.take(state, at) if state and same(state, kept) else None
    if started is None or (issuer and issuer != provider.issuer):
        _note_refusal(services, address, "not_begun")
        raise NotAllowed("not_begun", "this browser did not begin that sign-in, or too long ago")
    try:
        identity = provider.identify(code, started.verifier, started.nonce, at)
    except InvalidRequest as error:
        _note_refusal(services, address, "not_proved")
        raise NotAllowed("not_proved", str(error)) from error
    signed_in = _let_in(services, identity, address)
    services.tries.give_back(address)
    services.tries.give_back(address)
    return signed_in, started.wanted


def link(reader: Reader, services: IdentityServices, login: str, subject: str) -> Account:
    """Let somebody of the service in by this account, in the place of its password; ``reset`` ends it.

    Raises ``NotFound`` where there is no such account or no service is set, ``Conflict`` (``identity``) where
    another account is that person's, ``InvalidRequest`` (``subject``) for what names nobody.
    """
    administers(reader)
    if not subject.strip() or not subject.isprintable() or len(subject) > 255:
        raise InvalidRequest("subject", "a subject of 1 to 255 characters is needed")
    key = identity_key(_provider(services).issuer, subject.strip())
    new = NewEvent(reader.actor, Action.IDENTITY_LINKED, {"sha256": key})
    login, at = login_of(login), services.clock.now()
    holder = services.accounts.of_identity(key)
    if holder is not None and holder.login != login:
        raise Conflict("identity", f"account {holder.login!r} is that person's", login=holder.login)
    account = services.accounts.change(login, lambda account: (with_identity(account, key), new), at)
    services.sessions.end_all(login)
    return account


def _let_in(services: ElsewhereServices, identity: Identity, address: str) -> SignedIn:
    """A session for the account of that person, as it is now."""
    at, key = services.clock.now(), identity.key
    account = services.accounts.of_identity(key)
    if account is None:
        _note_refusal(services, address, "not_linked")
        raise _not_linked(identity)
    told = list[str]()
    change = _tried(key, identity.strong(services.strong_levels), services.second_factor_roles, address, told)
    services.accounts.change(account.login, change, at)
    if told[-1] == "second_factor":
        raise NotAllowed("second_factor", "the role needs a second factor, and none was used")
    token = services.sessions.open(account.login, at)
    then = services.accounts.account(account.login)
    if told[-1] or then is None or then.disabled or then.identity != key:
        services.sessions.end(token)
        raise _not_linked(identity)
    return SignedIn(token, must_change=False)


def _tried(key: str, strong: bool, roles: frozenset[str], address: str, told: list[str]) -> Change:
    """What a try makes of the account as it is; ``told`` why it was refused, empty for a right one."""

    def change(account: Account) -> tuple[Account, NewEvent]:
        closed = account.disabled or account.identity != key
        told.append("disabled" if closed else "second_factor" if account.roles & roles and not strong else "")
        if told[-1]:
            return account, refusal(address, told[-1])
        actor = Reader(account.name, by_name=True).actor
        return account, NewEvent(actor, Action.SIGNED_IN, {"address": address, "by": "oidc"})

    return change


def _not_linked(identity: Identity) -> NotAllowed:
    return NotAllowed("not_linked", "no open account is that person's", subject=identity.subject)


def _provider(services: IdentityServices) -> IdentityProvider:
    if services.identity_provider is None:
        raise NotFound("page", "no other sign-in service is set")
    return services.identity_provider


def _note_refusal(services: ElsewhereServices, address: str, why: str) -> None:
    new = refusal(address, why)
    services.events.append(NOBODY, new.actor, new.action, dict(new.details), services.clock.now())
