"""What is special about the search index in SQLite: files, processes, damage."""

import errno
import sqlite3
from pathlib import Path

import pytest

from sohoa.adapters.sqlite_index import SqliteIndex
from sohoa.adapters.sqlite_index.generations import translated
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, SohoaError, Unavailable
from sohoa.domain.protection.access import OPERATOR
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import parse_query
from tests.support.processes import kill, results, start, start_ready

ADD = """
index = SqliteIndex(Path(place))
for n in range(40):
    index.add([IndexEntry(f"{new_owner('w').split(':')[1]}-{n}", "Z1", "01", {}, "hồ sơ")])
"""
BUILD = """
def entries():
    yield IndexEntry("new", "Z1", "01", {}, "mới")
    print("started", flush=True)
    input()
SqliteIndex(Path(place)).rebuild(entries())
"""


def entry(record_id: str, body: str = "cũ") -> IndexEntry:
    return IndexEntry(record_id, "Z1", "01", {}, body)


def files(folder: Path) -> list[str]:
    """Data files of the index; locks and the link are not counted."""
    return [p.name for p in folder.iterdir() if not p.is_symlink() and not p.name.endswith("lock")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


def test_many_processes_add_at_once(path: Path) -> None:
    """Workers that start on a new index and add together lose nothing."""
    results([start(ADD, str(path)) for _ in range(3)])
    index = SqliteIndex(path)
    assert len(list(index.ids(OPERATOR))) == 120
    assert index.search(parse_query("hồ sơ"), OPERATOR).total == 120


def test_a_killed_rebuild_changes_nothing(path: Path) -> None:
    """The old index serves and takes changes; the next rebuild cleans up."""
    index = SqliteIndex(path)
    index.add([entry("old")])
    kill(start_ready(BUILD, str(path)))
    index.add([entry("later")])
    assert list(index.ids(OPERATOR)) == ["later", "old"]
    assert index.rebuild([entry("r")]) == 1
    assert list(index.ids(OPERATOR)) == ["r"]
    assert len(files(path.parent)) == 1


def test_only_one_rebuild_at_a_time(path: Path) -> None:
    """A second rebuild is told to wait; the first one's result counts."""
    builder = start_ready(BUILD, str(path))
    index = SqliteIndex(path)
    with pytest.raises(Unavailable, match="rebuilding"):
        index.rebuild([])
    index.add([entry("meanwhile")])
    builder.communicate("\n", timeout=60)
    assert builder.returncode == 0
    assert list(index.ids(OPERATOR)) == ["meanwhile", "new"]


def test_a_reader_goes_on_with_what_it_began(path: Path) -> None:
    """A listing that was begun before a swap ends with the generation it began with."""
    index = SqliteIndex(path)
    index.add([entry("a"), entry("b")])
    reading = index.ids(OPERATOR)
    assert next(reading) == "a"
    index.rebuild([entry("z")])
    assert list(reading) == ["b"]
    assert list(index.ids(OPERATOR)) == ["z"]


def test_no_home(tmp_path: Path) -> None:
    """A home that was not made yet says how to make it."""
    with pytest.raises(Misconfigured, match="sohoa init"):
        SqliteIndex(tmp_path / "none" / "index.sqlite").ping()


def test_another_version_asks_for_a_rebuild(path: Path) -> None:
    """An index with other tables is not read but rebuilt."""
    index = SqliteIndex(path)
    index.add([entry("a")])
    with sqlite3.connect(path.resolve()) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Misconfigured, match="sohoa reindex"):
        index.ping()
    assert index.rebuild([entry("b")]) == 1
    assert list(index.ids(OPERATOR)) == ["b"]


def test_a_damaged_file_asks_for_a_rebuild(path: Path) -> None:
    """Damage is named, with the way out, and a rebuild works."""
    index = SqliteIndex(path)
    index.add([entry("a")])
    path.resolve().write_bytes(b"not a database" * 1000)
    with pytest.raises(Corrupt, match="sohoa reindex"):
        index.ping()
    assert index.rebuild([entry("b")]) == 1


def test_taking_out_leaves_no_trace(path: Path) -> None:
    """After every replacement and removal the full-text table still agrees with its own checks."""
    index = SqliteIndex(path)
    for body in ("Hoà giải 1", "İstanbul 𠄼 ǅ", "", "a\x00b\ufffe"):
        index.add([IndexEntry("r", "Z1", "01", {"subject": body, "issued_date": "2024-01-01"}, body)])
    index.add([entry("s")])
    index.remove(["r"])
    with sqlite3.connect(path.resolve()) as connection:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'row')")
        terms = {term for (term,) in connection.execute("SELECT term FROM temp.terms")}
    connection.close()
    values = {"agency": "Z1", "state": "settled", "quality": "good", "signed": "none"}
    tags = {f"{name}{form}{value.lower().encode().hex()}" for name, value in values.items() for form in "mp"}
    assert terms == {"all", "cũ", "cu"} | tags


def _vendor(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("message")
    error.sqlite_errorname = name  # type: ignore[misc,unused-ignore]  # as the driver sets it
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_vendor("SQLITE_BUSY"), Unavailable), (_vendor("SQLITE_FULL"), NoSpace),
        (_vendor("SQLITE_CANTOPEN"), Misconfigured), (_vendor("SQLITE_READONLY"), Misconfigured),
        (_vendor("SQLITE_CORRUPT_VTAB"), Corrupt), (_vendor("SQLITE_NOTADB"), Corrupt),
        (_vendor("SQLITE_IOERR_READ"), Unavailable), (sqlite3.ProgrammingError("closed"), Unavailable),
        (OSError(errno.ENOSPC, "full"), NoSpace), (OSError(errno.EACCES, "denied"), Misconfigured),
        (OSError(errno.EIO, "broken"), Unavailable),
    ],
)  # fmt: skip
def test_vendor_errors_are_translated(error: sqlite3.Error | OSError, kind: type[SohoaError]) -> None:
    """Each way the index fails says whose fault it is."""
    assert type(translated(error, Path("/srv/index"))) is kind
