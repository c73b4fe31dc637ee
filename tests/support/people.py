"""People who sign in, over an embedded ledger, with a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from sohoa.adapters.clock import SystemClock
from sohoa.adapters.ledger import open_ledger
from sohoa.adapters.passwords import Argon2Passwords
from sohoa.adapters.processes import alive
from sohoa.adapters.second_factors import TotpCodes
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes, load_personal_codes
from sohoa.ports import AccessRequests, Accounts, ApiTokens, EventLog, Sessions
from sohoa.usecases.people.accounts import Given, add, confirm
from sohoa.usecases.people.sign_in import SignedIn, change_password, reader_for, sign_in
from sohoa.wiring import PERSONAL_CODES
from tests.support.moments import NOON

SHELL = Reader("root")
SECOND = Reader("Người thứ hai", True, frozenset({"administrator"}))
OWN = "bốn con voi đi chợ phiên"
"""A password that a person might choose."""


class Clock(SystemClock):
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@dataclass
class People:
    """What the people's use cases need."""

    accounts: Accounts
    sessions: Sessions
    tokens: ApiTokens
    requests: AccessRequests
    events: EventLog
    passwords: Argon2Passwords
    second_factors: TotpCodes = field(default_factory=TotpCodes)
    second_factor_roles: frozenset[str] = frozenset()
    clock: Clock = field(default_factory=Clock)
    tries: Tries = field(default_factory=lambda: Tries(at_once=1000))
    agencies: AgencyRegister = field(
        default_factory=lambda: AgencyRegister(
            (Agency("Z01", "Một", successor="Z02"), Agency("Z02", "Hai"), Agency("Z03", "Ba"))
        )
    )
    codes: PersonalCodes = field(
        default_factory=lambda: load_personal_codes(yaml.safe_load(PERSONAL_CODES.read_text("utf-8")))
    )

    def given(self, login: str, name: str, *roles: str, **scope: list[str]) -> Given:
        """An account whose rights a second person has confirmed, where they waited."""
        given = add(SHELL, self, login, name, roles, **scope)
        return replace(given, account=confirm(SECOND, self, login)) if given.account.waiting else given

    def with_own_password(self, login: str = "lan", *roles: str, **scope: list[str]) -> SignedIn:
        """An account whose person has signed in and chosen ``OWN``."""
        given = self.given(login, f"Người {login}", *roles or ["archivist"], **scope)
        first = sign_in(self, login, given.password)
        assert first is not None
        session = reader_for(self, first.token)
        assert session is not None
        return change_password(self, session, given.password, OWN)

    def told(self, subject: str) -> list[str]:
        """The actions of a chain."""
        return [event.action for event in self.events.events(subject)]


@contextmanager
def opened_people(folder: Path) -> Iterator[People]:
    """Nobody yet, in a ledger of that folder."""
    ledger = open_ledger(f"sqlite:///{folder / 'ledger.sqlite'}", alive)
    yield People(
        ledger.accounts, ledger.sessions, ledger.tokens, ledger.requests, ledger.events, Argon2Passwords()
    )
    ledger.close()
