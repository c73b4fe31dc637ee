"""Time-stamps near their end: the copy gets a further one, as a next version, in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import Record, SealJson
from sohoa.domain.archive.versions import sha256_hex
from sohoa.domain.errors import SohoaError
from sohoa.domain.protection.access import Reader
from sohoa.ports import LASTING
from sohoa.usecases.archive.pending_seals import SealsDone, SealServices
from sohoa.usecases.archive.store import copy_path, load, read_file
from sohoa.usecases.archive.versions import Current, Revision, revise


def renew_seals(
    reader: Reader, services: SealServices, within: timedelta, is_over: Callable[[], bool] = lambda: False
) -> SealsDone:
    """Give a further time-stamp to every copy at B-LT or B-LTA whose newest one ends within that time.

    Under the record's claim, once: what was renewed is not due again, so that a run may stop at any record.
    """
    renewed, waiting = list[str](), dict[str, str]()
    end = services.clock.now() + within
    for row in services.records.records():
        found = load(services, row.agency, row.record_id) if row.signed and not row.withdrawn else None
        if found is None or not _may_end(found.record["seal"], end):
            continue
        if is_over():
            waiting[row.record_id] = "the time of the run is over"
            continue
        try:
            if _renew(reader, services, row.record_id, end):
                renewed.append(row.record_id)
        except SohoaError as error:
            waiting[row.record_id] = str(error)
    return SealsDone(tuple(renewed), waiting)


def _may_end(seal: SealJson, end: datetime) -> bool:
    """Whether the time-stamp ends by then, as the record says; records of before do not say."""
    until = seal.get("until")
    return seal.get("level") in LASTING and (until is None or datetime.fromisoformat(until) <= end)


def _renew(reader: Reader, services: SealServices, record_id: str, end: datetime) -> bool:
    """Whether a version with a further time-stamp was written."""
    written = list[int]()

    def decide(now: Current) -> Revision | None:
        copy = read_file(services, now.agency, now.manifest, copy_path(now.manifest))
        before = services.sealer.check(copy)
        if before.valid and before.until is not None and before.until > end:
            return None
        stamped, after = services.sealer.renew(copy)
        written.append(now.manifest.version + 1)
        until = after.until.isoformat() if after.until else ""
        section: SealJson = {**now.record["seal"], "level": after.level, "until": until}
        revised: Record = {**now.record, "seal": section}
        done = Action.RENEWED, {"sha256": sha256_hex(stamped), "until": until}
        return Revision(revised, [done], {"archive.pdf": stamped})

    revise(reader, services, record_id, None, decide)
    return bool(written)
