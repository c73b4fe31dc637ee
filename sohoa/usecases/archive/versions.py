"""Versions: what a person decided becomes a new version of the record, written by one at a time.

A version is written under the claim of the record's inbox object, and only on top of the version that the
person saw. The manifest is written last; index, ledger and queue follow from the archive, so that a writer
killed in between is made good by the next command that touches the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.disposal import DISPOSED, TOMBSTONE, held_by
from sohoa.domain.archive.record import Record, record_bytes
from sohoa.domain.archive.versions import record_prefix
from sohoa.domain.errors import Conflict, Corrupt, InvalidRequest, NotFound, Unavailable
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import masked_values
from sohoa.domain.review.decisions import SAME_NUMBER
from sohoa.ports import Event, EventLog, RecordRow
from sohoa.usecases.archive.history import Done, chained, events_bytes, events_from
from sohoa.usecases.archive.line_up import line_up
from sohoa.usecases.archive.services import Claims, Registered, VersionServices
from sohoa.usecases.archive.standing import SUPERSEDED, holder_of, rivals, settle_object
from sohoa.usecases.archive.store import Loaded, events_path, load, loaded, read_file, store_next_version

_CLAIM_TRIES, _CLAIM_POLL_S = 50, 0.1


@dataclass(frozen=True, slots=True)
class Current(Loaded):
    """A record's newest version with its row in the ledger."""

    row: RecordRow


@dataclass(frozen=True, slots=True)
class Revision:
    """What a new version says: the record, what was done, and new files by their path in the version."""

    record: Record
    actions: Sequence[Done]
    files: Mapping[str, bytes] = field(default_factory=dict)


def current(reader: Reader, services: VersionServices, record_id: str) -> Current:
    """The newest version of a record to decide on; ledger and index are brought up to it where they lag.

    Raises ``NotFound`` for an unknown id, and for a record outside the reader's own scope: a grant is to see.
    """
    row, newest = visible(reader.without_grants, services, record_id)
    if newest.manifest_sha256 != row.manifest_sha256 and newest.manifest.version > row.version:
        return in_line(services, row, newest)
    return _with_row(newest, row)


def visible(reader: Reader, services: Registered, record_id: str) -> tuple[RecordRow, Loaded]:
    """A record as it stands, for a reader who may see it: the one place that decides.

    Raises ``NotFound`` for an unknown id, and in the same words for a record that is not for this reader;
    for one that was disposed of it says so.
    """
    row = services.records.record(record_id)
    known = row is not None and reader.access.may_open(record_id, row.agency)
    if row and known and row.withdrawn.startswith(DISPOSED):
        raise disposed_of(record_id)
    newest = load(services, row.agency, record_id) if row and known else None
    if row is None or newest is None or not reader.access.opens(record_id, row.agency, newest.record["mode"]):
        raise unknown(record_id)
    return row, newest


def in_line(services: VersionServices, row: RecordRow, newest: Loaded) -> Current:
    """Bring ledger, index, queue and the object's state in line with the newest version, read once."""
    line_up(services, newest)
    row = services.records.record(row.record_id) or row
    settle_object(services, row, newest.record)
    return _with_row(newest, row)


def _with_row(newest: Loaded, row: RecordRow) -> Current:
    return Current(newest.agency, newest.record, newest.manifest, newest.manifest_sha256, row)


def check_not_disposed_of(services: Registered, row: RecordRow) -> None:
    """Raise ``NotFound`` from the moment when the tombstone is there, before a file is gone."""
    place = record_prefix(row.agency, row.record_id) + TOMBSTONE
    if services.store.stat(services.policy.archive, place) is not None:
        raise disposed_of(row.record_id)


def disposed_of(record_id: str) -> NotFound:
    """The answer for a record that is gone for good."""
    return NotFound("disposed", f"record {record_id} was disposed of; its history stays")


def check_no_hold(events: EventLog, record_id: str) -> None:
    """Raise ``InvalidRequest`` for a record that is on hold: it is neither changed nor disposed of."""
    held = held_by(events.events(record_id))
    if held is not None:
        reason = held.details.get("reason", "")
        raise InvalidRequest("on_hold", f"record {record_id} is on hold: {reason}", record_id=record_id)


def unknown(record_id: str) -> NotFound:
    """The one answer for a record that does not exist and for one that is not for whoever asks."""
    return NotFound("record", f"there is no record {record_id!r}")


def standing(reader: Reader, services: VersionServices, record_id: str) -> Current:
    """A record that may still be decided on; raises ``Refused`` for one that is out of the archive."""
    found = current(reader, services, record_id)
    if found.row.withdrawn.startswith(SUPERSEDED):
        raise InvalidRequest("superseded", f"record {record_id} was {found.row.withdrawn}: decide on those")
    if found.row.withdrawn:
        raise InvalidRequest("withdrawn", f"record {record_id} was withdrawn: {found.row.withdrawn}")
    return found


