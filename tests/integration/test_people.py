"""People sign in, choose a password, are locked out, and are ended by an administrator."""

from __future__ import annotations

import sqlite3
from base64 import b32decode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.event_chain import canonical_json
from sohoa.domain.errors import Conflict, InvalidRequest, NotAllowed, NotFound
from sohoa.domain.people.account import FIRST_PASSWORD_FOR
from sohoa.domain.people.session import IDLE, LONGEST
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent
from sohoa.usecases.checks.faults import Fault
from sohoa.usecases.checks.people_history import account_faults, broken_chains, token_faults
from sohoa.usecases.people.accounts import add, confirm, disable, grant, listed, reset, to_confirm
from sohoa.usecases.people.acts import done_by, noted
from sohoa.usecases.people.api_tokens import add_token, caller_for, revoke_token
from sohoa.usecases.people.second_factor import set_second_factor
from sohoa.usecases.people.sign_in import Session, change_password, reader_for, sign_in, sign_out
from tests.support.people import OWN, SECOND, SHELL, People, opened_people
from tests.support.site import Site, stored_site

MINUTE = timedelta(minutes=1)
ADDRESS = "192.0.2.7"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with opened_people(tmp_path) as opened:
        yield opened


def session_of(people: People, token: str) -> Session:
    session = reader_for(people, token)
    assert session is not None
    return session


def test_a_first_password_is_good_for_choosing_another(people: People) -> None:
    """Until then its person has no rights; afterwards it opens nothing, and older sessions are over."""
    given = add(SHELL, people, "lan", "Lê Lan", ["archivist"])
    first = sign_in(people, " LAN ", given.password, ADDRESS)
    assert first is not None
    assert first.must_change
    session = session_of(people, first.token)
    assert session.reader.roles == frozenset()
    own = change_password(people, session, given.password, OWN, ADDRESS)
    assert not own.must_change
    assert reader_for(people, first.token) is None
    assert session_of(people, own.token).reader.roles == {"archivist"}
    assert sign_in(people, "lan", given.password) is None
    assert sign_in(people, "lan", OWN) is not None
    told = ["account_added", "signed_in", "password_changed", "sign_in_refused", "signed_in"]
    assert people.told("people/lan") == told


def test_a_first_password_ends(people: People) -> None:
    """After three days it lets nobody in, and a reset gives another."""
    given = add(SHELL, people, "lan", "Lê Lan", ["archivist"])
    people.clock.pass_by(FIRST_PASSWORD_FOR)
    assert sign_in(people, "lan", given.password) is None
    assert sign_in(people, "lan", reset(SHELL, people, "lan").password) is not None


def test_a_locked_account_takes_no_password(people: People) -> None:
    """After five wrong ones not even the right one, until the time is over; then all is forgotten."""
    people.with_own_password()
    for _ in range(5):
        assert sign_in(people, "lan", "wrong", ADDRESS) is None
    assert sign_in(people, "lan", OWN, ADDRESS) is None
    people.clock.pass_by(MINUTE)
    assert sign_in(people, "lan", "wrong") is None
    people.clock.pass_by(MINUTE)
    assert sign_in(people, "lan", OWN) is None
    people.clock.pass_by(MINUTE)
    assert sign_in(people, "lan", OWN) is not None
    assert [one.account.failures for one in listed(SHELL, people)] == [0]
    whys = [event.details.get("why") for event in people.events.events("people/lan")]
    assert whys[-9:] == [*["password"] * 5, "locked", "password", "locked", None]


def test_guesses_at_once_are_counted_one_by_one(people: People) -> None:
    """The right password among many wrong ones at the same time is taken only before the fifth of them."""
    people.with_own_password()
    before = len(people.told("people/lan"))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: sign_in(people, "lan", "wrong"), range(16)))
    after = people.events.events("people/lan")[before:]
    assert sorted(event.details["why"] for event in after) == ["locked"] * 11 + ["password"] * 5
    assert sign_in(people, "lan", OWN) is None


@pytest.mark.parametrize("login", ["nobody", "", "\x00", "x" * 10_000, "people/*", "\ud800"])
@pytest.mark.parametrize("password", ["", OWN, "\x00", "\ud800", "p" * 10_000])
def test_an_unknown_login_is_refused_as_any(people: People, login: str, password: str) -> None:
    """Nothing is a fault, and what was typed, which may be a password, is not kept."""
    assert sign_in(people, login, password, ADDRESS) is None
    (event,) = people.events.events("people/*")
    assert event.details == {"address": ADDRESS, "why": "unknown"}


