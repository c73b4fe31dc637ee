"""Search indices on the real server for tests: their own alias each, removed with its indices afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch

from sohoa.adapters.elastic_index import ElasticIndex
from sohoa.settings import IndexSettings
from tests.support.servers import needed


@contextmanager
def client(settings: IndexSettings) -> Iterator[Elasticsearch]:
    """The bare client, as any other program would use it."""
    bare = Elasticsearch(
        settings.url,
        basic_auth=(settings.user, settings.secret("password")),
        ca_certs=str(settings.ca_file) if settings.ca_file else DEFAULT,
        request_timeout=60,
    )
    with bare:
        yield bare


def elastic_index(settings: IndexSettings, alias: str, *, url: str = "", **options: Any) -> ElasticIndex:
    """The index under test, on the server of these settings or on the way to it at another URL."""
    return ElasticIndex(
        url or settings.url,
        alias,
        user=settings.user,
        password=settings.secret("password"),
        ca_file=None if url else settings.ca_file,
        **options,
    )


@contextmanager
def own_alias(settings: IndexSettings) -> Iterator[str]:
    """A name for an alias, whose indices are removed afterwards."""
    alias = f"test-{secrets.token_hex(6)}"
    try:
        yield alias
    finally:
        remove_indices(settings, alias)


def remove_indices(settings: IndexSettings, alias: str) -> None:
    """Take away every index that was made for the alias."""
    with client(settings) as bare:
        for name in bare.indices.get(index=f"{alias}*", expand_wildcards="all", filter_path="*.aliases").body:
            bare.options(ignore_status=404).indices.delete(index=name)


@contextmanager
def empty_index(_: Path) -> Iterator[ElasticIndex]:
    """An empty index on the server; skips where there is none."""
    settings = needed("index").index
    with own_alias(settings) as alias:
        made = elastic_index(settings, alias)
        try:
            yield made
        finally:
            made.close()
