"""Accounts are made, listed, disabled and given a first password by an administrator, or from a shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sohoa.domain.archive.actions import Action
from sohoa.domain.people.account import MODES, Account, checked, granted, login_of, with_first_password
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import NewEvent
from sohoa.usecases.people.services import PeopleServices, SessionServices


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

    Raises ``InvalidRequest`` for what no account can be, ``Conflict`` where login or name is taken.
    """
    administers(reader)
    at, password = services.clock.now(), services.passwords.fresh()
    scope = frozenset(agencies) or None
    asked = Account(login.strip().lower(), name.strip(), frozenset(roles), scope, frozenset(modes))
    made = with_first_password(checked(asked, services.agencies), services.passwords.hash(password), at)
    services.accounts.add(made, NewEvent(reader.actor, Action.ACCOUNT_ADDED, granted(made)), at)
    return Given(made, password)


def grant(
    reader: Reader,
    services: SessionServices,
    login: str,
    roles: Iterable[str],
    agencies: Iterable[str] = (),
    modes: Iterable[str] = MODES,
) -> Account:
    """Give an account these rights in the place of those that it has; good from its person's next question.

    Raises as ``add`` does, and ``NotFound`` where there is no such account.
    """
    administers(reader)
    given, scope, levels = frozenset(roles), frozenset(agencies) or None, frozenset(modes)

    def change(account: Account) -> tuple[Account, NewEvent]:
        then = checked(replace(account, roles=given, agencies=scope, modes=levels), services.agencies)
        return then, NewEvent(reader.actor, Action.RIGHTS_CHANGED, granted(then))

    return services.accounts.change(login_of(login), change, services.clock.now())


def listed(reader: Reader, services: SessionServices) -> Sequence[Listed]:
    """All accounts, sorted by login."""
    administers(reader)
    alive = services.sessions.count(services.clock.now())
    return [Listed(account, alive.get(account.login, 0)) for account in services.accounts.listed()]


def disable(reader: Reader, services: SessionServices, login: str) -> Account:
    """Let nobody in by this account any more, and end its sessions; ``reset`` opens it again."""
    administers(reader)
    login, new = login_of(login), NewEvent(reader.actor, Action.ACCOUNT_DISABLED, {})
    account = services.accounts.change(
        login, lambda account: (replace(account, disabled=True), new), services.clock.now()
    )
    services.sessions.end_all(login)
    return account


def reset(reader: Reader, services: PeopleServices, login: str) -> Given:
    """Give the account a first password, end its sessions, its lock and its being disabled."""
    administers(reader)
    login, at, password = login_of(login), services.clock.now(), services.passwords.fresh()
    kept, new = services.passwords.hash(password), NewEvent(reader.actor, Action.ACCOUNT_RESET, {})
    account = services.accounts.change(
        login, lambda account: (with_first_password(account, kept, at), new), at
    )
    services.sessions.end_all(login)
    return Given(account, password)


def administers(reader: Reader) -> None:
    """A person needs the right; an account of the system can open the ledger anyway."""
    if reader.by_name:
        reader.decides(Right.ACCOUNTS)
