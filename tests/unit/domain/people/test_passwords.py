"""Passwords: which may be chosen."""

from __future__ import annotations

import unicodedata

import pytest

from sohoa.adapters.passwords import Argon2Passwords
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.people.passwords import as_compared, check_password


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "length"),
        ("elevensigns", "length"),
        ("x1" * 129, "length"),
        ("a\ud800bcdfghijklmnop", "text"),
        ("aaaaaaaaaaaaaaaa", "guessed"),
        ("abababababababab", "guessed"),
        ("123456789012", "guessed"),
        ("qwertyuiop1234", "guessed"),
        ("poiuytrewq4321", "guessed"),
        ("matkhau123456", "guessed"),
        ("MậtKhẩu123456", "guessed"),
        ("Password1234!", "guessed"),
        ("nguyenthilan2024", "guessed"),
        ("Nguyễn Thị Lan", "guessed"),
        ("lan.nt lan.nt", "guessed"),
        ("sohoa-luutru-2024", "guessed"),
    ],
)
def test_what_anybody_would_try_is_refused(password: str, why: str) -> None:
    """Too short, too long, one sign, a row of keys, a common word, the person's own name."""
    with pytest.raises(InvalidRequest) as refused:
        check_password(password, "lan.nt", "Nguyễn Thị Lan")
    assert (refused.value.code, refused.value.details["why"]) == ("password", why)


@pytest.mark.parametrize(
    "password", ["bốn con voi đi chợ", "correct horse battery", "k7#mQ2pX9vLw", "x" * 12 + "kitde"]
)
def test_several_words_are_a_password(password: str) -> None:
    """Length decides; no sign is asked for."""
    check_password(password, "lan.nt", "Nguyễn Thị Lan")


def test_a_fresh_password_passes_and_is_another_each_time() -> None:
    """It is of four groups without signs that look alike."""
    made = {Argon2Passwords().fresh() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        check_password(password, "lan", "Lan")
        assert not set("01ilo") & set(password)


def test_both_spellings_of_a_letter_are_one() -> None:
    """A password typed with composed letters is the same with combining marks."""
    typed = "bốn con voi đi chợ"
    assert as_compared(unicodedata.normalize("NFD", typed)) == as_compared(typed)
    passwords = Argon2Passwords()
    kept = passwords.hash(typed)
    assert kept.startswith("$argon2id$")
    assert passwords.verify(kept, unicodedata.normalize("NFD", typed))
    assert not passwords.verify(kept, typed + "x")


@pytest.mark.parametrize("kept", ["", "nonsense", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
@pytest.mark.parametrize("password", ["", "x", "\ud800", "\x00", "x" * 100_000])
def test_nothing_kept_is_nobodys_password(kept: str, password: str) -> None:
    """Where no hash is kept, or none that can be read, no password is right and none is a fault."""
    assert not Argon2Passwords().verify(kept, password)
