"""What is special about the search index on Elasticsearch: what travels, long texts, its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from sohoa.adapters.elastic_index import ElasticIndex
from sohoa.adapters.elastic_index.mapping import SCHEMA
from sohoa.domain.protection.access import OPERATOR
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.query import parse_query
from sohoa.settings import IndexSettings
from tests.support.gate import Gate, gate_to
from tests.support.indices import client, elastic_index, own_alias
from tests.support.servers import needed


@pytest.fixture
def settings() -> IndexSettings:
    """Where the server is."""
    return needed("index").index


@pytest.fixture
def gate(settings: IndexSettings) -> Iterator[Gate]:
    """The way to the server."""
    with gate_to(settings.url, settings.ca_file) as opened:
        yield opened


@pytest.fixture
def index(settings: IndexSettings, gate: Gate) -> Iterator[ElasticIndex]:
    """An empty index behind the gate, whose indices are removed afterwards."""
    with own_alias(settings) as alias, closing(elastic_index(settings, alias, url=gate.url)) as made:
        yield made


def test_the_text_never_travels_with_the_hits(index: ElasticIndex, gate: Gate) -> None:
    """A page of hits of long texts is small: fields and passages only leave the server."""
    index.add(IndexEntry(f"r{n}", "Z1", "01", {"subject": "S"}, "hoà giải " * 20_000) for n in range(10))
    gate.answered_bytes = 0
    result = index.search(parse_query("giai"), OPERATOR)
    assert len(result.hits) == 10
    assert gate.answered_bytes < 40_000


def test_a_text_of_any_length(index: ElasticIndex) -> None:
    """The last word of a text beyond a million characters, Elasticsearch's own limit, is found and marked."""
    index.add([IndexEntry("r", "Z1", "01", {}, "đầu " + "chữ nghĩa " * 130_000 + "cuối cùng")])
    (hit,) = index.search(parse_query("cuoi"), OPERATOR).hits
    assert any("<mark>cuối</mark> cùng" in shown for shown in hit.highlights)


def test_ping_names_the_place(index: ElasticIndex, gate: Gate) -> None:
    """Version, address, index and count are in the line."""
    index.add([IndexEntry("r", "Z1", "01", {}, "x")])
    line = index.ping()
    assert re.match(rf"Elasticsearch \d+\.\d+\.\d+ at {re.escape(gate.url)}, ", line)
    assert line.endswith(", 1 records")


def test_versions_count_up(settings: IndexSettings) -> None:
    """Every rebuild makes the next numbered index of this schema behind the alias, and leaves only it."""
    with (
        own_alias(settings) as alias,
        closing(elastic_index(settings, alias)) as index,
        client(settings) as bare,
    ):
        for number in (1, 2, 3):
            index.rebuild([])
            found = bare.indices.get(index=f"{alias}*", filter_path="*.aliases").body
            assert found == {f"{alias}-v{SCHEMA}-{number:06d}": {"aliases": {alias: {}}}}