@contextmanager
def claimed(services: Claims, row: RecordRow) -> Iterator[None]:
    """Work on the record alone, for the length of the block; raises ``Unavailable`` while others do."""
    item = holder_of(services.states, row)
    if item is None:
        raise Corrupt(f"the ledger does not know the object of record {row.record_id}: {row.holder_key}")
    for _ in range(_CLAIM_TRIES):
        if services.states.claim(item.key, item.etag, services.owner):
            break
        services.clock.sleep(_CLAIM_POLL_S)
    else:
        raise Unavailable(f"somebody else is working on record {row.record_id}; try again")
    try:
        yield
    finally:
        services.states.release(item.key, item.etag, services.owner)


def revise(
    reader: Reader,
    services: VersionServices,
    record_id: str,
    seen: int | None,
    decide: Callable[[Current], Revision | None],
    *,
    despite_hold: bool = False,
) -> Current:
    """Write what ``decide`` makes of the newest version as the next one; returns what is current then.

    ``despite_hold``: what keeps the record as it is, such as its signature, is written on hold, too.

    ``seen`` is the version that the person looked at, None for the one that is newest now. Raises
    ``Conflict`` naming who changed what since, ``Refused`` and ``Unavailable`` as above.
    """
    before = standing(reader, services, record_id)
    with claimed(services, before.row):
        now = standing(reader, services, record_id)
        check_seen(services, now, before.manifest.version if seen is None else seen)
        revision = decide(now)
        if revision is None:
            return now
        write_version(reader, services, now, revision, despite_hold=despite_hold)
        after = in_line(services, now.row, loaded(services, now.agency, record_id))
    for other in {*rivals_in_queue(services, now), *rivals_in_queue(services, after)}:
        refresh(services, other)
    return after


def check_seen(services: VersionServices, now: Current, seen: int) -> None:
    """Raise ``Conflict`` unless the person saw the newest version."""
    newest = now.manifest.version
    if seen > newest:
        raise InvalidRequest(
            "version", f"record {now.row.record_id} has no version {seen} yet: the newest is {newest}"
        )
    if seen < newest:
        changes = "; ".join(
            f"{e.actor} {e.action} {_what(e, services.codes)}".rstrip()
            for e in changes_since(services, now, seen)
        )
        message = f"record {now.row.record_id} has version {newest} by now, you saw {seen}: {changes}"
        raise Conflict("changed", message, record_id=now.row.record_id)


def changes_since(services: VersionServices, now: Current, seen: int) -> Sequence[Event]:
    """What persons did to the record after that version, the oldest first."""
    later = (event for event in history(services, now) if event.details.get("version", 0) > seen)
    return [event for event in later if event.action != Action.REVISED]


def _what(event: Event, codes: PersonalCodes) -> str:
    details = event.details
    name = details.get("field") or details.get("doubt") or ""
    if "new" not in details:
        return str(name)
    values = masked_values({name: f"{details['old']} → {details['new']}"}, codes)
    return f"{name} ({values[name]})"


def history(services: VersionServices, now: Current) -> Sequence[Event]:
    """The record's whole history: the ledger's events, or the archive's where the ledger lost its own.

    Raises ``Corrupt`` when they tell different stories.
    """
    path = events_path(now.manifest)
    stored = events_from(read_file(services, now.row.agency, now.manifest, path))
    known = services.events.events(now.row.record_id)
    shared = min(len(stored), len(known))
    if [e.hash for e in stored[:shared]] != [e.hash for e in known[:shared]]:
        raise Corrupt(f"record {now.row.record_id}: ledger and archive tell different stories: sohoa verify")
    return max(stored, known, key=len)


def write_version(
    reader: Reader,
    services: VersionServices,
    now: Current,
    revision: Revision,
    *,
    despite_hold: bool = False,
) -> None:
    """Write the version after ``now`` with its history; the caller has the claim, and nobody a hold."""
    check_not_disposed_of(services, now.row)
    if not despite_hold:
        check_no_hold(services.events, now.row.record_id)
    version, at = now.manifest.version + 1, services.clock.now()
    actions = [(name, {**details, "version": version}) for name, details in revision.actions]
    actions.append((Action.REVISED, {"version": version, "review": list(revision.record["review"])}))
    events = chained(now.row.record_id, reader.actor, at, actions, history(services, now))
    record: Record = {
        **revision.record,
        "version": version,
        "changed_at": at.isoformat(),
        "changed_by": reader.actor,
    }
    files = {
        **revision.files,
        "record.json": record_bytes(record),
        "events.jsonl": events_bytes(events),
    }
    placed = {f"v{version}/{name}": data for name, data in files.items()}
    store_next_version(services, now.row.agency, now.manifest, now.manifest_sha256, placed)


def rivals_in_queue(services: VersionServices, now: Current) -> tuple[str, ...]:
    """Other records that wait because of a number that they share, or shared, with this one."""
    others = {*services.records.same_number(now.row), *rivals(services, now.row, now.record)}
    waiting = ((name, services.queue.item(name)) for name in sorted(others))
    return tuple(name for name, item in waiting if item and SAME_NUMBER in item.doubts)


def refresh(services: VersionServices, record_id: str) -> None:
    """Work out the doubts and the state of a record anew; its bytes stay as they are."""
    row = services.records.record(record_id)
    if row is None or row.version < 1:
        return
    with claimed(services, row):
        in_line(services, row, loaded(services, row.agency, record_id))
