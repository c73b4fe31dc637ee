"""What each role may do: the one table of roles and rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Right(StrEnum):
    """What a person may be allowed to do."""

    SEARCH = "search"
    CONDITIONAL = "conditional"
    PERSONAL = "personal"
    GRANT = "grant"
    REVIEW = "review"
    RETENTION = "retention"
    QUARANTINE = "quarantine"
    AUDIT = "audit"
    ACCOUNTS = "accounts"


RIGHTS: Mapping[str, frozenset[Right]] = {
    "operator": frozenset({Right.SEARCH}),
    "reader": frozenset({Right.SEARCH}),
    "officer": frozenset({Right.SEARCH, Right.CONDITIONAL}),
    "archivist": frozenset(
        {Right.SEARCH, Right.CONDITIONAL, Right.PERSONAL, Right.GRANT, Right.REVIEW, Right.RETENTION}
    ),
    "reviewer": frozenset({Right.SEARCH, Right.CONDITIONAL, Right.REVIEW}),
    "security": frozenset({Right.SEARCH, Right.QUARANTINE}),
    "auditor": frozenset({Right.SEARCH, Right.AUDIT}),
    "administrator": frozenset({Right.SEARCH, Right.ACCOUNTS}),
}
"""Rights by role. ``grant`` opens one restricted record to somebody for a time, ``retention`` is to put
records on hold and to dispose of them.

``conditional`` is the sight of records of level 02; 03 are not here, no role sees them."""

OF_ONE_AGENCY = frozenset({"officer"})
"""Roles that are always bound to named agencies."""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All rights of a person with these roles; unknown roles give none."""
    return frozenset(right for role in roles for right in RIGHTS.get(role, ()))


def roles_with(right: Right) -> tuple[str, ...]:
    """The roles that give the right, sorted."""
    return tuple(sorted(role for role, rights in RIGHTS.items() if right in rights))
