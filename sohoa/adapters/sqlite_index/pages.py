"""Tokens that continue a list of hits after its last one; they name no text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from sohoa.domain.access import Access
from sohoa.domain.errors import Rejected
from sohoa.domain.query import Query, render_canonical


@dataclass(frozen=True, slots=True)
class Position:
    """The last hit shown: exact number or not, bm25 (smaller is better), issue date, record id."""

    exact: int
    score: float
    issued: str
    record_id: str


def encode(position: Position, query: Query, access: Access) -> str:
    """The token for what comes after the position."""
    parts = [_fingerprint(query, access), position.exact, position.score.hex(), position.issued]
    return base64.urlsafe_b64encode(json.dumps([*parts, position.record_id]).encode()).decode()


def decode(token: str, query: Query, access: Access) -> Position:
    """The position of a token; raises ``Rejected`` for one that was not made for this question and reader."""
    try:
        fingerprint, exact, score, issued, record_id = json.loads(
            base64.b64decode(token, b"-_", validate=True)
        )
        position = Position(int(exact), float.fromhex(score), str(issued), str(record_id))
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise Rejected("bad_page") from None
    if fingerprint != _fingerprint(query, access):
        raise Rejected("bad_page")
    return position


def _fingerprint(query: Query, access: Access) -> str:
    agencies = None if access.agencies is None else sorted(access.agencies)
    asked = json.dumps([render_canonical(query), agencies, sorted(access.modes)])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
