"""Accounts are made, listed, disabled and given a first password by an administrator, or from a shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Conflict, InvalidRequest, NotAllowed, NotFound
from sohoa.domain.people.account import (
    MODES,
    Account,
    Wish,
    as_disabled,
    checked,
    granted,
    kept_secret,
    login_of,
    with_first_password,
    with_rights_confirmed,
    with_wish,
)
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import NewEvent
from sohoa.usecases.people.services import PeopleServices, SessionServices, TokenServices


@dataclass(frozen=True, slots=True)
class Given:
    """An account and its first password, which is told once and kept nowhere."""

    account: Account
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """An account, and in how many sessions its person works just now."""

    account: Account
    sessions: int


def add(
    reader: Reader,
    services: PeopleServices,
    login: str,
    name: str,
    roles: Iterable[str],
    agencies: Iterable[str] = (),
    modes: Iterable[str] = MODES,
) -> Given:
    """Make an account; without agencies it is of all of them.

    But for the first of a home it stays closed until a second person says yes (``confirm``). Raises
    ``InvalidRequest`` for what no account can be, ``Conflict`` where login or name is taken.
    """
    administers(reader)
    at, password = services.clock.now(), services.passwords.fresh()
    scope = frozenset(agencies) or None
    asked = Account(login.strip().lower(), name.strip(), frozenset(roles), scope, frozenset(modes))
    made = with_first_password(checked(asked, services.agencies), services.passwords.hash(password), at)
    told = granted(made) | {"password": kept_secret(made.password_hash)}
    if services.accounts.listed():
        made = replace(with_wish(made, made, reader.actor, opens=True), disabled=True)
        told |= {"waits": True}
    services.accounts.add(made, NewEvent(reader.actor, Action.ACCOUNT_ADDED, told), at)
    return Given(made, password)


def grant(
    reader: Reader,
    services: SessionServices,
    login: str,
    roles: Iterable[str],
    agencies: Iterable[str] = (),
    modes: Iterable[str] = MODES,
) -> Account:
    """Ask these rights for an account in the place of those that it has; good once ``confirm`` says so.

    Raises as ``add`` does, and ``NotFound`` where there is no such account.
    """
    administers(reader)
    given, scope, levels = frozenset(roles), frozenset(agencies) or None, frozenset(modes)

    def change(account: Account) -> tuple[Account, NewEvent]:
        then = checked(replace(account, roles=given, agencies=scope, modes=levels), services.agencies)
        opens = account.waiting is not None and account.waiting.opens
        asked = with_wish(account, then, reader.actor, opens)
        return asked, NewEvent(reader.actor, Action.RIGHTS_ASKED, granted(then))

    return services.accounts.change(login_of(login), change, services.clock.now())


def to_confirm(reader: Reader, services: SessionServices, login: str) -> Wish:
    """The rights that wait for an account; raises as ``confirm``."""
    reader.decides(Right.ACCOUNTS)
    return _waiting(account_of(reader, services, login))


def _waiting(account: Account) -> Wish:
    if account.to_confirm is None:
        raise InvalidRequest("nothing_waits", f"no rights wait for {account.login}")
    return account.to_confirm


def confirm(reader: Reader, services: SessionServices, login: str, seen: str | None = None) -> Account:
    """Say yes to the rights that wait for an account: good from its person's next question.

    Who signs in elsewhere does so anew: the role may need a second factor there.
    ``seen`` is the ``sha256`` of the wish that the person saw, None for the one that waits now. Raises
    ``NotAllowed`` for who is no administrator by name, who asked for them (``second_person``), or
    whose own account it is; ``InvalidRequest`` (``nothing_waits``) where nothing does, ``Conflict``
    (``changed``) where others wait than were seen.
    """
    reader.decides(Right.ACCOUNTS)

    def change(account: Account) -> tuple[Account, NewEvent]:
        wish = _waiting(account)
        if reader.actor == wish.by or reader.name == account.name:
            raise NotAllowed("second_person", "another person has to say yes to these rights")
        if seen is not None and seen != wish.sha256:
            raise Conflict("replaced", f"other rights wait for {account.login} by now: look at them")
        then = with_rights_confirmed(account, wish)
        told = granted(then) | {"asked_by": wish.by, "opens": wish.opens}
        return then, NewEvent(reader.actor, Action.RIGHTS_CHANGED, told)

    account = services.accounts.change(login_of(login), change, services.clock.now())
    if account.identity:
        services.sessions.end_all(account.login)
    return account


def listed(reader: Reader, services: SessionServices) -> Sequence[Listed]:
    """All accounts, sorted by login."""
    administers(reader)
    alive = services.sessions.count(services.clock.now())
    return [Listed(account, alive.get(account.login, 0)) for account in services.accounts.listed()]


def account_of(reader: Reader, services: SessionServices, login: str) -> Account:
    """One account; raises ``NotFound`` where there is none."""
    administers(reader)
    account = services.accounts.account(login_of(login))
    if account is None:
        raise NotFound("account", "there is no such account")
    return account


def disable(reader: Reader, services: TokenServices, login: str) -> Account:
    """Let nobody in by this account any more, and end its sessions and tokens; ``reset`` opens it again.

    First rights that wait for a second person are to be asked anew.
    """
    administers(reader)
    login, new = login_of(login), NewEvent(reader.actor, Action.ACCOUNT_DISABLED, {})
    account = services.accounts.change(
        login, lambda account: (as_disabled(account), new), services.clock.now()
    )
    _end_all(reader, services, login)
    return account


def reset(reader: Reader, services: PeopleServices, login: str) -> Given:
    """Give the account a first password, end its sessions and tokens, its lock and its being disabled."""
    administers(reader)
    login, at, password = login_of(login), services.clock.now(), services.passwords.fresh()
    kept = services.passwords.hash(password)
    new = NewEvent(reader.actor, Action.ACCOUNT_RESET, {"password": kept_secret(kept)})
    account = services.accounts.change(
        login, lambda account: (with_first_password(account, kept, at), new), at
    )
    _end_all(reader, services, login)
    return Given(account, password)


def _end_all(reader: Reader, services: TokenServices, login: str) -> None:
    """End the sessions of an account, and the tokens that ask in its name; one that is gone already is."""
    services.sessions.end_all(login)
    for token in services.tokens.listed():
        if token.login == login:
            told = NewEvent(reader.actor, Action.TOKEN_REVOKED, {"token": token.token_id})
            with suppress(NotFound):
                services.tokens.remove(token, told, services.clock.now())


def administers(reader: Reader) -> None:
    """A person needs the right; an account of the system can open the ledger anyway."""
    if reader.by_name:
        reader.decides(Right.ACCOUNTS)
