"""What a reviewer sees: the queue, a record with its doubts, and the places on the page they are about."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ocr.page import Box
from sohoa.domain.archive.record import FieldJson, Record
from sohoa.domain.archive.versions import record_prefix
from sohoa.domain.errors import Corrupt, InvalidRequest, NotFound
from sohoa.domain.fields import field_of
from sohoa.domain.inbox.folder_documents import stored_kind
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import masked
from sohoa.domain.protection.rights import Right
from sohoa.domain.review.queue import Assignment, ReviewItem, ordered
from sohoa.ports import Event, RecordRegister, Reports, ReviewQueue
from sohoa.usecases.archive.services import VersionServices
from sohoa.usecases.archive.standing import doubts_of, rivals, settle_object
from sohoa.usecases.archive.store import newest_manifest
from sohoa.usecases.archive.versions import Current, changes_since, current, visible
from sohoa.usecases.review.services import CropServices, QueuePolicy, QueueServices
from sohoa.usecases.search.personal import masked_event, masked_record, note_shown

_SNAPSHOT = "coverage.json"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A waiting record as the queue shows it: best candidate for its first doubt, file, people."""

    item: ReviewItem
    candidate: str
    key: str
    assigned: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Viewed:
    """A record as a reviewer sees it; ``same_number`` are the records that it is to be compared with."""

    now: Current
    doubts: tuple[str, ...]
    same_number: tuple[Current, ...]
    assigned: tuple[Assignment, ...]


def waiting(
    reader: Reader, services: QueueServices, agency: str = "", assignee: str = "", limit: int = 0
) -> list[Doubtful]:
    """The queue, what helps most first (``domain.review.queue.ordered``); at most ``limit``, 0 for all.

    ``assignee`` limits it to records of which that person has a step to do.
    """
    items = services.queue.waiting(agency=agency)
    if assignee:
        mine = {a.record_id for a in services.queue.assignments(person=assignee) if a.done_at is None}
        items = _of(services.records, services.queue, mine, agency)
    chosen = ordered(
        (item for item in items if reader.access.covers(item.agency)),
        _gaps(services.policy, services.reports),
    )
    shown = (found for item in chosen if (found := _doubtful(reader, services, item)) is not None)
    return list(islice(shown, limit or None))


def following(reader: Reader, services: QueueServices, record_id: str) -> str:
    """The record that comes after this one in the queue, the first after the last; empty where none waits."""
    items = ordered(
        (item for item in services.queue.waiting() if reader.access.covers(item.agency)),
        _gaps(services.policy, services.reports),
    )
    names = [item.record_id for item in items]
    place = names.index(record_id) + 1 if record_id in names else 0
    for name in (*names[place:], *names[:place]):
        with suppress(NotFound, Corrupt):
            if name != record_id:
                visible(reader.without_grants, services, name)
                return name
    return ""


def changed_since(reader: Reader, services: VersionServices, record_id: str, seen: int) -> Sequence[Event]:
    """What persons did to the record after the version that the reader saw, masked."""
    now = current(reader, services, record_id)
    return [masked_event(event, services.codes) for event in changes_since(services, now, seen)]


def waiting_after(
    reader: Reader, services: QueueServices, after: str = "", limit: int = 50, agency: str = ""
) -> list[Doubtful]:
    """The queue by record id, from the first after ``after``: its pages stay right while records come."""
    items = sorted(services.queue.waiting(agency=agency), key=lambda item: item.record_id)
    chosen = (item for item in items if item.record_id > after and reader.access.covers(item.agency))
    shown = (found for item in chosen if (found := _doubtful(reader, services, item)) is not None)
    return list(islice(shown, limit))


def _of(records: RecordRegister, queue: ReviewQueue, names: set[str], agency: str) -> Iterator[ReviewItem]:
    """Items of these records, also of those without a doubt: a check is work, too."""
    for name in sorted(names):
        row = records.record(name)
        if row is not None and not row.withdrawn and agency in ("", row.agency):
            yield queue.item(name) or ReviewItem(name, row.agency, (), row.archived_at)


def _gaps(policy: QueuePolicy, reports: Reports) -> Mapping[str, float]:
    """How far each agency is below the target, by the newest coverage snapshot; empty before the first."""
    report = json.loads(reports.read(_SNAPSHOT) or b"{}")
    ratios = {row["agency"]: row["total"].get("ratio") for row in report.get("agencies", ())}
    low = policy.target_low
    return {code: max(0.0, low - float(ratio)) for code, ratio in ratios.items() if ratio is not None}


