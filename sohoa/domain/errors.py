"""The errors of Sohoa.

    SohoaError
    ├── Rejected        the input is at fault; never retried; a person mends the file
    ├── Unavailable     a service did not answer; retried with backoff
    │   ├── DocumentFailed  a worker died or took too long on one document; the others go on
    │   ├── Changed         an object was replaced or removed meanwhile; the next run sees what it is now
    │   └── NoSpace     the disk is full; retried after a person made room
    ├── Corrupt         stored data is not what it was; a person looks
    ├── Misconfigured   settings, registers or the installation are wrong; found at start-up
    └── Refused         a question or decision that cannot be answered as it was asked; nothing was done
        ├── NotFound        what was named does not exist, or is not for whoever asks: the same answer
        ├── NotAllowed      who asks has not the role, or did not say who they are
        ├── InvalidRequest  a value, a combination or a step that cannot be
        └── Conflict        another person was first; never retried unseen; a person looks again

Each class answers three questions: whose fault, may it be retried, what must a person do. What to do next in
the words of one program (a command, a button) is added by that program, by the ``code`` of a ``Refused``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What a command that ends with an error tells the shell; 130 follows Ctrl-C as in every shell."""

    OK = 0
    BROKEN_INVARIANT = 1
    USAGE = 2
    UNAVAILABLE = 3
    NO_SPACE = 4
    INTERRUPTED = 130


class SohoaError(Exception):
    """Root of all errors raised on purpose; the message is a sentence a person understands."""

    exit_code: ClassVar[ExitCode] = ExitCode.UNAVAILABLE


class Rejected(SohoaError):
    """An input that can never be archived as it is; ``code`` names a reason of ``domain.reasons``."""

    exit_code = ExitCode.USAGE

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


class Changed(Unavailable):
    """An object is no longer the one that was listed: replaced, rewritten or removed since."""


class NoSpace(Unavailable):
    """The storage is full or over its quota."""

    exit_code = ExitCode.NO_SPACE


class Corrupt(SohoaError):
    """Stored bytes differ from what was written."""

    exit_code = ExitCode.BROKEN_INVARIANT


class Misconfigured(SohoaError):
    """Settings, registers or the installation are wrong; nothing was started."""

    exit_code = ExitCode.USAGE


class Refused(SohoaError):
    """Nothing was done; ``code`` says what is at fault, ``details`` what was meant."""

    exit_code = ExitCode.USAGE

    def __init__(self, code: str, message: str, **details: str) -> None:
        super().__init__(message)
        self.code = code
        self.details = details

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _refused, (type(self), self.code, str(self), self.details)


class NotFound(Refused):
    """What was named does not exist, or is not for whoever asks."""


class NotAllowed(Refused):
    """Who asks has not the role for it, or did not say who they are."""


class InvalidRequest(Refused):
    """A value, a combination or a step that cannot be; asked otherwise it may succeed."""


class Conflict(Refused):
    """What a person decided on has changed meanwhile; the message names who changed what."""


@contextmanager
def worker_faults_fail_the_document(code: str) -> Iterator[None]:
    """Turns a worker fault inside this block into ``DocumentFailed``; no space left stays ``NoSpace``."""
    try:
        yield
    except (NoSpace, DocumentFailed):
        raise
    except Unavailable as error:
        raise DocumentFailed(code, str(error)) from error


def _refused(kind: type[Refused], code: str, message: str, details: dict[str, str]) -> Refused:
    return kind(code, message, **details)
