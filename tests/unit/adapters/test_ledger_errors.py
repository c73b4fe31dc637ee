"""Every way PostgreSQL can fail is somebody's fault, and the sentence says whose."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import exc

from sohoa.adapters.ledger.errors import translated
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, SohoaError, Unavailable

WHERE = "postgresql ledger postgresql+psycopg://sohoa@db:5432/sohoa"
KINDS: dict[str, type[SohoaError]] = {
    "08": Unavailable, "25006": Unavailable, "25P03": Unavailable, "25P04": Unavailable, "28": Misconfigured,
    "3D": Misconfigured, "3F": Misconfigured, "40": Unavailable, "42501": Misconfigured, "42703": Corrupt,
    "42P01": Corrupt, "53": Unavailable, "53100": NoSpace, "55000": Unavailable, "55006": Unavailable,
    "55P03": Unavailable, "57": Unavailable, "57P04": Misconfigured, "58": Unavailable, "F0": Unavailable,
    "XX000": Unavailable, "XX001": Corrupt, "XX002": Corrupt,
}  # fmt: skip
OUR_OWN_MISTAKES = {
    "02", "03", "09",
    "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "21", "22", "23", "24", "25", "26", "27",
    "2B", "2D", "2F", "34", "38", "39", "3B", "42", "44", "54", "55", "72", "HV", "P0",
}  # fmt: skip
STATES = sorted(
    kind.sqlstate
    for kind in vars(psycopg.errors).values()
    if isinstance(kind, type) and issubclass(kind, psycopg.Error) and kind.sqlstate
)


def wrapped(error: psycopg.Error) -> exc.DBAPIError:
    """As SQLAlchemy hands it on, with a statement and parameters that must not be shown."""
    name = next(kind.__name__ for kind in type(error).__mro__ if hasattr(exc, kind.__name__))
    made = getattr(exc, name)("SELECT 'quoted'", {"key": "secret"}, error)
    assert isinstance(made, exc.DBAPIError)
    return made


@pytest.mark.parametrize("state", STATES)
def test_every_error_of_the_server_is_placed(state: str) -> None:
    """Each code that the driver knows is translated or known to be a fault of this program."""
    error = wrapped(psycopg.errors.lookup(state)("some words"))
    found = translated(error, WHERE)
    expected = KINDS.get(state) or KINDS.get(state[:2])
    if expected is None:
        assert state[:2] in OUR_OWN_MISTAKES
        assert found is error
    else:
        assert type(found) is expected
        assert WHERE in str(found)
        assert "some words: " in str(found)
        assert "secret" not in str(found)
        assert "quoted" not in str(found)


def test_errors_without_a_code() -> None:
    """What the driver itself notices about a connection may be tried again; its other complaints are ours."""
    for kind in (psycopg.OperationalError, psycopg.errors.ConnectionTimeout):
        assert type(translated(wrapped(kind("consuming input failed")), WHERE)) is Unavailable
    for mistake in (psycopg.ProgrammingError, psycopg.DataError, psycopg.NotSupportedError):
        error = wrapped(mistake("a mistake"))
        assert translated(error, WHERE) is error


def test_every_error_class_of_the_driver_has_a_wrapper() -> None:
    """SQLAlchemy wraps each of them in a class that the adapter catches."""
    kinds = [*psycopg.Error.__subclasses__(), *psycopg.DatabaseError.__subclasses__()]
    for kind in kinds:
        assert isinstance(wrapped(kind("x")), exc.DBAPIError)
