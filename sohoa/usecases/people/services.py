"""What the people's use cases need of ``Services``."""

from __future__ import annotations

from typing import Protocol

from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.ports import (
    AccessRequests,
    Accounts,
    ApiTokens,
    Clock,
    EventLog,
    IdentityProvider,
    Passwords,
    SavedQueries,
    SecondFactors,
    Sessions,
    StartedSignIns,
)


class SessionServices(Protocol):
    """Accounts and open sessions."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def agencies(self) -> AgencyRegister: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def requests(self) -> AccessRequests: ...
    @property
    def second_factor_roles(self) -> frozenset[str]: ...


class TokenServices(SessionServices, Protocol):
    """The same, and the tokens of the API."""

    @property
    def tokens(self) -> ApiTokens: ...


class PeopleServices(TokenServices, Protocol):
    """The same, where passwords are made or looked at."""

    @property
    def passwords(self) -> Passwords: ...


class SecondFactorServices(PeopleServices, Protocol):
    """The same, and the codes of telephones."""

    @property
    def second_factors(self) -> SecondFactors: ...


class SignInServices(SecondFactorServices, Protocol):
    """The same, and how often each address tried."""

    @property
    def tries(self) -> Tries: ...


class IdentityServices(SessionServices, Protocol):
    """The same, and the province's sign-in service, None where there is none."""

    @property
    def identity_provider(self) -> IdentityProvider | None: ...


class ElsewhereServices(IdentityServices, Protocol):
    """The same, the sign-ins that were begun there, and which of its levels mean a second factor."""

    @property
    def started(self) -> StartedSignIns: ...
    @property
    def strong_levels(self) -> frozenset[str]: ...
    @property
    def tries(self) -> Tries: ...


class SavedServices(Protocol):
    """The questions that people keep."""

    @property
    def saved_queries(self) -> SavedQueries: ...
    @property
    def clock(self) -> Clock: ...


class ActServices(Protocol):
    """Where it is noted what people did, without anybody's personal data."""

    @property
    def events(self) -> EventLog: ...
    @property
    def codes(self) -> PersonalCodes: ...
    @property
    def clock(self) -> Clock: ...
