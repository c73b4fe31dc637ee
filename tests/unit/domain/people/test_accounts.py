"""Accounts: what can be one, what it sees, and when it lets somebody in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.errors import InvalidRequest, NotAllowed
from sohoa.domain.people.account import (
    FIRST_PASSWORD_FOR,
    FREE_FAILURES,
    LONGEST_LOCK,
    Account,
    after_failure,
    after_success,
    checked,
    login_of,
    reader_of,
    with_first_password,
    with_own_password,
)
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import RIGHTS, Right, rights_of
from tests.support.moments import NOON

REGISTER = AgencyRegister(
    (
        Agency("Z01", "Một", successor="Z02"),
        Agency("Z02", "Hai", successor="Z03"),
        Agency("Z03", "Ba"),
        Agency("Z04", "Bốn"),
    )
)
LAN = Account("lan", "Lê Thị Lan", frozenset({"archivist"}), password_hash="kept", must_change=False)
MINUTE = timedelta(minutes=1)
MATRIX = {
    "operator": {"search"},
    "reader": {"search"},
    "officer": {"search", "conditional"},
    "archivist": {"search", "conditional", "personal", "grant", "review", "retention"},
    "reviewer": {"search", "conditional", "review"},
    "security": {"search", "quarantine"},
    "auditor": {"search", "audit"},
    "administrator": {"search", "accounts"},
}


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("role", sorted(MATRIX))
def test_a_role_allows_what_the_matrix_says(role: str, right: Right) -> None:
    """A person of the role may do it, or is told which role is missing; an account of the system never."""
    person, system = Reader("Lan", True, frozenset({role})), Reader("root", False, frozenset({role}))
    assert sorted(RIGHTS) == sorted(MATRIX)
    assert person.may(right) == (right.value in MATRIX[role])
    assert not system.may(right)
    if person.may(right):
        assert person.decides(right) == "Lan"
    else:
        with pytest.raises(NotAllowed, match="has not the role"):
            person.decides(right)
    with pytest.raises(NotAllowed, match="by name"):
        system.decides(right)


def test_rights_add_up_and_unknown_roles_give_none() -> None:
    """Two roles give the rights of both."""
    assert rights_of({"auditor", "reviewer"}) == RIGHTS["auditor"] | RIGHTS["reviewer"]
    assert rights_of({"chief"}) == frozenset()


@pytest.mark.parametrize("role", sorted(MATRIX))
def test_the_levels_seen_are_those_of_role_and_account(role: str) -> None:
    """Level 02 is seen where a role allows it and the account has it."""
    whole = replace(LAN, roles=frozenset({role}), agencies=frozenset({"Z04"}))
    wanted = frozenset({"01", "02"}) if "conditional" in MATRIX[role] else frozenset({"01"})
    assert reader_of(whole, REGISTER).access.modes == wanted
    assert reader_of(replace(whole, modes=frozenset({"01"})), REGISTER).access.modes == {"01"}


def test_the_scope_includes_predecessors() -> None:
    """An agency's people see the papers of those that were merged into it, not of those that took it over."""
    of_two = reader_of(replace(LAN, agencies=frozenset({"Z02"})), REGISTER)
    assert of_two.access.agencies == frozenset({"Z01", "Z02"})
    assert of_two.actor == "person:Lê Thị Lan"
    assert reader_of(LAN, REGISTER).access.agencies is None


@pytest.mark.parametrize("change", [{"must_change": True}, {"disabled": True}])
def test_who_has_no_own_password_or_is_disabled_sees_nothing(change: dict[str, bool]) -> None:
    """Such a reader has no role, no agency and no level."""
    reader = reader_of(replace(LAN, **change), REGISTER)  # type: ignore[arg-type]
    assert reader.roles == frozenset()
    assert not any(reader.access.allows(agency.code, mode) for agency in REGISTER for mode in ("01", "02"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"login": "Lan"}, "login"),
        ({"login": "l"}, "login"),
        ({"login": "lan lan"}, "login"),
        ({"login": "../x"}, "login"),
        ({"login": "a" * 33}, "login"),
        ({"login": "lan\n"}, "login"),
        ({"name": " "}, "name"),
        ({"name": "Lan\x1b[2J"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"roles": frozenset()}, "roles"),
        ({"roles": frozenset({"archivist", "chief"})}, "roles"),
        ({"agencies": frozenset({"Z09"})}, "agency"),
        ({"agencies": frozenset()}, "agency"),
        ({"roles": frozenset({"officer"})}, "agency_needed"),
        ({"roles": frozenset({"officer", "archivist"})}, "agency_needed"),
        ({"modes": frozenset({"03"})}, "modes"),
        ({"modes": frozenset()}, "modes"),
    ],
)
def test_what_no_account_can_be_is_refused(change: dict[str, Any], code: str) -> None:
    """The refusal names what is at fault."""
    with pytest.raises(InvalidRequest) as refused:
        checked(replace(LAN, **change), REGISTER)
    assert refused.value.code == code


def test_a_sound_account_passes() -> None:
    """Dots, digits and several agencies are allowed."""
    for change in (
        {"login": "le.thi-lan_2"},
        {"roles": frozenset({"officer"}), "agencies": frozenset({"Z04"})},
    ):
        account = replace(LAN, **change)
        assert checked(account, REGISTER) is account


@pytest.mark.parametrize(
    ("typed", "login"),
    [(" LAN ", "lan"), ("lan", "lan"), ("", ""), ("a\x00b", ""), ("\ud800x", ""), ("x" * 9999, "")],
)
def test_a_login_is_found_however_it_is_typed(typed: str, login: str) -> None:
    """Space around it and capitals do not matter; what can be no login is none."""
    assert login_of(typed) == login


def test_each_further_failure_locks_twice_as_long() -> None:
    """Four are free, the fifth locks for a minute, and no lock is longer than half an hour."""
    account, locks = LAN, []
    for _ in range(20):
        account = after_failure(account, NOON)
        locks.append(account.locked_until - NOON if account.locked_until else None)
    assert locks[: FREE_FAILURES - 1] == [None] * 4
    assert locks[4:10] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, LONGEST_LOCK]
    assert set(locks[10:]) == {LONGEST_LOCK}
    assert not account.admits(NOON + LONGEST_LOCK - timedelta(seconds=1))
    assert account.admits(NOON + LONGEST_LOCK)
    assert after_success(account) == LAN


def test_a_lock_never_overflows() -> None:
    """Not even after more failures than anybody can count."""
    assert after_failure(replace(LAN, failures=10**6), NOON).locked_until == NOON + LONGEST_LOCK


def test_a_first_password_ends_an_own_one_does_not() -> None:
    """For three days it opens the door; a new one opens what was locked or disabled."""
    shut = replace(LAN, disabled=True, failures=9, locked_until=NOON + MINUTE)
    first = with_first_password(shut, "new", NOON)
    assert [shut.standing(NOON), first.standing(NOON)] == ["disabled", "first_password"]
    assert first.admits(NOON)
    late = NOON + FIRST_PASSWORD_FOR
    assert first.standing(late) == "first_password_ended"
    assert not first.admits(late)
    own = with_own_password(first, "own")
    assert own.standing(late) == "active"
    assert own == replace(LAN, password_hash="own")


def test_an_account_does_not_show_its_hash() -> None:
    """What is printed of it in a log holds no hash."""
    assert "kept" not in repr(LAN)
