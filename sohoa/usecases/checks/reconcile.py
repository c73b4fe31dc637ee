"""Reconcile: every object of the inbox is in exactly one state, and the states add up to the listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sohoa.domain.archive.object_keys import visible
from sohoa.domain.inbox.keys import masked
from sohoa.domain.inbox.states import InboxObject, ObjectInfo, State
from sohoa.ports import DocumentStates, ObjectStore
from sohoa.usecases.archive.services import InboxBucket
from sohoa.usecases.checks.backing import Backing, BackingServices


class InboxServices(Protocol):
    """The inbox and what the ledger knows of its objects."""

    @property
    def store(self) -> ObjectStore: ...
    @property
    def states(self) -> DocumentStates: ...
    @property
    def policy(self) -> InboxBucket: ...


class BalanceServices(InboxServices, BackingServices, Protocol):
    """What reconciling needs on top."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The invariant's proof: ``states`` add up to ``listing``.

    ``removed`` counts tombstones beside it; ``strays`` lie in the inbox and are no objects.
    """

    listing: int
    states: Mapping[str, int]
    removed: int
    faults: tuple[str, ...]
    strays: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.faults and sum(self.states.values()) == self.listing


def reconcile(services: BalanceServices) -> Balance:
    """Merge the inbox listing with the ledger, both sorted by key, and count; read-only."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    listing = removed = 0
    backing = Backing(services)
    for info, row in pairs(services):
        if info is not None:
            listing += 1
            known = row if row is not None and row.etag == info.etag else None
            counts[(known.state if known else State.PENDING).value] += 1
            faults += _object_faults(backing, known) if known else []
        elif row is not None and row.removed_by:
            removed += 1
        elif row is not None:
            faults.append(f"{visible(shown_key(row))} was received but is no longer in the inbox")
    states = {state.value: counts[state.value] for state in State}
    return Balance(listing, states, removed, tuple(faults), tuple(_strays(services)))


def _object_faults(backing: Backing, row: InboxObject) -> list[str]:
    """What is wrong with an object that is there; where its removal was interrupted, that it is."""
    if row.removed_by:
        return [f"{visible(shown_key(row))} was removed by {row.removed_by} but is there: repeat its removal"]
    return backing.faults_of(row)


def _strays(services: InboxServices) -> Iterator[str]:
    """What lies in the inbox and is never taken: links, pipes, sockets, devices."""
    for stray in services.store.strays(services.policy.inbox):
        if not stray.key.endswith("/"):
            yield f"{visible(stray.key)}: {stray.kind}; it is not taken"


def shown_key(row: InboxObject) -> str:
    """The key, masked where the object is under secrecy."""
    return masked(row.key) if row.state is State.QUARANTINED else row.key


def pairs(services: InboxServices) -> Iterator[tuple[ObjectInfo | None, InboxObject | None]]:
    """Listing and ledger merged by key; rows of replaced objects are left out."""
    listed = services.store.list(services.policy.inbox)
    rows = (row for row in services.states.objects() if not row.replaced)
    info, row = next(listed, None), next(rows, None)
    while info is not None or row is not None:
        left = _order(info.key) if info else None
        right = _order(row.key) if row else None
        if right is None or (left is not None and left < right):
            yield info, None
            info = next(listed, None)
        elif left is None or right < left:
            yield None, row
            row = next(rows, None)
        else:
            yield info, row
            info, row = next(listed, None), next(rows, None)


def _order(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")
