"""State and claims of inbox objects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sohoa.domain.inbox.states import InboxObject, ObjectInfo, Outcome
from sohoa.ports.events import NewEvent


class DocumentStates(Protocol):
    """State and claims of inbox objects: the ledger's truth."""

    def observe(self, objects: Iterable[ObjectInfo]) -> None:
        """Note listed objects: unknown (key, etag) become pending; other etags of a key are ``replaced``."""
        ...

    def objects(self, *, prefix: str = "", states: Sequence[str] = ()) -> Iterator[InboxObject]:
        """Rows sorted by the UTF-8 bytes of the key, then etag; streaming."""
        ...

    def find(self, text: str) -> Sequence[InboxObject]:
        """Rows whose key, SHA-256 or record id equals the text."""
        ...

    def identified(self, ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Key and etag of each id (``domain.inbox.keys.object_id``) that the ledger knows."""
        ...

    def claim(self, key: str, etag: str, owner: str) -> bool:
        """Take the object for work; False while a live owner other than this one has it."""
        ...

    def release(self, key: str, etag: str, owner: str) -> None:
        """Give the claim back; a no-op when it is not this owner's."""
        ...

    def live_claims(self, besides: str = "") -> int:
        """How many objects are claimed by workers that are alive, that owner left out."""
        ...

    def settle(
        self,
        key: str,
        etag: str,
        outcome: Outcome,
        at: datetime,
        *,
        attempts: int = 0,
        event: NewEvent | None = None,
    ) -> None:
        """Store what became of the object; ``attempts`` are failed tries that it adds.

        The event of the object's key is written with it, or neither is.
        """
        ...

    def retry(self, keys: Sequence[str], reason: str, at: datetime) -> int:
        """Set rejected and failed objects of these keys (or all of a reason code) back to pending."""
        ...

    def mark_removed(self, key: str, etag: str, by: str, at: datetime, event: NewEvent) -> None:
        """Leave the tombstone of an object that a named person removed, with its event.

        Raises ``Corrupt`` for one that is in the archive or still waits.
        """
        ...

    def ping(self) -> str:
        """One line that names database and schema version; raises ``Unavailable`` or ``Misconfigured``."""
        ...
