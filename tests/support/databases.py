"""Databases of one test each, on a PostgreSQL server that may be shared."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from sohoa.settings import LedgerSettings


@contextmanager
def session(location: URL, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
    """A connection of the test's own, outside of any transaction."""
    with psycopg.connect(
        host=location.host,
        port=location.port,
        user=location.username,
        password=location.password,
        dbname=database,
        autocommit=True,
    ) as connection:
        yield connection


@contextmanager
def fresh_database(settings: LedgerSettings) -> Iterator[str]:
    """The address, password and all, of an empty database that is dropped afterwards."""
    location = make_url(settings.url).set(password=settings.secret("password"))
    name = f"test_{secrets.token_hex(6)}"
    with session(location) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
        try:
            yield location.set(database=name).render_as_string(hide_password=False)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
