"""The ledger's schema is made and kept the same way in every database."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from sohoa.adapters.ledger import open_ledger
from sohoa.adapters.ledger.columns import METADATA
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.tables import REVISION
from sohoa.adapters.processes import may_live
from sohoa.domain.errors import Misconfigured
from sohoa.domain.inbox.keys import object_id
from sohoa.domain.inbox.states import ObjectInfo
from tests.support.processes import results, start


def migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", "sohoa.adapters.ledger:migrations")
    return config


def test_migrations_make_the_declared_tables(ledger_url: str) -> None:
    """After all migrations the database is what ``tables`` declares, at the revision it names."""
    database = Database(ledger_url)
    database.upgrade()
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()
    assert ScriptDirectory.from_config(migrations()).get_heads() == [REVISION]


def test_a_ledger_of_the_first_version_is_brought_up_to_date(ledger_url: str) -> None:
    """What an older version has written is still there after the upgrade."""
    database = Database(ledger_url)
    config = migrations()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO objects (key, etag, size_bytes, state, reason, detail, sha256, record_id, pages,"
                " attempts, replaced, removed_by) VALUES ('H1/a', 'e', 7, 'pending', '', '', '', '', 0, 0,"
                " false, '')"
            )
        )
    database.close()
    ledger = open_ledger(ledger_url, may_live)
    assert [item.key for item in ledger.states.objects()] == ["H1/a"]
    assert ledger.states.identified([object_id("H1/a", "e")])
    assert f"schema {REVISION}" in ledger.states.ping()
    ledger.close()


def test_records_of_one_year_are_counted_once_when_a_ledger_is_brought_up_to_date(ledger_url: str) -> None:
    """Many records of one agency and year are one cell to count, however long the upgrade takes."""
    database = Database(ledger_url)
    config = migrations()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for number in range(200):
            connection.execute(
                text(
                    "INSERT INTO records (record_id, agency, sha256, holder_key, holder_etag, version, year,"
                    " pages, sheets_a4, searchable, signed, complete, draft, code, manifest_sha256,"
                    " withdrawn)"
                    " VALUES (:id, 'H1', '', 'H1/a', '', 1, 1999, 1, 1, true, true, true, false,"
                    " '', '', '')"
                ),
                {"id": f"r{number}"},
            )
    database.upgrade()
    with database.reading() as connection:
        touched = connection.execute(text("SELECT agency, year FROM coverage_touched")).all()
        spans = connection.execute(text("SELECT count(*) FROM record_spans")).scalar_one()
    database.close()
    assert (touched, spans) == ([("H1", 1999)], 200)


def test_processes_that_start_together(ledger_url: str) -> None:
    """One of them makes the schema, all of them work."""
    code = "print(open_ledger(place, alive).states.ping())"
    printed = results([start(code, ledger_url) for _ in range(4)])
    assert all(f"schema {REVISION}" in line for line in printed)


def test_a_newer_schema_is_refused(ledger_url: str) -> None:
    """An old program does not touch the ledger of a newer one."""
    database = Database(ledger_url)
    database.upgrade()
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(Misconfigured, match="newer version"):
        open_ledger(ledger_url, may_live)


def test_a_broken_transaction_leaves_nothing(ledger_url: str) -> None:
    """An error in the middle of a transaction takes all of it back."""
    ledger = open_ledger(ledger_url, may_live)
    too_large = ObjectInfo("H1/b", 2**70, "e")
    with pytest.raises(Exception, match=r"(?i)out of range|too large"):
        ledger.states.observe([ObjectInfo("H1/a", 1, "e"), too_large])
    assert list(ledger.states.objects()) == []
    ledger.close()
