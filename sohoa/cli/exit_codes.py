"""Exit codes of every command: a promise to scripts."""

from __future__ import annotations

from enum import IntEnum

from sohoa.domain.errors import Conflict, Corrupt, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable


class ExitCode(IntEnum):
    """What the number says; 130 follows Ctrl-C as in every shell."""

    OK = 0
    BROKEN_INVARIANT = 1
    USAGE = 2
    UNAVAILABLE = 3
    NO_SPACE = 4
    INTERRUPTED = 130


_CODES: tuple[tuple[type[SohoaError], ExitCode], ...] = (
    (NoSpace, ExitCode.NO_SPACE),
    (Unavailable, ExitCode.UNAVAILABLE),
    (Corrupt, ExitCode.BROKEN_INVARIANT),
    (Misconfigured, ExitCode.USAGE),
    (Conflict, ExitCode.USAGE),
    (Rejected, ExitCode.USAGE),
)


def exit_code(error: SohoaError) -> ExitCode:
    """The exit code that an error ends a command with."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.UNAVAILABLE)