def test_a_wrong_name_takes_as_long_as_a_wrong_password(people: People) -> None:
    """Medians of 30 tries each, taken in turns, differ by less than 10 ms of work."""
    people.with_own_password()
    disabled = people.with_own_password("mai")
    assert disabled
    disable(SHELL, people, "mai")
    took: dict[str, list[float]] = {"lan": [], "nobody": [], "mai": []}
    for _ in range(30):
        for login, times in took.items():
            began = process_time()
            assert sign_in(people, login, "wrong") is None
            times.append(process_time() - began)
    medians = [median(times) for times in took.values()]
    assert max(medians) - min(medians) < 0.010


def test_an_address_that_tries_too_often_waits(people: People) -> None:
    """It is told how long; others go on, and right passwords do not count."""
    people.tries = Tries(at_once=3)
    people.with_own_password()
    for _ in range(5):
        assert sign_in(people, "lan", OWN, ADDRESS) is not None
    for _ in range(3):
        assert sign_in(people, "nobody", "wrong", ADDRESS) is None
    with pytest.raises(NotAllowed) as refused:
        sign_in(people, "lan", OWN, ADDRESS)
    assert (refused.value.code, refused.value.details) == ("too_many_tries", {"seconds": "2"})
    assert sign_in(people, "lan", OWN, "192.0.2.8") is not None


def test_a_session_ends_by_itself(people: People) -> None:
    """Half an hour after its last use, and twelve hours after its beginning however it is used."""
    token = people.with_own_password().token
    people.clock.pass_by(IDLE - MINUTE)
    session_of(people, token)
    people.clock.pass_by(IDLE - MINUTE)
    session_of(people, token)
    people.clock.pass_by(IDLE)
    assert reader_for(people, token) is None
    again = sign_in(people, "lan", OWN)
    assert again is not None
    for _ in range(int(LONGEST / IDLE) * 2 - 1):
        people.clock.pass_by(IDLE / 2)
        session_of(people, again.token)
    people.clock.pass_by(IDLE / 2)
    assert reader_for(people, again.token) is None


def test_a_person_signs_out(people: People) -> None:
    """The session of that token is over; other sessions go on; a second time is harmless."""
    first = people.with_own_password()
    second = sign_in(people, "lan", OWN)
    assert second is not None
    for _ in range(2):
        sign_out(people, first.token, ADDRESS)
        assert reader_for(people, first.token) is None
    assert reader_for(people, second.token) is not None
    assert people.told("people/lan").count("signed_out") == 1
    for nonsense in ("", "x", "\ud800"):
        sign_out(people, nonsense)
        assert reader_for(people, nonsense) is None


@pytest.mark.parametrize("end", [disable, reset])
def test_an_administrator_ends_all_sessions(people: People, end: object) -> None:
    """By disabling the account or giving it a new first password; the old one opens nothing then."""
    first = people.with_own_password()
    second = sign_in(people, "lan", OWN)
    assert second is not None
    assert [one.sessions for one in listed(SHELL, people)] == [2]
    assert callable(end)
    end(SHELL, people, "lan")
    assert [reader_for(people, one.token) for one in (first, second)] == [None, None]
    assert [one.sessions for one in listed(SHELL, people)] == [0]
    assert sign_in(people, "lan", OWN) is None


def test_a_disabled_account_has_no_session(people: People) -> None:
    """Not even in the moment before its sessions are ended."""
    token = people.with_own_password().token
    new = NewEvent(SHELL.actor, Action.ACCOUNT_DISABLED, {})
    people.accounts.change("lan", lambda account: (replace(account, disabled=True), new), people.clock.now())
    assert reader_for(people, token) is None


def test_a_disabled_account_is_opened_by_a_reset(people: People) -> None:
    """Its person chooses a password anew, and has the rights of before."""
    people.with_own_password()
    disable(SHELL, people, "lan")
    given = reset(SHELL, people, "LAN")
    signed = sign_in(people, "lan", given.password)
    assert signed is not None
    assert signed.must_change
    assert given.account.roles == {"archivist"}


