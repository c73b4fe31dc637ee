"""An account: who it is, what they may see, and how its password is guarded."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.protection.access import CONDITIONAL, PUBLIC, Access, Reader
from sohoa.domain.protection.rights import OF_ONE_AGENCY, RIGHTS, Right, rights_of

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
MODES = (PUBLIC, CONDITIONAL)
FREE_FAILURES = 5
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=1), timedelta(minutes=30)
FIRST_PASSWORD_FOR = timedelta(days=3)
NOBODY = "people/*"
"""Subject of the events of tries with a login that nobody has: what was typed there may be a password."""
NO_ACCESS = Access(agencies=frozenset(), modes=frozenset())


@dataclass(frozen=True, slots=True)
class Wish:
    """Rights that were asked for an account and wait for a second person; ``opens``: they are its first.

    ``by`` is the actor who asked. ``shut``: the account was disabled since, so they are to be asked anew.
    """

    roles: frozenset[str]
    agencies: frozenset[str] | None
    modes: frozenset[str]
    by: str
    opens: bool = False
    shut: bool = False

    @property
    def sha256(self) -> str:
        """What tells this wish from another: a person says yes to the one that they saw."""
        told = json.dumps([rights_told(self), self.by, self.opens])
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in. ``name`` is the person's in events and decisions, and nobody else's.

    ``agencies`` are codes (None = all), ``modes`` levels of use; the roles decide what of it is seen.
    ``must_change``: the password was given by somebody else and is good for one thing only, to choose
    another before ``password_until``. ``failures`` counts wrong passwords since the last right one.
    ``totp_secret`` is shared with the person's telephone, empty for none; ``totp_step`` the half minute of
    the last code that was used: none is good twice. An account whose first rights wait is disabled.
    ``identity`` is the digest of who its person is to another sign-in service, empty for none; it has no
    password then, and that service asks for the second factor.
    """

    login: str
    name: str
    roles: frozenset[str]
    agencies: frozenset[str] | None = None
    modes: frozenset[str] = frozenset(MODES)
    password_hash: str = field(default="", repr=False)
    must_change: bool = True
    password_until: datetime | None = None
    disabled: bool = False
    failures: int = 0
    locked_until: datetime | None = None
    totp_secret: str = field(default="", repr=False)
    totp_step: int = 0
    identity: str = ""
    waiting: Wish | None = None

    @property
    def to_confirm(self) -> Wish | None:
        """The rights to which a second person may say yes now."""
        return None if self.waiting is None or self.waiting.shut else self.waiting

    def locked(self, at: datetime) -> bool:
        """Whether no password is accepted at that moment, not even the right one."""
        return self.locked_until is not None and at < self.locked_until

    def standing(self, at: datetime) -> str:
        """How the account stands: disabled, locked, first_password, first_password_ended, or active."""
        if self.disabled:
            return "disabled"
        if self.password_until is not None and at >= self.password_until:
            return "first_password_ended"
        if self.locked(at):
            return "locked"
        return "first_password" if self.must_change else "active"

    def admits(self, at: datetime) -> bool:
        """Whether the right password opens a session at that moment."""
        return self.standing(at) in ("active", "first_password")


def subject_of(login: str) -> str:
    """The subject of an account's events."""
    return f"people/{login}"


def views_subject(record_id: str) -> str:
    """The subject of what people did with a record: viewed, downloaded, printed."""
    return f"views/{record_id}"


def searches_subject(name: str) -> str:
    """The subject of what a person looked for, and was refused."""
    return f"searches/{name}"


def login_of(typed: str) -> str:
    """The login that was meant: without spaces around it, in small letters; empty for what can be none."""
    login = typed.strip().lower()
    return login if LOGIN.fullmatch(login) else ""


def checked(account: Account, register: AgencyRegister) -> Account:
    """The account itself; raises ``InvalidRequest`` for what no account can be."""
    if not LOGIN.fullmatch(account.login):
        raise InvalidRequest("login", f"{account.login!r} is no login: 2 to 32 of a-z, 0-9, . _ -")
    if not account.name.strip() or not account.name.isprintable() or len(account.name) > 100:
        raise InvalidRequest("name", "a name of 1 to 100 letters is needed")
    if not account.roles or not account.roles <= set(RIGHTS):
        raise InvalidRequest("roles", f"roles are one or more of {', '.join(sorted(RIGHTS))}")
    if unknown := [code for code in sorted(account.agencies or ()) if not register.knows(code)]:
        raise InvalidRequest("agency", f"agency {unknown[0]} is not in the register")
    if account.agencies == frozenset():
        raise InvalidRequest("agency", "an account without any agency sees nothing")
    if account.agencies is None and account.roles & OF_ONE_AGENCY:
        raise InvalidRequest("agency_needed", "an officer belongs to an agency: name it")
    if not account.modes or not account.modes <= set(MODES):
        raise InvalidRequest("modes", f"levels of use are {' and '.join(MODES)}")
    return account


