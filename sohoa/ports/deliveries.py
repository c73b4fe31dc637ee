"""What carries snapshots to other systems, and the book that says how each delivery stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from sohoa.domain.coverage.deliveries import Dispatch, Parcel, Receipt
from sohoa.ports.events import NewEvent


class Courier(Protocol):
    """Carries parcels to one receiver."""

    @property
    def repeats(self) -> bool:
        """Whether handing the same parcel over again does nothing there."""
        ...

    def carry(self, parcel: Parcel) -> Receipt:
        """One attempt; raises an error of the domain only for what is wrong on our side."""
        ...


class Dispatches(Protocol):
    """The book of deliveries, one line for each receiver and snapshot."""

    def expect(self, dispatches: Collection[Dispatch]) -> None:
        """Add those that are not there yet."""
        ...

    def listed(self) -> Sequence[Dispatch]:
        """All of them by receiver, the newest day first."""
        ...

    def begin(self, dispatch: Dispatch, owner: str, at: datetime, event: NewEvent) -> tuple[bool, bool]:
        """Take one that waits for an attempt, in one step with its event, and count the attempt.

        Whether it was taken: not where a living process has it, or it waits no longer. Whether somebody
        died over the attempt before.
        """
        ...

    def end(self, dispatch: Dispatch, owner: str, event: NewEvent) -> None:
        """Write how the attempt of ``begin`` ended, in one step with its event; the claim is given back."""
        ...

    def reopen(self, dispatch: Dispatch, event: NewEvent) -> None:
        """Let an uncertain one wait again, in one step with its event; ``Conflict`` where it is not."""
        ...
