"""One-time codes are those of the standard."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from sohoa.adapters.second_factors import TotpCodes

SECRET = b32encode(b"12345678901234567890").decode()
"""Of RFC 6238, appendix B; a code of six digits is the end of that of eight."""


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924")],
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    at = datetime.fromtimestamp(second, UTC)
    assert TotpCodes().step(SECRET, code, at) == second // 30
    assert TotpCodes().step(SECRET, f"{code[:3]} {code[3:]}", at) == second // 30


def test_a_neighbouring_half_minute_is_allowed_for() -> None:
    """Clocks differ; further away no code is good."""
    at = datetime.fromtimestamp(1234567890, UTC)
    for away, good in ((-60, False), (-30, True), (30, True), (60, False)):
        assert bool(TotpCodes().step(SECRET, "005924", at + timedelta(seconds=away))) is good


@pytest.mark.parametrize("code", ["", "5924", "00592x", "0059240", "٠٠٥٩٢٤", "005925"])
def test_other_codes_are_wrong(code: str) -> None:
    assert TotpCodes().step(SECRET, code, datetime.fromtimestamp(1234567890, UTC)) == 0


@pytest.mark.parametrize("secret", ["", "A", "MFRGG", "not base 32!", "é"])
def test_a_secret_that_is_none_has_no_codes(secret: str) -> None:
    """Also one that is so short that it could be guessed."""
    assert TotpCodes().step(secret, "005924", datetime.fromtimestamp(1234567890, UTC)) == 0


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {TotpCodes().fresh() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {32}