def test_a_session_opened_while_the_account_was_reset_is_none(people: People) -> None:
    """A reset between the look at the password and the opening of the session leaves no session behind."""
    people.with_own_password()
    opening = people.sessions.open

    class Between:
        """Sessions before whose opening the account is reset."""

        def __getattr__(self, name: str) -> object:
            return getattr(sessions, name)

        def open(self, login: str, at: object) -> str:
            reset(SHELL, people, login)
            return opening(login, at)  # type: ignore[arg-type]

    sessions = people.sessions
    people.sessions = Between()  # type: ignore[assignment]
    assert sign_in(people, "lan", OWN) is None
    assert sessions.count(people.clock.now()) == {}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wrong", "sáu con mèo leo cây", "old_password"),
        (OWN, OWN, "same_password"),
        (OWN, "matkhau123456", "password"),
    ],
)
def test_a_change_of_password_that_is_refused(people: People, old: str, new: str, code: str) -> None:
    """The old password stays, and so does the session."""
    token = people.with_own_password().token
    with pytest.raises(InvalidRequest) as refused:
        change_password(people, session_of(people, token), old, new)
    assert refused.value.code == code
    assert reader_for(people, token) is not None
    assert sign_in(people, "lan", OWN) is not None


def test_wrong_old_passwords_lock_too(people: People) -> None:
    """A session that somebody else sits at is no way to guess the password."""
    session = session_of(people, people.with_own_password().token)
    for _ in range(6):
        with pytest.raises(InvalidRequest):
            change_password(people, session, "wrong", "sáu con mèo leo cây")
    with pytest.raises(InvalidRequest):
        change_password(people, session, OWN, "sáu con mèo leo cây")
    assert sign_in(people, "lan", OWN) is None


def test_accounts_are_an_administrators_alone(people: People) -> None:
    """A person without the role is refused whatever they ask; an account of the system is not."""
    lan = Reader("Lan", True, frozenset({"archivist", "auditor", "security"}))
    asked = (
        lambda: add(lan, people, "mai", "Mai", ["reader"]),
        lambda: listed(lan, people),
        lambda: disable(lan, people, "mai"),
        lambda: reset(lan, people, "mai"),
    )
    for ask in asked:
        with pytest.raises(NotAllowed):
            ask()
    admin = Reader("Chủ", True, frozenset({"administrator"}))
    add(admin, people, "mai", "Mai", ["reader"])
    assert [event.actor for event in people.events.events("people/mai")] == ["person:Chủ"]


def test_other_rights_count_from_a_second_persons_word(people: People) -> None:
    """Then the open session has them with its next question; what cannot be is refused."""
    token = people.with_own_password().token
    before = session_of(people, token).reader
    grant(SHELL, people, "LAN", ["officer"], ["Z02"], ["01"])
    assert session_of(people, token).reader == before
    confirm(SECOND, people, "lan")
    reader = session_of(people, token).reader
    assert reader.roles == {"officer"}
    assert reader.access.agencies == frozenset({"Z01", "Z02"})
    assert reader.access.modes == {"01"}
    for roles, agencies in ((["officer"], []), (["chief"], []), ([], []), (["reader"], ["Z99"])):
        with pytest.raises(InvalidRequest):
            grant(SHELL, people, "lan", roles, agencies)
    with pytest.raises(NotFound):
        grant(SHELL, people, "nobody", ["reader"])
    with pytest.raises(NotAllowed):
        grant(reader, people, "lan", ["administrator"])
    assert people.told("people/lan")[-2:] == ["rights_asked", "rights_changed"]
    assert session_of(people, token).reader == reader
    assert faults(people) == []


ADMIN = Reader("Chủ", True, frozenset({"administrator"}))


def test_who_may_say_yes_to_rights(people: People) -> None:
    """An administrator by name, who neither asked for them nor gets them; and once."""
    people.with_own_password("chu", "reader")
    grant(ADMIN, people, "chu", ["administrator"])
    itself = Reader("Người chu", True, frozenset({"administrator"}))
    for reader in (ADMIN, itself, SHELL, Reader("Mai", True, frozenset({"auditor"}))):
        with pytest.raises(NotAllowed):
            confirm(reader, people, "chu")
    confirm(SECOND, people, "chu")
    with pytest.raises(InvalidRequest):
        confirm(SECOND, people, "chu")
    with pytest.raises(NotFound):
        confirm(SECOND, people, "nobody")
    assert faults(people) == []


