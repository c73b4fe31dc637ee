"""What a digital signature of an original is worth; unknown is never valid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict


class Revocation(StrEnum):
    """Whether the certificate was revoked, by the data in the file."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Later(StrEnum):
    """What was added after signing: nothing that shows, form fields and signatures, or other things."""

    NOTHING = "nothing"
    ALLOWED = "allowed"
    CHANGED = "changed"
    UNKNOWN = "unknown"


class TrustJson(TypedDict):
    """As stored in ``record.json``."""

    claimed_time: str
    stamped_time: str
    issuer: str
    trusted: bool
    revocation: str
    later: str
    weak: str


@dataclass(frozen=True, slots=True)
class SignatureTrust:
    """What was found out beside the integrity.

    ``claimed_time`` is the signer's own clock, ``stamped_time`` the time-stamp token's (ISO 8601, empty where
    there is none). ``trusted``: the chain leads to an authority of ``config/trust`` at that time. ``weak``
    names a digest that can be forged.
    """

    claimed_time: str
    stamped_time: str
    issuer: str
    trusted: bool
    revocation: Revocation
    later: Later
    weak: str

    @property
    def findings(self) -> Iterator[str]:
        """Codes of what a person must know of the signature."""
        if self.later is Later.CHANGED:
            yield "signature_changed_later"
        if self.revocation is Revocation.REVOKED:
            yield "signature_revoked"
        if self.weak:
            yield "signature_weak"


def trust_json(trust: SignatureTrust) -> TrustJson:
    """As it is stored."""
    return {
        "claimed_time": trust.claimed_time,
        "stamped_time": trust.stamped_time,
        "issuer": trust.issuer,
        "trusted": trust.trusted,
        "revocation": trust.revocation.value,
        "later": trust.later.value,
        "weak": trust.weak,
    }


def read_trust(stored: TrustJson) -> SignatureTrust:
    """The inverse of ``trust_json``."""
    return SignatureTrust(
        stored["claimed_time"],
        stored["stamped_time"],
        stored["issuer"],
        stored["trusted"],
        Revocation(stored["revocation"]),
        Later(stored["later"]),
        stored["weak"],
    )
