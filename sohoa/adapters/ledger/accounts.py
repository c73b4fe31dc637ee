"""Accounts of the people who sign in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import append_made, append_with
from sohoa.adapters.ledger.tables import ACCOUNTS
from sohoa.domain.errors import Conflict, NotFound
from sohoa.domain.people.account import Account, Wish, rights_told, subject_of
from sohoa.ports import Change, NewEvent

_NAMES = tuple(field.name for field in fields(Account))
_ACCOUNT = select(*(ACCOUNTS.c[name] for name in _NAMES))


class SqlAccounts:
    """The ``Accounts`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def account(self, login: str) -> Account | None:
        """The account of that login, or None."""
        with self._database.reading() as connection:
            row = connection.execute(_ACCOUNT.where(ACCOUNTS.c.login == login)).one_or_none()
        return _account(row) if row else None

    def of_identity(self, key: str) -> Account | None:
        """The account of that person of another sign-in service, or None."""
        if not key:
            return None
        with self._database.reading() as connection:
            row = connection.execute(_ACCOUNT.where(ACCOUNTS.c.identity == key)).one_or_none()
        return _account(row) if row else None

    def listed(self) -> Sequence[Account]:
        """All accounts, sorted by login."""
        with self._database.reading() as connection:
            return [_account(row) for row in connection.execute(_ACCOUNT.order_by(ACCOUNTS.c.login))]

    def add(self, account: Account, new: NewEvent, at: datetime) -> None:
        """Add an account; raises ``Conflict`` where its login or its person's name is taken."""
        taken = select(ACCOUNTS.c.login).where(
            or_(ACCOUNTS.c.login == account.login, ACCOUNTS.c.name == account.name)
        )

        def write(connection: Connection) -> None:
            if (login := connection.execute(taken.limit(1)).scalar_one_or_none()) is not None:
                raise Conflict("account", f"account {login!r} has that login or that person's name")
            connection.execute(insert(ACCOUNTS).values(_row(account)))

        append_with(self._database, subject_of(account.login), new, at, write)

    def change(self, login: str, change: Change, at: datetime) -> Account:
        """Change an account in one step; the account as it is then."""
        query = _ACCOUNT.where(ACCOUNTS.c.login == login).with_for_update()
        then: list[Account] = []

        def make(connection: Connection) -> NewEvent:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NotFound("account", "there is no such account")
            account, new = change(_account(row))
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.login == login).values(_row(account)))
            then[:] = [account]
            return new

        append_made(self._database, subject_of(login), make, at)
        return then[0]


def _account(row: Row[Any]) -> Account:
    values = dict(row._mapping)
    agencies = None if row.agencies is None else frozenset(row.agencies.split())
    sets = {"roles": frozenset(row.roles.split()), "modes": frozenset(row.modes.split())}
    values["waiting"] = _wish(json.loads(row.waiting)) if row.waiting else None
    return Account(**values | sets | {"agencies": agencies, "identity": row.identity or ""})


def _row(account: Account) -> dict[str, Any]:
    values = {name: getattr(account, name) for name in _NAMES}
    agencies = None if account.agencies is None else " ".join(sorted(account.agencies))
    sets = {"roles": " ".join(sorted(account.roles)), "modes": " ".join(sorted(account.modes))}
    wish = account.waiting
    told = rights_told(wish) | {"by": wish.by, "opens": wish.opens, "shut": wish.shut} if wish else None
    values["waiting"] = json.dumps(told) if told else None
    return values | sets | {"agencies": agencies, "identity": account.identity or None}


def _wish(told: dict[str, Any]) -> Wish:
    agencies = told["agencies"]
    return Wish(
        frozenset(told["roles"]),
        None if agencies is None else frozenset(agencies),
        frozenset(told["modes"]),
        told["by"],
        told["opens"],
        told.get("shut", False),
    )