def test_a_new_account_waits_for_a_second_person(people: People) -> None:
    """The first of a home does not; any other lets nobody in, not even after a reset, until then."""
    add(ADMIN, people, "chu", "Chủ", ["administrator"])
    assert people.accounts.account("chu").admits(people.clock.now())  # type: ignore[union-attr]
    given = add(ADMIN, people, "lan", "Lê Lan", ["archivist"])
    assert sign_in(people, "lan", given.password, ADDRESS) is None
    given = reset(ADMIN, people, "lan")
    assert sign_in(people, "lan", given.password, ADDRESS) is None
    grant(ADMIN, people, "lan", ["reviewer"])
    assert faults(people) == []
    confirm(SECOND, people, "lan")
    assert sign_in(people, "lan", given.password, ADDRESS) is not None
    assert people.accounts.account("lan").roles == {"reviewer"}  # type: ignore[union-attr]
    disable(ADMIN, people, "lan")
    assert faults(people) == []


def test_a_person_says_yes_to_the_rights_that_they_saw(people: People) -> None:
    """Where others were asked for since, nothing is confirmed."""
    people.with_own_password()
    grant(ADMIN, people, "lan", ["reviewer"])
    seen = to_confirm(SECOND, people, "lan").sha256
    grant(ADMIN, people, "lan", ["administrator"])
    with pytest.raises(Conflict):
        confirm(SECOND, people, "lan", seen)
    assert people.accounts.account("lan").roles == {"archivist"}  # type: ignore[union-attr]
    confirm(SECOND, people, "lan", to_confirm(SECOND, people, "lan").sha256)
    assert people.accounts.account("lan").roles == {"administrator"}  # type: ignore[union-attr]


