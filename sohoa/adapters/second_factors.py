"""One-time codes of a person's telephone (TOTP, RFC 6238): six digits, anew every thirty seconds."""

from __future__ import annotations

import base64
import binascii
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

_DIGITS, _STEP_S, _SECRET_BYTES, _SHORTEST = 6, 30, 20, 16


class TotpCodes:
    """The ``SecondFactors`` port."""

    def fresh(self) -> str:
        """A new secret of 160 bits in base 32, as authenticator programs take it."""
        return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()

    def step(self, secret: str, code: str, at: datetime) -> int:
        """The half minute that the code is of, the present one or a neighbour; 0 for a wrong code.

        Clocks that differ by half a minute are allowed for.
        """
        typed = "".join(code.split())
        totp = _totp(secret)
        if totp is None or not (typed.isascii() and typed.isdecimal() and len(typed) == _DIGITS):
            return 0
        now = int(at.timestamp()) // _STEP_S
        fitting = [
            step
            for step in (now - 1, now, now + 1)
            if secrets.compare_digest(totp.generate(step * _STEP_S), typed.encode())
        ]
        return max(fitting, default=0)


def _totp(secret: str) -> TOTP | None:
    try:
        key = base64.b32decode(secret)
    except (binascii.Error, ValueError):
        return None
    return TOTP(key, _DIGITS, SHA1(), _STEP_S) if len(key) >= _SHORTEST else None  # noqa: S303
