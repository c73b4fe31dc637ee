"""What every ledger does with the questions that people keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.people.saved_query import SavedQuery
from tests.support.moments import NOON

MINE = SavedQuery("lan", "Đất đai 2024", "q=%C4%91%E1%BA%A5t&year=2024", NOON)


def test_questions_are_each_persons_own(ledger: SqlLedger) -> None:
    """They come back as they were kept, sorted by name, and nobody else's with them."""
    some = [replace(MINE, name=name) for name in ("b", "A", "a")]
    for query in (*some, replace(MINE, login="an")):
        assert ledger.saved_queries.keep(query, most=10)
    assert [query.name for query in ledger.saved_queries.listed("lan")] == ["A", "a", "b"]
    assert ledger.saved_queries.listed("an") == [replace(MINE, login="an")]
    assert ledger.saved_queries.listed("nobody") == []


def test_a_name_is_kept_once(ledger: SqlLedger) -> None:
    """The later question of a name replaces the earlier one."""
    later = replace(MINE, question="q=b", saved_at=NOON + timedelta(days=1))
    for query in (MINE, later):
        assert ledger.saved_queries.keep(query, most=1)
    assert ledger.saved_queries.listed("lan") == [later]


def test_nobody_keeps_more_than_so_many(ledger: SqlLedger) -> None:
    """One too many is not kept; those that are there may be renewed or forgotten."""
    assert ledger.saved_queries.keep(MINE, most=1)
    assert not ledger.saved_queries.keep(replace(MINE, name="other"), most=1)
    assert ledger.saved_queries.keep(replace(MINE, login="an"), most=1)
    ledger.saved_queries.forget("lan", "other")
    ledger.saved_queries.forget("an", MINE.name)
    assert ledger.saved_queries.listed("lan") == [MINE]
    ledger.saved_queries.forget("lan", MINE.name)
    assert ledger.saved_queries.keep(replace(MINE, name="other"), most=1)