def test_an_account_disabled_before_its_first_rights_stays_closed(people: People) -> None:
    """A second person's yes does not open it, nor a reset: its rights are asked anew."""
    people.given("chu", "Chủ", "administrator")
    add(ADMIN, people, "lan", "Lê Lan", ["administrator"])
    disable(ADMIN, people, "lan")
    with pytest.raises(InvalidRequest) as refused:
        confirm(SECOND, people, "lan")
    assert refused.value.code == "nothing_waits"
    password = reset(ADMIN, people, "lan").password
    assert sign_in(people, "lan", password, ADDRESS) is None
    assert faults(people) == []
    grant(ADMIN, people, "lan", ["reader"])
    confirm(SECOND, people, "lan")
    assert sign_in(people, "lan", password, ADDRESS) is not None
    assert faults(people) == []


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE accounts SET waiting=replace(waiting, 'account:root', 'person:X') WHERE login='mai'""",
        """UPDATE accounts SET waiting=replace(waiting, 'reviewer', 'administrator') WHERE login='mai'""",
        "UPDATE accounts SET waiting=NULL WHERE login='mai'",
        "UPDATE accounts SET disabled=0 WHERE login='mai'",
        "UPDATE accounts SET totp_secret='' WHERE login='lan'",
        "UPDATE accounts SET totp_secret='ABC' WHERE login='mai'",
    ],
)
def test_rights_that_wait_and_second_factors_are_verified(
    people: People, tmp_path: Path, statement: str
) -> None:
    """Another asker, other rights, a wish or a factor that is gone or was put there, an opened door."""
    enrolled(people)
    add(SHELL, people, "mai", "Mai", ["reviewer"])
    assert faults(people) == []
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger, ledger:
        assert ledger.execute(statement).rowcount
    assert {fault.kind for fault in faults(people)} == {"account_differs"}


def enrolled(people: People) -> str:
    """The secret of Lan, who has just set a second factor."""
    session = session_of(people, people.with_own_password().token)
    secret = people.second_factors.fresh()
    set_second_factor(people, session, OWN, secret, code_of(people, secret), ADDRESS)
    return secret


def code_of(people: People, secret: str) -> str:
    """What the telephone shows now."""
    totp = TOTP(b32decode(secret), 6, SHA1(), 30)  # noqa: S303
    return totp.generate(int(people.clock.now().timestamp())).decode()


def test_a_second_factor_belongs_to_the_password(people: People) -> None:
    """Without a code, with a wrong or a used one nobody is let in; a new one is good once."""
    secret = enrolled(people)
    used = code_of(people, secret)
    for code in ("", used, "12345"):
        assert sign_in(people, "lan", OWN, ADDRESS, code) is None
    assert people.events.events("people/lan")[-1].details["why"] == "code"
    people.clock.pass_by(MINUTE)
    fresh = code_of(people, secret)
    assert sign_in(people, "lan", "wrong", ADDRESS, fresh) is None
    assert sign_in(people, "lan", OWN, ADDRESS, fresh) is not None
    assert sign_in(people, "lan", OWN, ADDRESS, fresh) is None


def test_a_reset_takes_the_second_factor_away(people: People) -> None:
    """Who lost the telephone signs in by a first password again."""
    enrolled(people)
    given = reset(SHELL, people, "lan")
    assert sign_in(people, "lan", given.password, ADDRESS) is not None
    assert faults(people) == []


def test_a_second_factor_is_set_by_password_and_code(people: People) -> None:
    """A wrong password counts as at signing in, a wrong code sets nothing, a set one is not replaced."""
    session = session_of(people, people.with_own_password().token)
    secret = people.second_factors.fresh()
    for password, code, said in (("wrong", code_of(people, secret), "old_password"), (OWN, "000", "code")):
        with pytest.raises(InvalidRequest) as refused:
            set_second_factor(people, session, password, secret, code, ADDRESS)
        assert refused.value.code == said
    assert people.accounts.account("lan").failures == 2  # type: ignore[union-attr]
    with pytest.raises(InvalidRequest):
        set_second_factor(people, session, OWN, "AAAA", code_of(people, secret), ADDRESS)
    token = set_second_factor(people, session, OWN, secret, code_of(people, secret), ADDRESS).token
    assert reader_for(people, session.token) is None
    with pytest.raises(InvalidRequest) as again:
        set_second_factor(people, session_of(people, token), OWN, secret, "1", ADDRESS)
    assert again.value.code == "second_factor"


def test_a_session_is_no_way_around_the_lock(people: People) -> None:
    """While the account is locked the right password is refused in the same words as a wrong one."""
    session = session_of(people, people.with_own_password().token)
    secret = people.second_factors.fresh()
    for _ in range(6):
        with pytest.raises(InvalidRequest):
            set_second_factor(people, session, "wrong", secret, "1", ADDRESS)
    session = session_of(people, session.token)
    code = code_of(people, secret)
    asked: tuple[Callable[[], object], ...] = (
        lambda: set_second_factor(people, session, OWN, secret, "1", ADDRESS),
        lambda: set_second_factor(people, session, OWN, secret, code, ADDRESS),
        lambda: set_second_factor(people, session, "wrong", secret, code, ADDRESS),
        lambda: change_password(people, session, OWN, OWN),
        lambda: change_password(people, session, OWN, "sáu con mèo leo cây"),
    )
    for ask in asked:
        with pytest.raises(InvalidRequest) as refused:
            ask()
        assert refused.value.code == "old_password"
    assert people.accounts.account("lan").failures == 5  # type: ignore[union-attr]
    people.clock.pass_by(2 * MINUTE)
    assert set_second_factor(people, session, OWN, secret, code_of(people, secret), ADDRESS).token


def test_who_needs_a_second_factor_has_no_rights_without(people: People) -> None:
    """Of the roles that the settings name, in the browser and by a token; others are not held up."""
    token = people.with_own_password().token
    people.second_factor_roles = frozenset({"archivist"})
    session = session_of(people, token)
    assert session.must_enrol
    assert session.reader.roles == set()
    assert session.reader.access.modes == set()
    given = add_token(SHELL, people, "lan", ["records"], people.clock.now() + MINUTE)
    caller = caller_for(people, given.secret)
    assert caller is not None
    assert caller.reader.roles == set()
    secret = people.second_factors.fresh()
    own = set_second_factor(people, session, OWN, secret, code_of(people, secret), ADDRESS)
    assert session_of(people, own.token).reader.roles == {"archivist"}


def test_what_is_not_there_cannot_be_changed(people: People) -> None:
    """An unknown account, and one that is there already, are refused by what they are."""
    add(SHELL, people, "lan", "Lê Lan", ["reader"])
    for change in (disable, reset):
        with pytest.raises(NotFound):
            change(SHELL, people, "nobody")
    for login, name in (("lan", "Another"), ("other", "Lê Lan")):
        with pytest.raises(Conflict):
            add(SHELL, people, login, name, ["reader"])


def test_no_event_holds_a_secret(people: People) -> None:
    """Neither passwords nor hashes nor tokens are in any chain, nor in what is printed of the objects."""
    signed = people.with_own_password()
    given = reset(SHELL, people, "lan")
    assert sign_in(people, "lan", "a guess of mine") is None
    session = sign_in(people, "lan", given.password)
    assert session is not None
    account = people.accounts.account("lan")
    assert account is not None
    secrets = (OWN, "a guess of mine", given.password, signed.token, session.token, account.password_hash)
    told = [canonical_json(dict(event.details)) + event.subject for event in people.events.below("")]
    told += [repr(one) for one in (given, session, account, session_of(people, session.token))]
    assert not [secret for secret in secrets if any(secret in text for text in told)]


def test_what_a_person_does_is_chained(people: People) -> None:
    """A record's views are one chain, a person's searches and refusals another, with numbers hidden."""
    reader = session_of(people, people.with_own_password().token).reader
    for action in (Action.VIEWED, Action.DOWNLOADED, Action.PRINTED):
        noted(reader, people, action, "r1", {"file": "archive.pdf"}, purpose="trích lục", address=ADDRESS)
    noted(reader, people, Action.SEARCHED, details={"query": "CCCD 079203012345"}, address=ADDRESS)
    noted(reader, people, Action.REFUSED, details={"asked": "r2"})
    assert people.told("views/r1") == ["viewed", "downloaded", "printed"]
    assert people.told("searches/Người lan") == ["searched", "refused"]
    event = people.events.events("views/r1")[1]
    assert event.actor == reader.actor
    assert dict(event.details) == {"file": "archive.pdf", "purpose": "trích lục", "address": ADDRESS}
    assert "079203012345" not in str(people.events.events("searches/Người lan"))


def test_an_auditor_reads_what_people_did(people: People) -> None:
    """Sign-ins, searches and refusals of a person in their order; tries without an account; nobody else's."""
    reader = session_of(people, people.with_own_password().token).reader
    people.clock.pass_by(MINUTE)
    noted(reader, people, Action.SEARCHED, details={"query": "47/QĐ-UBND"})
    people.clock.pass_by(MINUTE)
    sign_in(people, "lan", "wrong", ADDRESS)
    sign_in(people, "nobody", "wrong", ADDRESS)
    auditor = Reader("Kiểm", True, frozenset({"auditor"}))
    actions = [event.action for event in done_by(auditor, people, "LAN")]
    assert actions[-3:] == ["password_changed", "searched", "sign_in_refused"]
    assert [event.details["why"] for event in done_by(auditor, people)] == ["unknown"]
    with pytest.raises(NotAllowed):
        done_by(reader, people, "lan")
    with pytest.raises(NotFound):
        done_by(auditor, people, "nobody")


