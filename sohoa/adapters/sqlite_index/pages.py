"""The position of a hit in an ordered list, and its token."""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.domain.errors import Rejected
from sohoa.domain.protection.access import Access
from sohoa.domain.search import page_tokens
from sohoa.domain.search.query import Query


@dataclass(frozen=True, slots=True)
class Position:
    """The last hit shown: exact number or not, score (smaller is better), issue date, number, record id."""

    exact: int
    score: float
    issued: str
    number: int
    record_id: str


def encode(position: Position, query: Query, access: Access) -> str:
    """The token for what comes after the position."""
    parts = (position.exact, position.score.hex(), position.issued, position.number, position.record_id)
    return page_tokens.encode(parts, query, access)


def decode(token: str, query: Query, access: Access) -> Position:
    """The position of a token; raises ``Rejected`` for one that was not made for this question and reader."""
    try:
        exact, score, issued, number, record_id = page_tokens.decode(token, query, access)
        return Position(int(exact), float.fromhex(score), str(issued), int(number), str(record_id))
    except (ValueError, TypeError, OverflowError):
        raise Rejected("bad_page") from None
