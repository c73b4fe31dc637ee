"""Adapters under contract: each suite runs once for every adapter named here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sohoa.adapters.directory_store import DirectoryStore
from sohoa.adapters.ledger import SqlLedger, open_ledger
from sohoa.adapters.processes import may_live
from sohoa.adapters.sqlite_index import SqliteIndex
from sohoa.ports import ObjectStore, SearchIndex
from tests.support.buckets import BUCKET, empty_bucket
from tests.support.databases import fresh_database
from tests.support.indices import empty_index
from tests.support.servers import needed


@contextmanager
def directory(folder: Path) -> Iterator[ObjectStore]:
    """The embedded object store with an empty bucket."""
    store = DirectoryStore(folder, folder / "work")
    store.prepare(BUCKET)
    yield store


def sqlite_ledger_url(folder: Path) -> str:
    """The address of an embedded ledger."""
    return f"sqlite:///{folder / 'ledger.sqlite'}"


@contextmanager
def sqlite_index(folder: Path) -> Iterator[SearchIndex]:
    """The embedded search index."""
    yield SqliteIndex(folder / "index.sqlite")


INDICES = [pytest.param(sqlite_index, id="sqlite"), pytest.param(empty_index, id="elasticsearch")]


@pytest.fixture(params=[pytest.param(directory, id="directory"), pytest.param(empty_bucket, id="minio")])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ObjectStore]:
    """An object store with the empty bucket ``BUCKET``."""
    with request.param(tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a ledger that does not exist yet."""
    if request.param == "sqlite":
        yield sqlite_ledger_url(tmp_path)
    else:
        with fresh_database(needed("ledger").ledger) as url:
            yield url


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[SqlLedger]:
    """An empty ledger."""
    opened = open_ledger(ledger_url, may_live)
    yield opened
    opened.close()


@pytest.fixture(params=INDICES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """An empty search index."""
    with request.param(tmp_path) as made:
        yield made


@pytest.fixture(scope="module", params=INDICES)
def shared_index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchIndex]:
    """One search index for all tests of a module that only ask."""
    with request.param(tmp_path_factory.mktemp("index")) as made:
        yield made