def faults(people: People) -> list[Fault]:
    """What ``verify`` finds of people."""
    accounts = account_faults(people.accounts, people.events)
    return [*broken_chains(people.events, ()), *accounts, *token_faults(people.tokens, people.events)]


def test_what_people_did_is_verified(people: People) -> None:
    """Nothing is found where nothing was touched."""
    reader = session_of(people, people.with_own_password().token).reader
    people.with_own_password("mai", "officer", agencies=["Z02"])
    noted(reader, people, Action.VIEWED, "r1")
    noted(reader, people, Action.SEARCHED)
    disable(SHELL, people, "mai")
    sign_in(people, "nobody", "x")
    assert faults(people) == []


@pytest.mark.parametrize(
    ("statement", "path", "kind"),
    [
        ("UPDATE events SET actor='person:X' WHERE subject='views/r1'", "views/r1", "event_chain"),
        ("DELETE FROM events WHERE subject='views/r1' AND position=1", "views/r1", "event_chain"),
        (
            "UPDATE events SET position=position-9 WHERE subject='people/*' AND position=2",
            *("people/*", "event_chain"),
        ),
        (
            "UPDATE events SET details='{}' WHERE subject LIKE 'searches/%'",
            "searches/Người lan",
            "event_chain",
        ),
        ("UPDATE accounts SET roles='administrator' WHERE login='lan'", "people/lan", "account_differs"),
        ("UPDATE accounts SET agencies=NULL WHERE login='mai'", "people/mai", "account_differs"),
        ("UPDATE accounts SET disabled=0 WHERE login='mai'", "people/mai", "account_differs"),
        ("UPDATE accounts SET disabled=1 WHERE login='lan'", "people/lan", "account_differs"),
        ("UPDATE accounts SET password_hash='x' WHERE login='lan'", "people/lan", "account_differs"),
        ("DELETE FROM accounts WHERE login='mai'", "people/mai", "account_differs"),
        ("DELETE FROM events WHERE subject='people/lan'", "people/lan", "account_differs"),
    ],
)
def test_what_was_changed_beside_the_program_is_a_fault(
    people: People, tmp_path: Path, statement: str, path: str, kind: str
) -> None:
    """A changed or missing event, other rights, and a door that was opened are named by their subject."""
    reader = session_of(people, people.with_own_password().token).reader
    people.with_own_password("mai", "officer", agencies=["Z02"])
    for _ in range(3):
        noted(reader, people, Action.VIEWED, "r1")
        noted(reader, people, Action.SEARCHED)
        sign_in(people, "nobody", "x")
    disable(SHELL, people, "mai")
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger, ledger:
        assert ledger.execute(statement).rowcount
    assert {(fault.path, fault.kind.value) for fault in faults(people)} == {(path, kind)}


