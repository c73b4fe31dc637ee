"""All checks of one record: its files, its signed copy, its history, and what the ledger says of it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from sohoa.domain.archive.disposal import disposed_by
from sohoa.domain.archive.record import read_record
from sohoa.domain.dossiers.dossier import dossier_code
from sohoa.domain.search.entry import IndexEntry, entry_of
from sohoa.ports import DocumentStates, EventLog, RecordRow, ReviewQueue, Sealer
from sohoa.usecases.archive.services import Filed
from sohoa.usecases.checks.disposed_record import disposed_faults
from sohoa.usecases.checks.faults import Faults
from sohoa.usecases.checks.record_files import (
    chain_faults,
    copy_faults,
    identity_faults,
    seal_event_faults,
    version_faults,
)
from sohoa.usecases.checks.record_ledger import (
    holder_faults,
    queue_faults,
    release_faults,
    summary_faults,
    withdrawal_faults,
)
from sohoa.usecases.checks.stored_record import RECORD, TEXT, look_at


class RecordServices(Filed, Protocol):
    """The archive, and all that must agree with it of one record."""

    @property
    def states(self) -> DocumentStates: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def queue(self) -> ReviewQueue: ...
    @property
    def sealer(self) -> Sealer: ...


def check_record(services: RecordServices, row: RecordRow, faults: Faults) -> IndexEntry | None:
    """Add every fault of the record; returns what the index must hold of it, None where that is nothing.

    Where the record's own files have faults it cannot be told what that is.
    """
    found, ledger = Faults(), faults.made(row.record_id, partial(services.events.events, row.record_id))
    stored = look_at(services, row, found)
    disposed = disposed_by(ledger or ())
    if disposed is not None and ledger is not None:
        faults.check(stored.prefix, partial(disposed_faults, services, stored, ledger, disposed, found))
        return None
    faults += found
    manifest, place = stored.manifest, stored.prefix + stored.newest(RECORD)
    if manifest is None:
        return None
    data, text = stored.intact.get(stored.newest(RECORD)), stored.intact.get(stored.newest(TEXT))
    record = None if data is None else faults.made(place, partial(read_record, data))
    faults.check(row.record_id, partial(holder_faults, services.states, row))
    faults.check(place, partial(identity_faults, services, stored, manifest, record))
    faults.check(stored.prefix, partial(version_faults, services, stored, manifest))
    faults.check(stored.prefix, partial(copy_faults, services.sealer, stored, record))
    if ledger is not None:
        faults.check(stored.prefix, partial(chain_faults, ledger, stored))
        faults.check(stored.prefix, partial(seal_event_faults, ledger, stored, manifest))
    if record is None:
        return None
    faults.check(place, partial(summary_faults, stored, record, manifest.version))
    faults.check(place, partial(withdrawal_faults, ledger or (), row, record))
    faults.check(place, partial(queue_faults, services, services.queue, row, record))
    faults.check(place, partial(release_faults, services.events, row, record))
    if row.withdrawn or text is None:
        return None
    code = dossier_code(record, services.dossiers.of_record(row.record_id))
    return faults.made(place, lambda: entry_of(record, text.decode(), services.codes, code))
