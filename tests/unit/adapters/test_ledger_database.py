"""What is special about the embedded ledger's database: durability, errors, forks."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from sohoa.adapters.ledger import SqlLedger, open_ledger
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.errors import translated
from sohoa.adapters.processes import alive, new_owner
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, SohoaError, Unavailable
from sohoa.domain.inbox.states import ObjectInfo


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'ledger.sqlite'}"


def opened(folder: Path) -> SqlLedger:
    return open_ledger(url(folder), alive)


def test_the_database_survives_a_power_cut(tmp_path: Path) -> None:
    """Write-ahead log, every commit synced."""
    database = Database(url(tmp_path))
    with database.reading() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert values == ["wal", 2, 1]
    database.close()


def test_a_forked_child_has_its_own_connection(tmp_path: Path) -> None:
    """Parent and child go on with the same ledger object, without sharing a connection."""
    ledger = opened(tmp_path)
    ledger.states.observe([ObjectInfo("H1/a", 1, "e")])
    child = os.fork()
    if not child:
        os._exit(0 if ledger.states.claim("H1/a", "e", new_owner("child")) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ledger.states.claim("H1/a", "e", new_owner("parent"))
    ledger.close()


@pytest.mark.parametrize(
    "bad", ["nonsense", "sqlite:////no/such/folder/ledger.sqlite", "oracle+none://x/y", "mysql+nodriver://x"]
)
def test_addresses_that_cannot_be_used(bad: str) -> None:
    """A wrong address is a fault of the settings."""
    with pytest.raises(Misconfigured):
        open_ledger(bad, alive)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A damaged ledger is told apart from one that does not answer."""
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(Corrupt, match="backup"):
        opened(tmp_path)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A ledger that cannot be opened says whose fault it is."""
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(Misconfigured):
        opened(tmp_path)


def test_a_full_disk(tmp_path: Path) -> None:
    """When the database cannot grow, that is NoSpace, and nothing is half written."""
    database = Database(url(tmp_path))
    database.upgrade()
    with pytest.raises(NoSpace):
        _fill(database)
    assert database.ping()
    database.close()


def _fill(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.exec_driver_sql("CREATE TABLE t AS SELECT randomblob(1000000)")


def _vendor(name: str) -> DBAPIError:
    original = sqlite3.OperationalError("message")
    original.sqlite_errorname = name  # type: ignore[misc,unused-ignore]  # as the driver sets it
    return OperationalError("SELECT secret", {"key": "secret"}, original)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_BUSY", Unavailable), ("SQLITE_BUSY_SNAPSHOT", Unavailable), ("SQLITE_LOCKED", Unavailable),
        ("SQLITE_FULL", NoSpace), ("SQLITE_CANTOPEN", Misconfigured),
        ("SQLITE_READONLY_DBMOVED", Misconfigured),
        ("SQLITE_PERM", Misconfigured), ("SQLITE_CORRUPT_VTAB", Corrupt), ("SQLITE_NOTADB", Corrupt),
        ("SQLITE_IOERR_FSYNC", Unavailable), ("SQLITE_NOMEM", Unavailable), ("SQLITE_PROTOCOL", Unavailable),
    ],
)  # fmt: skip
def test_vendor_errors_are_translated(name: str, kind: type[SohoaError]) -> None:
    """Each way the database fails says whose fault it is, without quoting statement or parameters."""
    found = translated(_vendor(name))
    assert type(found) is kind
    assert "secret" not in str(found)


def test_our_own_mistakes_are_not_disguised() -> None:
    """A violated constraint is a fault of this program and stays what it is."""
    error = IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE"))
    assert translated(error) is error
