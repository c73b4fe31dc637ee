"""What the ledger claims about an inbox object is backed by records, by the queue and by other objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sohoa.domain.archive.object_keys import visible
from sohoa.domain.archive.records import record_id
from sohoa.domain.inbox.states import IN_ARCHIVE, InboxObject, State
from sohoa.ports import DocumentStates, RecordRegister, RecordRow, ReviewQueue
from sohoa.usecases.archive.standing import SUPERSEDED


class BackingServices(Protocol):
    """States, records and queue: the ledger alone."""

    @property
    def states(self) -> DocumentStates: ...
    @property
    def records(self) -> RecordRegister: ...
    @property
    def queue(self) -> ReviewQueue: ...


class Backing:
    """Tells what is wrong with rows of objects; the queue is read once, and again for what seems wrong."""

    def __init__(self, services: BackingServices) -> None:
        self._services = services
        self._waiting = {item.record_id for item in services.queue.waiting()}

    def faults_of(self, row: InboxObject) -> list[str]:
        """Sentences about an object whose state nothing backs; none for one that is as it should be."""
        fault = ""
        if row.state is State.DUPLICATE:
            fault = self._duplicate_fault(row)
        elif row.state in IN_ARCHIVE:
            fault = self._archived_fault(row)
        return [f"{visible(row.key)} is {row.state.value} but {fault}"] if fault else []

    def _archived_fault(self, row: InboxObject) -> str:
        record = self._services.records.record(row.record_id)
        if record is None or record.version < 1:
            return f"record {row.record_id or '(none)'} does not exist"
        if record.withdrawn:
            return f"record {row.record_id} was withdrawn"
        if (record.agency, record.sha256) != (row.agency, row.sha256):
            return f"record {row.record_id} was made of other bytes"
        return self._holder_fault(row, record) or self._queue_fault(row)

    def _holder_fault(self, row: InboxObject, record: RecordRow) -> str:
        """One object alone carries the record's state."""
        holder = record.holder_key
        others = self._services.states.find(holder) if holder != row.key else ()
        carried = any(o.key == holder and _carries(o, row) for o in others)
        return f"{visible(holder)} holds record {row.record_id}" if carried else ""

    def _queue_fault(self, row: InboxObject) -> str:
        """An object needs review as long as a record of its file waits, which a person may end meanwhile."""
        names = self._standing_ids(row)
        if any(name in self._waiting for name in names) == (row.state is State.NEEDS_REVIEW):
            return ""
        states, queue = self._services.states, self._services.queue
        waits = any(queue.item(name) for name in names)
        now = next((other.state for other in states.find(row.key) if other.etag == row.etag), None)
        if now is not row.state or waits == (row.state is State.NEEDS_REVIEW):
            return ""
        return f"record {row.record_id} is {'' if waits else 'not '}in the queue"

    def _standing_ids(self, row: InboxObject) -> Sequence[str]:
        """The record of the whole file, or the parts that stand for it."""
        name = record_id(row.agency, row.sha256)
        whole = self._services.records.record(name) if name != row.record_id else None
        if whole is not None and whole.withdrawn.startswith(SUPERSEDED):
            return whole.withdrawn.removeprefix(SUPERSEDED).split(", ")
        return (row.record_id,)

    def _duplicate_fault(self, row: InboxObject) -> str:
        """A duplicate names the object that was first, and the record of the same bytes."""
        record = self._services.records.record(row.record_id)
        if record is None or record.version < 1 or record.sha256 != row.sha256:
            return f"there is no such record {row.record_id or '(none)'} of its bytes"
        if not any(other.key == row.detail for other in self._services.states.find(row.detail)):
            return "there is no such object that came first"
        return ""


def _carries(other: InboxObject, row: InboxObject) -> bool:
    return other.state in IN_ARCHIVE and not other.replaced and other.sha256 == row.sha256
