"""The errors of Sohoa.

    SohoaError
    ├── Rejected        the input is at fault; never retried; a person mends the file
    ├── Unavailable     a service did not answer; retried with backoff
    │   ├── DocumentFailed  a worker died or took too long on one document; the others go on
    │   └── NoSpace     the disk is full; retried after a person made room
    ├── Corrupt         stored data is not what it was; a person looks
    ├── Misconfigured   settings or registers are wrong; found at start-up; a person mends them
    └── Conflict        another person was first; never retried unseen; a person looks again

Each class answers three questions: whose fault, may it be retried, what must a person do.
"""

from __future__ import annotations


class SohoaError(Exception):
    """Root of all errors raised on purpose; the message is a sentence a person understands."""


class Rejected(SohoaError):
    """An input that can never be archived as it is; ``code`` names a reason of ``domain.reasons``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    def __reduce__(self) -> tuple[type[Rejected], tuple[str, str]]:
        return type(self), (self.code, self.detail)


class Unavailable(SohoaError):
    """A service, a lock or a worker did not answer; the same call may succeed later."""


class DocumentFailed(Unavailable):
    """One document's own trouble: its worker died or took too long; ``code`` as in ``domain.reasons``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class NoSpace(Unavailable):
    """The storage is full or over its quota."""


class Corrupt(SohoaError):
    """Stored bytes differ from what was written."""


class Misconfigured(SohoaError):
    """Settings, registers or the installation are wrong; nothing was started."""


class Conflict(SohoaError):
    """What a person decided on has changed meanwhile; the message names who changed what."""