def granted(account: Account) -> dict[str, object]:
    """Who the account is and what it may see, as the event of its making tells it."""
    return {"name": account.name} | rights_told(account)


def rights_told(of: Account | Wish) -> dict[str, object]:
    """Roles and scope, as events tell them."""
    return {
        "roles": sorted(of.roles),
        "agencies": None if of.agencies is None else sorted(of.agencies),
        "modes": sorted(of.modes),
    }


def with_wish(account: Account, wish: Account, by: str, opens: bool) -> Account:
    """The account, for which the rights of the other one are asked."""
    return replace(account, waiting=Wish(wish.roles, wish.agencies, wish.modes, by, opens))


def with_rights_confirmed(account: Account, wish: Wish) -> Account:
    """The account with the rights that were asked; opened where they are its first."""
    return replace(
        account,
        roles=wish.roles,
        agencies=wish.agencies,
        modes=wish.modes,
        disabled=account.disabled and not wish.opens,
        waiting=None,
    )


def as_disabled(account: Account) -> Account:
    """The account that lets nobody in; first rights that waited for it open it no more."""
    wish = account.waiting
    shut = replace(wish, shut=True) if wish and wish.opens else wish
    return replace(account, disabled=True, waiting=shut)


def seen_modes(account: Account) -> frozenset[str]:
    """The levels of use that the account sees: those that it has and that its roles allow."""
    rights = rights_of(account.roles)
    allowed = {PUBLIC: Right.SEARCH, CONDITIONAL: Right.CONDITIONAL}
    return frozenset(mode for mode in account.modes if allowed[mode] in rights)


def must_enrol(account: Account, roles: frozenset[str]) -> bool:
    """Whether a second factor is to be set first, as one of these roles needs one."""
    return bool(account.roles & roles) and not account.totp_secret and not account.identity


def reader_of(
    account: Account,
    register: AgencyRegister,
    with_second_factor: frozenset[str] = frozenset(),
    granted: frozenset[str] = frozenset(),
) -> Reader:
    """Who asks when this account does; no rights while a password or a second factor is to be set first.

    The scope includes the agencies that were merged into those of the account; ``granted`` are records that
    were opened to its person for a time.
    """
    if account.must_change or account.disabled or must_enrol(account, with_second_factor):
        return Reader(account.name, by_name=True, access=NO_ACCESS)
    agencies = account.agencies
    if agencies is not None:
        agencies = agencies.union(*map(register.predecessors, agencies))
    return Reader(account.name, True, account.roles, Access(agencies, seen_modes(account), granted))


def after_failure(account: Account, at: datetime) -> Account:
    """The account after a wrong password: from the fifth on it is locked, twice as long each time."""
    failures = account.failures + 1
    steps = failures - FREE_FAILURES
    if steps < 0:
        return replace(account, failures=failures)
    return replace(
        account, failures=failures, locked_until=at + min(FIRST_LOCK * 2 ** min(steps, 16), LONGEST_LOCK)
    )


def after_success(account: Account) -> Account:
    """The account after the right password: what was wrong before is forgotten."""
    return replace(account, failures=0, locked_until=None)


def with_first_password(account: Account, password_hash: str, at: datetime) -> Account:
    """The account with a password that somebody else chose: usable again, to choose an own one in time.

    A second factor and an identity elsewhere are gone, too. One whose first rights wait stays closed.
    """
    return replace(
        after_success(account),
        password_hash=password_hash,
        must_change=True,
        password_until=at + FIRST_PASSWORD_FOR,
        disabled=account.waiting is not None and account.waiting.opens,
        totp_secret="",
        totp_step=0,
        identity="",
    )


def with_identity(account: Account, key: str) -> Account:
    """The account of somebody who signs in elsewhere: password and second factor are gone."""
    return replace(
        after_success(account),
        identity=key,
        password_hash="",
        must_change=False,
        password_until=None,
        totp_secret="",
        totp_step=0,
    )


def with_own_password(account: Account, password_hash: str) -> Account:
    """The account with a password that only its person knows."""
    own = replace(account, password_hash=password_hash, must_change=False, password_until=None)
    return after_success(own)


def with_second_factor(account: Account, secret: str, step: int) -> Account:
    """The account with a second factor, of which the code of that half minute was used."""
    return replace(after_success(account), totp_secret=secret, totp_step=step)


def kept_secret(secret: str) -> str:
    """What the event tells of a second factor's secret, or of a password's hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