def test_work_is_given_to_whoever_may_review(tmp_path: Path) -> None:
    """To a person with an account whose role allows it, as long as it is not disabled."""
    site, archivist = stored_site(tmp_path), "Cán bộ lưu trữ mẫu"
    record = site.json("review", "list")[0]["record_id"]
    site.run("user", "add", "hoa", "--name", "Hoa", "--role", "reviewer")
    site.run("user", "add", "mai", "--name", "Mai", "--role", "reader")
    site.run("review", "assign", record, "--to", "Hoa", "--as", archivist)
    assert [row["record_id"] for row in site.json("review", "list", "--assignee", "Hoa")] == [record]
    site.run("user", "disable", "hoa")
    for name in ("Hoa", "Mai", "Nobody"):
        ended, _, err = site.ask("review", "assign", record, "--to", name, "--as", archivist)
        assert (ended, "has not the role archivist or reviewer" in err) == (2, True)


def test_a_shell_hands_on_the_first_password_alone(tmp_path: Path) -> None:
    """It stands on stdout by itself; what is refused says what to type, and ends with 2."""
    site = Site(tmp_path / "home")
    site.run("init")
    first = site.run("user", "add", "Lan.Le", "--role", "archivist")
    again = site.run("user", "reset", "lan.le")
    assert [len(printed.strip().split("-")) for printed in (first, again)] == [4, 4]
    assert first != again
    for words, said in (
        (("add", "lan.le"), "sohoa user list"),
        (("add", "x y"), "no login"),
        (("add", "mai", "--role", "chief"), "archivist"),
        (("add", "mai", "--role", "officer"), "--agency CODE"),
        (("add", "mai", "--agency", "Z00"), "config/agencies.yaml"),
        (("add", "mai", "--mode", "03"), "01 and 02"),
        (("disable", "mai"), "sohoa user list"),
        (("reset", "mai"), "sohoa user list"),
        (("events", "mai"), "sohoa user list"),
        (("list", "--as", "Cán bộ lưu trữ mẫu"), "role administrator"),
        (("events", "--as", "Cán bộ lưu trữ mẫu"), "role auditor"),
    ):
        ended, out, err = site.ask("user", *words)
        assert (ended, out, said in err) == (2, "", True), err
    site.run("user", "disable", "lan.le")
    assert "lan.le" in site.run("user", "list")
    assert "lập tài khoản" in site.run("user", "events", "lan.le")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO api_tokens SELECT replace(sha256, substr(sha256, 1, 1), 'x'), login, scopes, made_at,"
        " until FROM api_tokens",
        "UPDATE api_tokens SET scopes='coverage records review'",
        "UPDATE api_tokens SET until='2999-01-01T00:00:00.000000+00:00'",
        "UPDATE api_tokens SET login='mai'",
    ],
)
def test_a_token_that_nobody_made_is_a_fault(people: People, tmp_path: Path, statement: str) -> None:
    """Another token, or one with more scopes, a later end or another person; others are none."""
    for login in ("lan", "mai"):
        people.given(login, login, "archivist")
    until = people.clock.now() + timedelta(days=1)
    revoke_token(SHELL, people, add_token(SHELL, people, "lan", ["records"], until).token.token_id)
    add_token(SHELL, people, "lan", ["records"], until)
    assert faults(people) == []
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger, ledger:
        ledger.execute(statement)
    assert {fault.kind for fault in faults(people)} == {"token_differs"}
