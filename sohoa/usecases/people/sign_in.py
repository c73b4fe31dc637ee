"""Sign in and out, who asks by which session, and the change of one's own password."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotAllowed
from sohoa.domain.people.account import (
    NOBODY,
    Account,
    after_failure,
    after_success,
    kept_secret,
    login_of,
    must_enrol,
    reader_of,
    subject_of,
    with_own_password,
)
from sohoa.domain.people.passwords import check_password
from sohoa.domain.people.session import csrf_of
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.access import Reader
from sohoa.ports import Change, NewEvent
from sohoa.usecases.people.services import PeopleServices, SessionServices, SignInServices


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was just opened: its token, for the cookie alone, and whether a password comes first."""

    token: str = field(repr=False)
    must_change: bool


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks: ``csrf`` is the sign that the session's forms bear, ``token`` the session's own secret.

    ``must_enrol``: a second factor has to be set before anything else.
    """

    reader: Reader
    account: Account
    csrf: str = field(repr=False)
    token: str = field(repr=False)
    must_enrol: bool = False


def sign_in(
    services: SignInServices, login: str, password: str, address: str = "", code: str = ""
) -> SignedIn | None:
    """A session for the right login and password, and code where a second factor is set; else None.

    Nobody can tell from answer or time whether the login exists, is locked or disabled, or which of the two
    was wrong: a password is verified and an event written in each case. Guesses at the same time are
    counted one after the other.
    Raises ``NotAllowed`` (``too_many_tries``, ``seconds`` to wait) for an address that tries too often.
    """
    name, at = login_of(login), services.clock.now()
    count_try(services.tries, address, at)
    known = services.accounts.account(name) if name else None
    right = services.passwords.verify(known.password_hash if known else "", password)
    if known is None:
        actor, details = _from(address), {"address": address, "why": "unknown"}
        services.events.append(NOBODY, actor, Action.SIGN_IN_REFUSED, details, at)
        return None
    step = services.second_factors.step(known.totp_secret, code, at) if known.totp_secret else 0
    told = list[bool]()
    services.accounts.change(name, tried(known, right, address, at, step, told), at)
    if not told[-1]:
        return None
    token = services.sessions.open(name, at)
    now = services.accounts.account(name)
    if now is None or now.disabled or now.password_hash != known.password_hash:
        services.sessions.end(token)
        return None
    services.tries.give_back(address)
    return SignedIn(token, now.must_change)


def count_try(tries: Tries, address: str, at: datetime) -> None:
    """Count a try from that address; raises ``NotAllowed`` (``too_many_tries``) where there were too many."""
    if wait := tries.take(address, at):
        seconds = ceil(wait.total_seconds())
        raise NotAllowed("too_many_tries", f"too many tries: wait {seconds} s", seconds=str(seconds))


def let_in(account: Account, seen: Account, right: bool, at: datetime) -> bool:
    """Whether a password, right for the account as it was seen, is good for the account as it is."""
    return right and account.admits(at) and account.password_hash == seen.password_hash


def tried(
    seen: Account,
    right: bool,
    address: str,
    at: datetime,
    step: int | None = None,
    told: list[bool] | None = None,
) -> Change:
    """What a try makes of the account, as it is when all tries before were counted.

    ``step`` is that of the code that came along, None where none was asked for; ``told`` is told.
    """

    def change(account: Account) -> tuple[Account, NewEvent]:
        details: dict[str, str] = {"address": address}
        asked = step is not None and bool(account.totp_secret)
        fits = not asked or (account.totp_secret == seen.totp_secret and (step or 0) > account.totp_step)
        open_to = let_in(account, seen, right, at)
        if told is not None:
            told.append(open_to and fits)
        if open_to and fits:
            then = (
                replace(after_success(account), totp_step=step) if asked and step else after_success(account)
            )
            return then, NewEvent(_actor(account), Action.SIGNED_IN, details)
        closed = not account.admits(at)
        why = account.standing(at) if closed else "code" if open_to else "password"
        return (account if closed else after_failure(account, at)), refusal(address, why)

    return change


def reader_for(services: SessionServices, token: str) -> Session | None:
    """Who asks by that token; None where nobody is signed in by it, or not any more.

    The account is looked up each time: what is taken from it is gone with the next question. While the
    password must be changed, or a second factor set, the reader has no rights.
    """
    at = services.clock.now()
    opened = services.sessions.find(token) if token else None
    if opened is None or not opened.lives(at):
        return None
    account = services.accounts.account(opened.login)
    if account is None or account.disabled:
        return None
    if opened.to_be_noted(at):
        services.sessions.seen(token, at)
    roles = services.second_factor_roles
    granted = services.requests.open_records(account.login, at)
    reader = reader_of(account, services.agencies, roles, granted)
    return Session(reader, account, csrf_of(token), token, must_enrol(account, roles))


def sign_out(services: SessionServices, token: str, address: str = "") -> None:
    """End the session of that token; without one, nothing is to be done."""
    session = reader_for(services, token)
    services.sessions.end(token)
    if session is not None:
        subject, at = subject_of(session.account.login), services.clock.now()
        services.events.append(subject, session.reader.actor, Action.SIGNED_OUT, {"address": address}, at)


def change_password(
    services: PeopleServices, session: Session, old: str, new: str, address: str = ""
) -> SignedIn:
    """Choose an own password: all sessions of the account end, and a new one begins.

    Raises ``InvalidRequest``: ``old_password`` where the old one is wrong, which counts as at signing in,
    ``password`` where the new one is too easy, ``same_password`` where it is the old one.
    """
    account = session.account
    check_password(new, account.login, account.name)
    at = services.clock.now()
    verified = services.passwords.verify(account.password_hash, old)
    right = verified and account.admits(at)
    if right and services.passwords.verify(account.password_hash, new):
        raise InvalidRequest("same_password", "the new password must be another one")
    change = _chosen(account, services.passwords.hash(new) if right else "", address, at)
    after = services.accounts.change(account.login, change, at)
    if not right or after.password_hash == account.password_hash:
        raise InvalidRequest("old_password", "the old password is wrong, or too many were")
    services.sessions.end_all(account.login)
    return SignedIn(services.sessions.open(account.login, at), must_change=False)


def _chosen(seen: Account, new_hash: str, address: str, at: datetime) -> Change:
    def chosen(account: Account) -> tuple[Account, NewEvent]:
        if not new_hash:
            return tried(seen, False, address, at)(account)
        if not let_in(account, seen, True, at):
            return tried(seen, True, address, at)(account)
        details = {"address": address, "password": kept_secret(new_hash)}
        return with_own_password(account, new_hash), NewEvent(
            _actor(account), Action.PASSWORD_CHANGED, details
        )

    return chosen


def refusal(address: str, why: str) -> NewEvent:
    """The event of a try from that address that was refused."""
    return NewEvent(_from(address), Action.SIGN_IN_REFUSED, {"address": address, "why": why})


def _actor(account: Account) -> str:
    return Reader(account.name, by_name=True).actor


def _from(address: str) -> str:
    """Who tried, as long as nobody knows: where from."""
    return f"address:{address}"
