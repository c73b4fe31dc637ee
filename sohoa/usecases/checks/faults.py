"""A fault that a check found; stored data that no check can make sense of is one, too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sohoa.domain.errors import Corrupt

Made = TypeVar("Made")
_SENSELESS = (Corrupt, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class FaultKind(StrEnum):
    """What is wrong, as answers say it; names never change their meaning."""

    MISSING = "missing"
    MISSING_RECORD = "missing_record"
    UNKNOWN_RECORD = "unknown_record"
    EXTRA = "extra"
    EXTRA_RECORD = "extra_record"
    CHANGED = "changed"
    SWAPPED = "swapped"
    UNREADABLE = "unreadable"
    UNREADABLE_MANIFEST = "unreadable_manifest"
    WRONG_MANIFEST = "wrong_manifest"
    WRONG_ID = "wrong_id"
    WRONG_VERSION = "wrong_version"
    WRONG_COPY = "wrong_copy"
    SIGNATURE = "signature"
    EVENT_CHAIN = "event_chain"
    LEDGER_DIFFERS = "ledger_differs"
    WITHDRAWAL = "withdrawal"
    QUEUE_DIFFERS = "queue_differs"
    RELEASE = "release"
    STATE_DIFFERS = "state_differs"
    NOT_INDEXED = "not_indexed"
    INDEX_DIFFERS = "index_differs"
    EXTRA_IN_INDEX = "extra_in_index"
    ACCOUNT_DIFFERS = "account_differs"
    TOKEN_DIFFERS = "token_differs"  # noqa: S105
    REQUEST_DIFFERS = "request_differs"
    NOT_CHECKED = "not_checked"
    EXPOSED_KEY = "exposed_key"


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference: where, of which kind, what was expected and what was found."""

    path: str
    kind: FaultKind
    expected: str = ""
    found: str = ""


class Faults(list[Fault]):
    """The faults found so far; data of another form than was written is one and ends no check but its own."""

    def check(self, place: str, found: Callable[[], Iterable[Fault]]) -> None:
        """Add what a check finds in the data at that place."""
        self.made(place, lambda: self.extend(found()))

    def made(self, place: str, make: Callable[[], Made]) -> Made | None:
        """What is made of the data at that place; None and a fault where nothing can be made of it.

        The message of an error that is not of our making may quote a document: its name alone is told.
        """
        try:
            return make()
        except _SENSELESS as error:
            told = str(error) if isinstance(error, Corrupt) else type(error).__name__
            self.append(Fault(place, FaultKind.UNREADABLE, "data of the form that was written", told))
            return None
