"""What a database error means: whose fault it is, may it be retried, what must a person do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, SohoaError, Unavailable


def translated(error: DBAPIError, where: str = "ledger") -> SohoaError | DBAPIError:
    """The domain error for a database error; errors of our own making are returned as they are.

    ``where`` names the database. Statement, parameters and the server's details, which may quote
    secret objects, are left out.
    """
    name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or ""
    words = _words(error)
    for prefixes, kind, advice in _MEANINGS:
        if name.startswith(prefixes):
            return kind(f"{where}: {words}: {advice}")
    if getattr(error.orig, "pgconn", None) is not None and not name:
        return _not_connected(words, where)
    if error.connection_invalidated or _is_operational_of_psycopg(error):
        return Unavailable(f"{where}: {words}: {_START}")
    return error


def _words(error: DBAPIError) -> str:
    """The server's sentence in one line, without its details."""
    message = getattr(getattr(error.orig, "diag", None), "message_primary", None) or str(error.orig)
    return next(iter(message.strip().splitlines()), "no words")


def _not_connected(words: str, where: str) -> SohoaError:
    """No session came about; the driver gives no code then, only the server's words."""
    if any(sign in words for sign in _REFUSED):
        return Misconfigured(f"{where}: {words}: {_SETTINGS}")
    return Unavailable(f"{where}: {words}: {_START}")


def _is_operational_of_psycopg(error: DBAPIError) -> bool:
    kind = type(error.orig)
    return kind.__module__.startswith("psycopg") and kind.__name__ in {
        "OperationalError",
        "ConnectionTimeout",
    }


_START = "start the server or mend the network, then try again"
_SETTINGS = "mend ledger.url (address, user, database) and ledger.password"
_REFUSED = (
    "authentication failed", "no password supplied", "does not exist", "no pg_hba.conf entry",
    "is not permitted to log in", "permission denied", "unrecognized configuration parameter",
    "server does not support SSL", "certificate", "root.crt",
)  # fmt: skip

_MEANINGS: tuple[tuple[tuple[str, ...], type[SohoaError], str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"),
        Unavailable,
        "another process is writing; try again",
    ),
    (("SQLITE_FULL", "53100"), NoSpace, "make room on its disk"),
    (("SQLITE_CANTOPEN",), Misconfigured, "run `sohoa init`, or mend the folder's owner and mode"),
    (("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"), Misconfigured, "mend the file's owner and mode"),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), Corrupt, "restore the file from a backup"),
    (("SQLITE_IOERR", "SQLITE_NOMEM"), Unavailable, "check disk and memory of this machine"),
    (("XX001", "XX002"), Corrupt, "check the server's disk, restore the database from a backup"),
    (("42P01", "42703"), Corrupt, "its tables were changed by hand; restore the database from a backup"),
    (("28", "3D", "57P04"), Misconfigured, _SETTINGS),
    (("3F", "42501"), Misconfigured, "make this user the owner of its database"),
    (("25006",), Unavailable, "this server only reads; write to the primary one"),
    (("55000", "55006", "55P03"), Unavailable, "another process holds it; try again"),
    (("40",), Unavailable, "another process was writing the same; try again"),
    (("08", "57"), Unavailable, _START),
    (("25P03", "25P04"), Unavailable, "the work took too long; try again"),
    (("53",), Unavailable, "the server lacks memory or connections; raise them, then try again"),
    (("58", "F0", "XX000"), Unavailable, "look into the server's log, then try again"),
)
