"""Faults of the search server, with the real one: nothing counted that is not there, one clear sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from sohoa.adapters.elastic_index import ElasticIndex
from sohoa.adapters.elastic_index.mapping import SCHEMA
from sohoa.adapters.processes import may_live
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable
from sohoa.domain.protection.access import OPERATOR
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import parse_query
from sohoa.settings import IndexSettings
from tests.support.gate import DROP, Gate, gate_to
from tests.support.indices import client, elastic_index, own_alias
from tests.support.servers import needed


def entry(number: int, body: str = "hoà giải") -> IndexEntry:
    return IndexEntry(f"r{number:03d}", "Z1", "01", {"subject": "S"}, body)


ENTRIES = [entry(number) for number in range(20)]
IDS = [e.record_id for e in ENTRIES]
QUESTIONS: dict[str, Callable[[ElasticIndex], object]] = {
    "search": lambda index: index.search(parse_query("hoà"), OPERATOR),
    "ids": lambda index: list(index.ids(OPERATOR)),
    "ping": lambda index: index.ping(),
    "add": lambda index: index.add(ENTRIES),
    "remove": lambda index: index.remove(["r000"]),
}
EVERYTHING = QUESTIONS | {"rebuild": lambda index: index.rebuild(ENTRIES)}


@pytest.fixture
def settings() -> IndexSettings:
    """Where the server is."""
    return needed("index").index


@pytest.fixture
def alias(settings: IndexSettings) -> Iterator[str]:
    """A name whose indices are removed afterwards."""
    with own_alias(settings) as name:
        yield name


@pytest.fixture
def bare(settings: IndexSettings) -> Iterator[Elasticsearch]:
    """The server without our index adapter."""
    with client(settings) as opened:
        yield opened


@pytest.fixture
def index(settings: IndexSettings, alias: str) -> Iterator[ElasticIndex]:
    """An index straight on the server."""
    with closing(elastic_index(settings, alias)) as made:
        yield made


@pytest.fixture
def gate(settings: IndexSettings) -> Iterator[Gate]:
    """The way to the server."""
    with gate_to(settings.url, settings.ca_file) as opened:
        yield opened


@pytest.fixture
def behind(settings: IndexSettings, alias: str, gate: Gate) -> Iterator[ElasticIndex]:
    """The same index through the gate, with little patience."""
    with closing(elastic_index(settings, alias, url=gate.url, timeout_s=5, patience_s=5)) as made:
        yield made


def sentence(error: SohoaError, settings: IndexSettings) -> str:
    """What a person reads: one line that does not give the password away."""
    assert "\n" not in str(error)
    assert settings.secret("password") not in str(error)
    return str(error)


def all_refused(
    index: ElasticIndex,
    settings: IndexSettings,
    kind: type[SohoaError],
    words: str,
    *,
    works: Mapping[str, Callable[[ElasticIndex], object]] = EVERYTHING,
    within_s: float = 10,
) -> None:
    """Each work fails soon, with that kind of error and those words in its sentence."""
    for name, work in works.items():
        start = time.monotonic()
        with pytest.raises(kind) as caught:
            work(index)
        assert words in sentence(caught.value, settings), name
        assert time.monotonic() - start < within_s, name


def test_a_busy_server_is_waited_for(gate: Gate, behind: ElasticIndex) -> None:
    """Too many requests, not ready and a lost connection: asked again until all is taken."""
    gate.answers = [429, 503, DROP]
    assert list(behind.add(ENTRIES)) == IDS == list(behind.ids(OPERATOR))


def test_a_server_that_stays_busy(settings: IndexSettings, gate: Gate, behind: ElasticIndex) -> None:
    """After some seconds the add fails, and what was not taken is not there; the next one takes it."""
    behind.ping()
    gate.answers = [429] * 1000
    with pytest.raises(Unavailable) as caught:
        behind.add(ENTRIES)
    assert gate.url in sentence(caught.value, settings)
    assert list(behind.ids(OPERATOR)) == []
    gate.answers = []
    assert list(behind.add(ENTRIES)) == IDS


def test_one_item_that_was_not_taken(settings: IndexSettings, gate: Gate, behind: ElasticIndex) -> None:
    """An item refused within a good answer is sent again, alone; one refused for ever is no success."""
    gate.items = [429]
    assert list(behind.add(ENTRIES)) == IDS
    assert gate.passed == 2
    gate.items = [503] * 1000
    with pytest.raises(Unavailable, match="1 of 20 records") as caught:
        behind.add(ENTRIES)
    sentence(caught.value, settings)


def test_requests_that_are_too_large(gate: Gate, behind: ElasticIndex) -> None:
    """A lot that is too large is sent in parts; for one record that is, the server's limit is named."""
    gate.max_bytes = 2000
    assert list(behind.add(ENTRIES)) == IDS == list(behind.ids(OPERATOR))
    with pytest.raises(Misconfigured, match="max_content_length"):
        behind.add([entry(30, "dài " * 1000)])
    assert list(behind.ids(OPERATOR)) == IDS


