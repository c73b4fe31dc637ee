"""Tokens that continue a list of hits after its last one; they name no text.

A token is bound to its question and its reader by a fingerprint; what a position is, the engine decides.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sohoa.domain.errors import Rejected
from sohoa.domain.protection.access import Access
from sohoa.domain.search.query import Query, render_canonical


def encode(position: Sequence[Any], query: Query, access: Access) -> str:
    """The token for what comes after the position, a list of plain JSON values."""
    parts = [_fingerprint(query, access), *position]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def decode(token: str, query: Query, access: Access) -> list[Any]:
    """The position of a token; raises ``Rejected`` for one that was not made for this question and reader."""
    position: list[Any]
    try:
        fingerprint, *position = json.loads(base64.b64decode(token, b"-_", validate=True))
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise Rejected("bad_page") from None
    if fingerprint != _fingerprint(query, access):
        raise Rejected("bad_page")
    return position


def _fingerprint(query: Query, access: Access) -> str:
    agencies = None if access.agencies is None else sorted(access.agencies)
    asked = json.dumps([render_canonical(query), agencies, sorted(access.modes)])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
