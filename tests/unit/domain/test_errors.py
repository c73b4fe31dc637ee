"""Errors cross processes whole, and each knows the exit code that a command ends with."""

from __future__ import annotations

import pickle

import pytest

from sohoa.domain.errors import (
    Conflict,
    Corrupt,
    DocumentFailed,
    ExitCode,
    InvalidRequest,
    Misconfigured,
    NoSpace,
    NotAllowed,
    NotFound,
    Refused,
    Rejected,
    SohoaError,
    Unavailable,
)


@pytest.mark.parametrize("kind", [NotFound, NotAllowed, InvalidRequest, Conflict])
def test_a_refusal_survives_pickling(kind: type[Refused]) -> None:
    """Class, code, sentence and details are those of before."""
    before = kind("record", "there is no record 'x'", record_id="x")
    after = pickle.loads(pickle.dumps(before))  # noqa: S301  made two words ago
    assert type(after) is kind
    assert (after.code, str(after), after.details) == (before.code, str(before), before.details)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Rejected("empty"), ExitCode.USAGE),
        (Unavailable("x"), ExitCode.UNAVAILABLE),
        (DocumentFailed("timeout"), ExitCode.UNAVAILABLE),
        (NoSpace("x"), ExitCode.NO_SPACE),
        (Corrupt("x"), ExitCode.BROKEN_INVARIANT),
        (Misconfigured("x"), ExitCode.USAGE),
        (NotFound("record", "x"), ExitCode.USAGE),
        (Conflict("changed", "x"), ExitCode.USAGE),
    ],
)
def test_each_error_has_its_documented_exit_code(error: SohoaError, code: ExitCode) -> None:
    """The codes of docs/command-line.md."""
    assert error.exit_code is code