def test_a_busy_server_during_a_rebuild(gate: Gate, behind: ElasticIndex) -> None:
    """A rebuild waits, too, and counts right; when it fails the old index serves on."""
    behind.add(ENTRIES[:3])
    gate.answers, gate.items = [429, DROP], [429]
    assert behind.rebuild(ENTRIES) == len(ENTRIES)
    gate.answers = [429] * 1000
    with pytest.raises(Unavailable):
        behind.rebuild(ENTRIES[:5])
    assert list(behind.ids(OPERATOR)) == IDS


def test_a_server_that_is_down(settings: IndexSettings) -> None:
    """Every question says where nobody answers, soon."""
    with closing(elastic_index(settings, "none", url="http://127.0.0.1:9", patience_s=1)) as index:
        all_refused(index, settings, Unavailable, "http://127.0.0.1:9: it cannot be reached: is it started")


def test_refused_credentials(settings: IndexSettings, alias: str) -> None:
    """A wrong password is a matter of settings, named without the password."""
    with closing(
        ElasticIndex(settings.url, alias, user=settings.user, password="guessed", ca_file=settings.ca_file)
    ) as index:
        wrong = settings.model_copy(update={"password": SecretStr("guessed")})
        all_refused(index, wrong, Misconfigured, "index.password")
        assert "guessed" not in repr(index)


def test_a_slow_server(settings: IndexSettings, alias: str, gate: Gate) -> None:
    """No question hangs longer than the time limits say."""
    gate.delay_s = 3
    with closing(elastic_index(settings, alias, url=gate.url, timeout_s=0.3, patience_s=0.5)) as index:
        all_refused(index, settings, Unavailable, "did not answer in time", within_s=3)


def test_an_index_that_vanished(
    index: ElasticIndex, bare: Elasticsearch, alias: str, settings: IndexSettings
) -> None:
    """An index that was there and is not is never made again by guessing: a person reindexes."""
    index.add(ENTRIES)
    bare.indices.delete(index=",".join(bare.indices.get(index=alias).body))
    all_refused(index, settings, Misconfigured, "sohoa reindex", works=QUESTIONS)
    assert not bare.indices.get(index=f"{alias}*").body
    assert index.rebuild(ENTRIES) == len(list(index.ids(OPERATOR))) == len(ENTRIES)


def test_an_alias_that_vanished(
    index: ElasticIndex, bare: Elasticsearch, alias: str, settings: IndexSettings
) -> None:
    """An index without its alias is not replaced by an empty one, not even by a new process."""
    index.add(ENTRIES)
    bare.indices.delete_alias(index=f"{alias}-v*", name=alias)
    with closing(elastic_index(settings, alias)) as fresh:
        all_refused(fresh, settings, Misconfigured, "sohoa reindex", works=QUESTIONS)
        assert fresh.rebuild(ENTRIES) == len(ENTRIES)


def test_a_wrong_mapping(
    index: ElasticIndex, bare: Elasticsearch, alias: str, settings: IndexSettings
) -> None:
    """An index made by hand or by another version is refused, and replaced by a rebuild."""
    mappings = {"properties": {"body": {"type": "keyword"}}}
    bare.indices.create(index=f"{alias}-v0-000001", mappings=mappings, aliases={alias: {}})
    all_refused(index, settings, Misconfigured, "sohoa reindex", works=QUESTIONS)
    assert index.rebuild(ENTRIES) == len(ENTRIES)
    assert list(bare.indices.get(index=f"{alias}*").body) == [f"{alias}-v{SCHEMA}-000002"]


def test_a_name_that_is_taken(
    index: ElasticIndex, bare: Elasticsearch, alias: str, settings: IndexSettings
) -> None:
    """An index, not an alias, of our name is not touched."""
    bare.indices.create(index=alias)
    all_refused(index, settings, Misconfigured, "not an alias")
    assert alias in bare.indices.get(index=alias).body


def test_a_full_disk(index: ElasticIndex, bare: Elasticsearch, alias: str) -> None:
    """The block that a full disk puts on an index is told as want of room, at once; questions go on."""
    index.add(ENTRIES[:3])
    bare.indices.put_settings(index=alias, settings={"index.blocks.read_only_allow_delete": True})
    start = time.monotonic()
    with pytest.raises(NoSpace, match="make room"):
        index.add(ENTRIES)
    assert time.monotonic() - start < 5
    assert list(index.ids(OPERATOR)) == IDS[:3]


def test_a_document_that_is_refused(index: ElasticIndex) -> None:
    """A record that the server cannot take is named, its text is not, and it is not counted."""
    with pytest.raises(Corrupt, match="r001") as caught:
        index.add([ENTRIES[0], replace(ENTRIES[1], mode="bí mật " * 10_000)])
    assert "bí mật" not in str(caught.value)
    index.add(ENTRIES[2:3])
    assert list(index.ids(OPERATOR)) == ["r000", "r002"]