def _doubtful(reader: Reader, services: VersionServices, item: ReviewItem) -> Doubtful | None:
    """None for a record of a level that is not for this reader."""
    assigned = tuple(services.queue.assignments(record_id=item.record_id))
    try:
        now = current(reader, services, item.record_id)
    except NotFound:
        if newest_manifest(services, item.agency, item.record_id) is not None:
            return None
        return Doubtful(item, f"missing: sohoa verify {item.record_id}", "", assigned)
    except Corrupt:
        return Doubtful(item, f"unreadable: sohoa verify {item.record_id}", "", assigned)
    item = replace(item, doubts=doubts_of(services, now.row, now.record))
    return Doubtful(item, _candidate(reader, services, now, item), now.record["source"]["key"], assigned)


def _candidate(reader: Reader, services: VersionServices, now: Current, item: ReviewItem) -> str:
    """The likeliest value of the first field in doubt, masked; the other record of an equal number."""
    known = masked_record(now.record, services.codes)["fields"]
    fields = (known.get(field_of(code)) for code in item.doubts)
    best = next((f"{f['value']} ({f['confidence']:.2f})" for f in fields if f and f["value"]), "")
    other = next(_rivals_of(reader, services, now), None)
    return best or (other.row.record_id if other else "")


def view(reader: Reader, services: VersionServices, record_id: str, personal: bool = False) -> Viewed:
    """Everything a person needs to decide; raises ``NotFound`` for an unknown id.

    Personal data is masked but in the fields that are to be decided; ``personal`` shows all of this record's,
    to an archivist by name only, and notes it on the record. That of other records stays masked.
    """
    if personal:
        reader.decides(Right.PERSONAL)
    now = current(reader, services, record_id)
    if services.queue.item(record_id) is None:  # whoever took it out may have been killed right after
        settle_object(services, now.row)
    doubts = () if now.row.withdrawn else doubts_of(services, now.row, now.record)
    others = tuple(_masked(services.codes, other) for other in _rivals_of(reader, services, now))
    if personal:
        note_shown(reader, services, record_id, "review")
    else:
        now = _masked(services.codes, now, {field_of(code) for code in doubts})
    return Viewed(now, doubts, others, tuple(services.queue.assignments(record_id=record_id)))


def _rivals_of(reader: Reader, services: VersionServices, now: Current) -> Iterator[Current]:
    """Other records of the same number that are for this reader."""
    for name in rivals(services, now.row, now.record):
        with suppress(NotFound):
            yield current(reader, services, name)


def _masked(codes: PersonalCodes, now: Current, to_decide: Collection[str] = ()) -> Current:
    row = replace(now.row, withdrawn=masked(now.row.withdrawn, codes))
    return replace(now, row=row, record=masked_record(now.record, codes, to_decide))


def write_crops(services: CropServices, viewed: Viewed, folder: Path) -> Mapping[str, Path]:
    """The page around each doubtful field as PNG in the folder, by field; its head where no box is known."""
    record = viewed.now.record
    names = dict.fromkeys(field_of(code) for code in viewed.doubts if field_of(code))
    pictures = dict[str, Path]()
    if not names:
        return pictures
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in names:
            data = crop(services, record, name)
            pictures[name] = folder / f"{name}.png"
            pictures[name].write_bytes(data)
    except OSError as error:
        raise InvalidRequest("pictures", f"cannot write pictures to {folder}: {error.strerror}") from error
    return pictures


def crop(services: CropServices, record: Record, name: str) -> bytes:
    """The page around a field as PNG, its head where no box is known; the caller has seen the record."""
    page, box = _place(record, record["fields"].get(name))
    file, kind, page = _file_of(record, page)
    with services.store.fetch(services.policy.archive, f"{original_key(record)}{file}") as path:
        return services.viewer.picture(path, kind, page, box)


def original_key(record: Record) -> str:
    """Where the original is: in the record's own folder, or in that of the part it is stored with."""
    holder = record.get("original_at") or record["record_id"]
    return record_prefix(record["agency"], holder) + str(record["original"])


def _file_of(record: Record, page: int) -> tuple[str, str, int]:
    """Where a page is: its file below a folder document's original, the file's kind, its page there."""
    for file in record["source"].get("files", ()):
        if page <= file["pages"]:
            name = str(file["original"]).removeprefix(str(record["original"]))
            return name, stored_kind(name), page
        page -= file["pages"]
    return "", str(record["source"]["kind"]), page


def _place(record: Record, field: FieldJson | None) -> tuple[int, Box | None]:
    for seen in field["evidence"] if field else ():
        if seen["page"] and seen["box"]:
            return seen["page"], Box(*seen["box"])
    return int(record["documents"][0]["pages"][0]), None
