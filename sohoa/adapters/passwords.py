"""Passwords by argon2id, with the parameters that OWASP names for logins: 19 MiB, two passes, one lane."""

from __future__ import annotations

import os
import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sohoa.domain.people.passwords import as_compared

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
_GROUPS, _GROUP = 4, 5


class Argon2Passwords:
    """The ``Passwords`` port; as many hashes are worked on at once as there are cores, whoever asks."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._room = BoundedSemaphore(os.cpu_count() or 1)
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def fresh(self) -> str:
        """A new password of 99 bits, in groups."""
        signs = (secrets.choice(_SIGNS) for _ in range(_GROUPS * _GROUP))
        return "-".join("".join(next(signs) for _ in range(_GROUP)) for _ in range(_GROUPS))

    def hash(self, password: str) -> str:
        """The encoded hash with its salt and parameters."""
        with self._room:
            return self._hasher.hash(_bytes(password))

    def verify(self, kept: str, password: str) -> bool:
        """Whether it is the password; where nothing is kept, nobody's hash is verified."""
        with self._room:
            try:
                return self._hasher.verify(kept or self._nobodys, _bytes(password)) and bool(kept)
            except (VerificationError, InvalidHashError):
                return False


def _bytes(password: str) -> bytes:
    return as_compared(password).encode("utf-8", "surrogatepass")
