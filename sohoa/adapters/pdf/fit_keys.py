"""Which signing keys may sign now; what is away is asked again after a minute, not by every document."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from hashlib import sha256

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types

from sohoa.adapters.pdf.signing_key_check import ends_soon, foreign_key, unfit, untrusted
from sohoa.adapters.pdf.values import Identity, SigningPolicy
from sohoa.ports import KeyState

_ASK_AGAIN_SECONDS = 60.0
_LOOK_AGAIN = timedelta(hours=1)


class FitKeys:
    """What is known of keys, by certificate; safe for threads."""

    def __init__(self, policy: SigningPolicy, *, is_test: bool) -> None:
        self._policy = policy
        self._is_test = is_test
        self._lock = threading.Lock()
        self._fit = dict[bytes, datetime]()
        self._troubles = dict[bytes, tuple[str, float]]()

    def refusal(self, identity: Identity, at: datetime) -> str:
        """Why the key may not sign at that time; empty where it may.

        Key, chain and revocation are looked at before its first signature in this process, and again after an
        hour: a key may be revoked meanwhile.
        """
        reason, until = self._troubles.get(identity.certificate, ("", 0.0))
        if time.monotonic() < until:
            return reason
        reason = unfit(identity, at)
        return reason if reason or self._is_test else self._looked_into(identity, at)

    def note(self, identity: Identity, reason: str) -> None:
        """The key, or what it needs to sign, is away: spare the next documents the wait."""
        self._troubles[identity.certificate] = reason, time.monotonic() + _ASK_AGAIN_SECONDS

    def state(self, agency: str, identity: Identity, at: datetime) -> KeyState:
        """What a person must know of the key, looked at anew."""
        problem = unfit(identity, at) or self._fault(identity)
        unknown = "" if problem else untrusted(identity, self._policy.roots, must_know=True)
        return KeyState(
            agency=agency,
            signer=identity.name,
            certificate=sha256(identity.certificate).hexdigest(),
            until=x509.Certificate.load(identity.certificate).not_valid_after,
            problem=problem,
            warning="" if problem else ends_soon(identity, at) or unknown,
        )

    def _looked_into(self, identity: Identity, at: datetime) -> str:
        with self._lock:
            looked = self._fit.get(identity.certificate)
            if looked is not None and abs(at - looked) < _LOOK_AGAIN:
                return ""
            reason = self._fault(identity)
            if reason:
                self.note(identity, reason)
            else:
                self._fit[identity.certificate] = at
            return reason

    def _fault(self, identity: Identity) -> str:
        must_know = self._policy.level in ("B-LT", "B-LTA")
        return foreign_key(identity) or untrusted(identity, self._policy.roots, must_know=must_know)