def test_something_else_that_listens(settings: IndexSettings, tmp_path: Path) -> None:
    """A web server that is no Elasticsearch is told from one."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "0",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split(" port ")[1].split()[0]
        with closing(ElasticIndex(f"http://127.0.0.1:{port}", "none", patience_s=1)) as index:
            for work in EVERYTHING.values():
                with pytest.raises((Misconfigured, Unavailable), match=f"http://127.0.0.1:{port}"):
                    work(index)
        process.terminate()


KILLED = """
import os, sys
from pathlib import Path
from sohoa.adapters.elastic_index import ElasticIndex
from sohoa.adapters.processes import new_owner
from sohoa.domain.search.entry import IndexEntry
url, alias, user, ca_file = sys.argv[1:]
def entries():
    for number in range(2000):
        yield IndexEntry(f"k{number}", "Z1", "01", {}, "chết dở")
    print("killed now", flush=True)
    os.kill(os.getpid(), 9)
ca = Path(ca_file) if ca_file else None
index = ElasticIndex(
    url, alias, user=user, password=os.environ["PASSWORD"], ca_file=ca, owner=new_owner("killed")
)
index.rebuild(entries())
"""


@pytest.mark.parametrize(
    "noticed", [{"lease_s": 0.1}, {"may_live": may_live}], ids=["by its lease", "by its process"]
)
def test_a_rebuild_that_was_killed(
    settings: IndexSettings, alias: str, index: ElasticIndex, bare: Elasticsearch, noticed: dict[str, Any]
) -> None:
    """The old index serves on; once the dead one is known for dead, the next rebuild clears up."""
    index.add(ENTRIES)
    arguments = [settings.url, alias, settings.user, str(settings.ca_file or "")]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments],
        env={"PASSWORD": settings.secret("password")},
        capture_output=True,
        check=False,
    )
    assert (killed.returncode, killed.stdout) == (-9, b"killed now\n")
    assert len(bare.indices.get(index=f"{alias}*").body) == 2
    index.add([entry(90)])
    index.remove(["r000"])
    with pytest.raises(Unavailable, match="another process"):
        index.rebuild(ENTRIES)
    assert list(index.ids(OPERATOR)) == [*IDS[1:], "r090"]
    with closing(elastic_index(settings, alias, **noticed)) as later:
        assert later.rebuild(ENTRIES) == len(ENTRIES)
    assert len(bare.indices.get(index=f"{alias}*").body) == 1
    assert list(index.ids(OPERATOR)) == IDS


def test_two_rebuilds_at_once(settings: IndexSettings, alias: str, index: ElasticIndex) -> None:
    """The second one is refused and does not disturb the first."""

    def entries() -> Iterator[IndexEntry]:
        with closing(elastic_index(settings, alias)) as other, pytest.raises(Unavailable, match="another"):
            other.rebuild(ENTRIES[:1])
        yield from ENTRIES

    assert index.rebuild(entries()) == len(ENTRIES)
    assert list(index.ids(OPERATOR)) == IDS


def test_the_new_index_is_removed_during_the_rebuild(
    index: ElasticIndex, bare: Elasticsearch, alias: str
) -> None:
    """The rebuild fails, no index is made by guessing, and the old one serves on."""
    index.add(ENTRIES)

    def entries() -> Iterator[IndexEntry]:
        bare.indices.delete(index=",".join(bare.indices.get(index=f"{alias}-building").body))
        yield from ENTRIES

    with pytest.raises(Unavailable, match="old one"):
        index.rebuild(entries())
    assert list(index.ids(OPERATOR)) == IDS
    assert len(bare.indices.get(index=f"{alias}*").body) == 1


def test_pages_do_not_move_while_records_come(index: ElasticIndex) -> None:
    """What is added and removed after the first page changes neither order nor count of the next ones."""
    index.add(ENTRIES)
    query = parse_query("hoà")
    first = index.search(query, OPERATOR, size=8)
    index.add([entry(-1, "hoà " * 9), replace(ENTRIES[9], body="khác")])
    index.remove(["r001"])
    second = index.search(query, OPERATOR, size=8, page=first.next_page)
    third = index.search(query, OPERATOR, size=8, page=second.next_page)
    assert [hit.record_id for hit in (*first.hits, *second.hits, *third.hits)] == IDS
    assert third.total == len(IDS)
    assert third.next_page == ""


def test_pages_expire(index: ElasticIndex) -> None:
    """A page of an index that is gone says that one must search again."""
    index.add(ENTRIES)
    query = parse_query("hoà")
    page = index.search(query, OPERATOR, size=8).next_page
    index.rebuild(ENTRIES)
    with pytest.raises(Rejected, match="search again"):
        index.search(query, OPERATOR, page=page)
