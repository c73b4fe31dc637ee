"""What every ledger does with accounts and sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import first_break
from sohoa.domain.errors import Conflict, InvalidRequest, NotFound
from sohoa.domain.people.access_request import AccessRequest, decided
from sohoa.domain.people.account import Account, after_failure, subject_of
from sohoa.domain.people.api_token import new_token
from sohoa.domain.people.identity import STARTED_FOR, StartedSignIn
from sohoa.domain.people.session import IDLE, LONGEST, OpenSession
from sohoa.ports import NewEvent
from tests.support.moments import NOON
from tests.support.processes import results, start

LAN = Account("lan", "Lê Thị Lan", frozenset({"archivist", "security"}), password_hash="kept")
ADDED = NewEvent("account:root", Action.ACCOUNT_ADDED, {})
REFUSED = NewEvent("address:", Action.SIGN_IN_REFUSED, {})


def test_an_account_comes_back_as_it_was_kept(ledger: SqlLedger) -> None:
    """Scope, roles, times and signs of every account are read as they were written, sorted by login."""
    some = [
        LAN,
        replace(LAN, login="an", name="An", agencies=frozenset({"H10", "H12.3"}), modes=frozenset({"01"})),
        replace(LAN, login="b.1", name="B", must_change=False, disabled=True, failures=7, locked_until=NOON),
        replace(LAN, login="c", name="C", password_until=NOON, roles=frozenset({"auditor"})),
    ]
    for account in some:
        ledger.accounts.add(account, ADDED, NOON)
        assert ledger.accounts.account(account.login) == account
    assert list(ledger.accounts.listed()) == sorted(some, key=lambda account: account.login)
    assert ledger.accounts.account("nobody") is None


def test_a_person_of_another_service_has_one_account(ledger: SqlLedger) -> None:
    """They are found by who they are there; any number of accounts is nobody's there."""
    ledger.accounts.add(replace(LAN, identity="key"), ADDED, NOON)
    for login in ("an", "b"):
        ledger.accounts.add(replace(LAN, login=login, name=login), ADDED, NOON)
    assert ledger.accounts.of_identity("key") == replace(LAN, identity="key")
    assert ledger.accounts.of_identity("another") is None
    assert ledger.accounts.of_identity("") is None


def test_a_sign_in_that_was_begun_is_taken_once_and_in_time(ledger: SqlLedger) -> None:
    """Its state opens it once; afterwards, too late, or by another state there is none."""
    started = StartedSignIn("state", "nonce", "verifier", "/browse", NOON + STARTED_FOR)
    ledger.started.keep(started, NOON)
    ledger.started.keep(replace(started, state="late"), NOON)
    assert ledger.started.take("other", NOON) is None
    assert ledger.started.take("state", NOON) == started
    assert ledger.started.take("state", NOON) is None
    assert ledger.started.take("late", NOON + STARTED_FOR) is None


@pytest.mark.parametrize("again", [replace(LAN, name="Another"), replace(LAN, login="other")])
def test_login_and_name_are_one_persons_alone(ledger: SqlLedger, again: Account) -> None:
    """A second account of that login or that name is refused, and no event tells of it."""
    ledger.accounts.add(LAN, ADDED, NOON)
    with pytest.raises(Conflict):
        ledger.accounts.add(again, ADDED, NOON)
    assert list(ledger.accounts.listed()) == [LAN]
    assert len(ledger.events.events(subject_of("lan"))) == 1
    assert ledger.events.events(subject_of("other")) == []


def test_a_change_is_one_step_with_its_event(ledger: SqlLedger) -> None:
    """The account is changed and the chain tells it; where the change fails neither happens."""
    ledger.accounts.add(LAN, ADDED, NOON)
    failed = ledger.accounts.change("lan", lambda account: (after_failure(account, NOON), REFUSED), NOON)
    assert failed == ledger.accounts.account("lan") == replace(LAN, failures=1)

    def broken(account: Account) -> tuple[Account, NewEvent]:
        raise InvalidRequest("usage", "no")

    with pytest.raises(InvalidRequest):
        ledger.accounts.change("lan", broken, NOON)
    with pytest.raises(NotFound):
        ledger.accounts.change("nobody", broken, NOON)
    events = ledger.events.events(subject_of("lan"))
    assert [event.action for event in events] == ["account_added", "sign_in_refused"]
    assert first_break(events) is None
    assert ledger.accounts.account("lan") == failed


FAILS = """
from sohoa.adapters.processes import may_live
from sohoa.domain.archive.actions import Action
from sohoa.domain.people.account import after_failure
from sohoa.ports import NewEvent
from tests.support.moments import NOON
ledger = open_ledger(place, may_live)
refused = NewEvent("address:", Action.SIGN_IN_REFUSED, {})
for _ in range(8):
    ledger.accounts.change("lan", lambda account: (after_failure(account, NOON), refused), NOON)
"""


