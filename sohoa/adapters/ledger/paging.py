"""Long results in short transactions: pages of rows in the order of a key, and batches of input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Select, tuple_

from sohoa.adapters.ledger.database import Database

PAGE_ROWS = 1000
Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = PAGE_ROWS) -> Iterator[list[Item]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def paged(database: Database, query: Select[Any], *order: Column[Any]) -> Iterator[Row[Any]]:
    """All rows sorted by ``order``, a unique key; no transaction stays open between two pages."""
    query = query.order_by(*order).limit(PAGE_ROWS)
    page = query
    while True:
        with database.reading() as connection:
            rows = connection.execute(page).all()
        yield from rows
        if len(rows) < PAGE_ROWS:
            return
        last = [rows[-1]._mapping[column] for column in order]
        page = query.where(tuple_(*order) > tuple_(*last))