def test_failures_at_the_same_time_are_all_counted(ledger: SqlLedger, ledger_url: str) -> None:
    """Two processes that note wrong passwords at once lose none of them."""
    ledger.accounts.add(LAN, ADDED, NOON)
    results([start(FAILS, ledger_url) for _ in range(2)])
    found = ledger.accounts.account("lan")
    assert found is not None
    assert found.failures == 16
    assert len(ledger.events.events(subject_of("lan"))) == 17


def test_a_session_is_found_by_its_token_alone(ledger: SqlLedger) -> None:
    """Each token is another; it leads to its session until that is ended; the ledger does not hold it."""
    first, second = (ledger.sessions.open("lan", NOON) for _ in range(2))
    assert first != second
    assert len(first) >= 43
    assert ledger.sessions.find(first) == OpenSession("lan", NOON, NOON)
    later = NOON + timedelta(minutes=5)
    ledger.sessions.seen(first, later)
    assert ledger.sessions.find(first) == OpenSession("lan", NOON, later)
    for unknown in ("", "x", first[:-1], "\ud800"):
        assert ledger.sessions.find(unknown) is None
    for _ in range(2):
        ledger.sessions.end(first)
        assert ledger.sessions.find(first) is None
    assert ledger.sessions.find(second) is not None


def test_all_sessions_of_an_account_end_at_once(ledger: SqlLedger) -> None:
    """Those of other accounts go on."""
    lans = [ledger.sessions.open("lan", NOON) for _ in range(3)]
    other = ledger.sessions.open("an", NOON)
    assert ledger.sessions.count(NOON) == {"lan": 3, "an": 1}
    assert ledger.sessions.end_all("lan") == 3
    assert ledger.sessions.end_all("lan") == 0
    assert [ledger.sessions.find(token) for token in lans] == [None] * 3
    assert ledger.sessions.find(other) is not None


@pytest.mark.parametrize("after", [IDLE, LONGEST])
def test_sessions_that_are_over_are_removed(ledger: SqlLedger, after: timedelta) -> None:
    """One that was not used for long, or lasts too long, is neither counted nor kept at the next sign-in."""
    token = ledger.sessions.open("lan", NOON)
    if after == LONGEST:
        ledger.sessions.seen(token, NOON + LONGEST - timedelta(minutes=1))
    assert ledger.sessions.count(NOON + after - timedelta(seconds=1)) == {"lan": 1}
    assert ledger.sessions.count(NOON + after) == {}
    ledger.sessions.open("an", NOON + after)
    assert ledger.sessions.find(token) is None


def test_a_token_is_found_by_its_digest_until_it_is_removed(ledger: SqlLedger) -> None:
    """It is read as it was kept, adding and removing are told in its account's chain, or do not happen."""
    ledger.accounts.add(LAN, ADDED, NOON)
    secrets = [ledger.tokens.fresh() for _ in range(2)]
    first, second = (new_token(each, "lan", ["records"], NOON, NOON + LONGEST) for each in secrets)
    for token in (first, second):
        ledger.tokens.add(token, NewEvent("account:root", Action.TOKEN_MADE, token.told()), NOON)
        assert ledger.tokens.find(token.sha256) == token
    assert set(ledger.tokens.listed()) == {first, second}
    gone = NewEvent("account:root", Action.TOKEN_REVOKED, {"token": first.token_id})
    ledger.tokens.remove(first, gone, NOON)
    with pytest.raises(NotFound):
        ledger.tokens.remove(first, gone, NOON)
    assert ledger.tokens.find(first.sha256) is None
    told = ["account_added", "token_made", "token_made", "token_revoked"]
    assert [event.action for event in ledger.events.events(subject_of("lan"))] == told


def test_a_request_is_kept_decided_and_over(ledger: SqlLedger) -> None:
    """It is read as it was kept; while it is granted its record is open; each step is told in the chain."""
    ledger.accounts.add(LAN, ADDED, NOON)
    asked = AccessRequest(ledger.requests.fresh_id(), "lan", "r1", "vì sao xin xem", NOON)
    ledger.requests.ask(asked, NewEvent("person:Lan", Action.ACCESS_ASKED, asked.told()))
    assert list(ledger.requests.waiting()) == list(ledger.requests.of("lan")) == [asked]
    assert ledger.requests.open_records("lan", NOON) == frozenset()

    def grant(request: AccessRequest) -> tuple[AccessRequest, NewEvent]:
        then = decided(request, "Mai", NOON, 2)
        return then, NewEvent("person:Mai", Action.ACCESS_GRANTED, then.told())

    granted = ledger.requests.change(asked, grant, NOON)
    assert list(ledger.requests.listed()) == [granted]
    assert list(ledger.requests.waiting()) == []
    assert ledger.requests.open_records("lan", NOON + timedelta(days=2, seconds=-1)) == {"r1"}
    assert ledger.requests.open_records("lan", NOON + timedelta(days=2)) == frozenset()
    assert ledger.requests.open_records("an", NOON) == frozenset()
    told = ["account_added", "access_asked", "access_granted"]
    assert [event.action for event in ledger.events.events(subject_of("lan"))] == told
    with pytest.raises(InvalidRequest):
        ledger.requests.change(granted, grant, NOON)
