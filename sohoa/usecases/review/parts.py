"""Parts: a file that holds several documents becomes a record for each, and one record again.

All parts of a file and the record of the whole file share one claim. Parts are written first, then what
they supersede: whoever is killed in between leaves records that nobody counts, and the same command again
finishes the work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ocr.page import Page
from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.as_json import read_signature
from sohoa.domain.archive.page_ranges import Range, joined, pages_of_part, parse_ranges, part_name
from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import part_record, superseded_by
from sohoa.domain.archive.records import Reading
from sohoa.domain.archive.records import record_id as id_of
from sohoa.domain.archive.stored_pages import stored_pages
from sohoa.domain.archive.versions import record_prefix, sha256_hex
from sohoa.domain.errors import InvalidRequest
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.domain.review.decisions import keep_person_values
from sohoa.ports import SourceFile
from sohoa.usecases.archive.history import part_history
from sohoa.usecases.archive.line_up import line_up
from sohoa.usecases.archive.sealing import seal, with_seal
from sohoa.usecases.archive.services import VersionServices
from sohoa.usecases.archive.standing import settle_object, standing_ids
from sohoa.usecases.archive.store import first_files, loaded, newest_manifest, read_file, store_first_version
from sohoa.usecases.archive.versions import (
    Current,
    Revision,
    check_no_hold,
    check_seen,
    claimed,
    current,
    standing,
    write_version,
)
from sohoa.usecases.evidence.aliases import learnt_agencies
from sohoa.usecases.evidence.description import context_of
from sohoa.usecases.review.part_sources import sources_of, stored_originals
from sohoa.usecases.review.services import PartServices

_WORDS = "v1/text/words.json"


@dataclass(frozen=True, slots=True)
class _File:
    """The whole file, or folder document, of an agency: its unsplit record, and how it was read.

    ``words`` are the pages as they are stored.
    """

    whole: Current
    pages: tuple[Page, ...]
    words: Sequence[Any]

    @property
    def agency(self) -> str:
        return self.whole.row.agency

    @property
    def sha256(self) -> str:
        return self.whole.row.sha256

    def id_of(self, pages: Range) -> str:
        """The id of the record of these pages; that of the whole file for all of them."""
        part = "" if pages == (1, len(self.pages)) else part_name(pages)
        return id_of(self.agency, self.sha256, part)


def split(
    reader: Reader,
    services: PartServices,
    record_id: str,
    ranges: Sequence[str],
    why: str,
    seen: int | None = None,
) -> tuple[str, ...]:
    """Make a record of each page range; returns the ids of all records that stand for the file now.

    Raises ``Refused`` for ranges that are not exactly the record's pages, ``Conflict`` when the record
    changed since ``seen``, ``Rejected`` for a file that cannot be taken apart.
    """
    reader.decides(Right.REVIEW)
    now = standing(reader, services, record_id)
    check_seen(services, now, now.manifest.version if seen is None else seen)
    try:
        wanted = parse_ranges(ranges, _pages_of(now))
    except ValueError as error:
        raise InvalidRequest("pages", str(error)) from error
    return _regroup(reader, services, [now], wanted, why)


def merge(
    reader: Reader,
    services: PartServices,
    record_ids: Sequence[str],
    why: str,
    seen: Mapping[str, int] | None = None,
) -> tuple[str, ...]:
    """Join parts of one file that follow each other; returns the ids of all records of the file now.

    Raises ``Refused`` for records of different files and for parts that do not follow each other,
    ``Conflict`` where one changed since the version of it that was ``seen``.
    """
    reader.decides(Right.REVIEW)
    parts = [standing(reader, services, name) for name in dict.fromkeys(record_ids)]
    for part in parts:
        check_seen(services, part, (seen or {}).get(part.row.record_id, part.manifest.version))
    if len({(part.row.agency, part.row.sha256) for part in parts}) != 1:
        raise InvalidRequest("pages", "only parts of one file can be merged")
    try:
        wanted = joined([_pages_of(part) for part in parts])
    except ValueError as error:
        raise InvalidRequest("pages", str(error)) from error
    return _regroup(reader, services, parts, (wanted,), why)


def _pages_of(now: Current) -> Range:
    return pages_of_part(now.record["part"], len(now.record["pages"]))


def _regroup(
    reader: Reader, services: PartServices, old: Sequence[Current], wanted: Sequence[Range], why: str
) -> tuple[str, ...]:
    """Let records of the wanted pages stand in the place of the old ones."""
    with claimed(services, old[0].row):
        for part in old:
            check_seen(services, standing(reader, services, part.row.record_id), part.manifest.version)
            check_no_hold(services.events, part.row.record_id)
        file = _file(reader, services, old[0])
        gone = {part.row.record_id for part in old}
        stays = set(standing_ids(services, file.agency, file.sha256)) - gone
        _make_parts(reader, services, file, wanted, old, why)
        made = [_stand(reader, services, file, pages, old, why) for pages in wanted]
        ids = _in_page_order(reader, services, {*stays, *made})
        whole = file.whole.row.record_id
        replaced = sorted({*gone, whole} - {*ids})
        for name in replaced:
            others = ids if name == whole else tuple(made)
            _supersede(reader, services, current(reader, services, name), others, why)
        for name in (*replaced, *ids):
            line_up(services, loaded(services, file.agency, name))
        settle_object(services, file.whole.row)
    return ids


def _file(reader: Reader, services: VersionServices, some: Current) -> _File:
    whole = current(reader, services, id_of(some.row.agency, some.row.sha256))
    words = json.loads(read_file(services, whole.row.agency, whole.manifest, _WORDS))
    return _File(whole, stored_pages(words, whole.record["pages"]), words)


def _in_page_order(reader: Reader, services: VersionServices, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: _first_page(reader, services, name)))


def _first_page(reader: Reader, services: VersionServices, name: str) -> int:
    return _pages_of(current(reader, services, name))[0]


def _supersede(
    reader: Reader, services: VersionServices, now: Current, others: Sequence[str], why: str
) -> None:
    if superseded_by(now.record) == tuple(others):
        return
    record: Record = {**now.record, "superseded_by": list(others)}
    details = {"by": list(others), "why": why}
    write_version(reader, services, now, Revision(record, [(Action.SUPERSEDED, details)]))


def _stand(
    reader: Reader, services: VersionServices, file: _File, pages: Range, old: Sequence[Current], why: str
) -> str:
    """The record of these pages, which is there, stands, if need be again after an earlier regrouping."""
    name = file.id_of(pages)
    known = services.records.record(name)
    if known is None or known.version < 1:
        line_up(services, loaded(services, file.agency, name))
    now = current(reader, services, name)
    if superseded_by(now.record):
        details = {"instead_of": [part.row.record_id for part in old], "why": why}
        record: Record = {**_keeping(now.record, old, pages), "superseded_by": []}
        write_version(reader, services, now, Revision(record, [(Action.RESTORED, details)]))
        line_up(services, loaded(services, file.agency, name))
    return name


def _make_parts(
    reader: Reader,
    services: PartServices,
    file: _File,
    wanted: Sequence[Range],
    old: Sequence[Current],
    why: str,
) -> None:
    """Version 1 of those parts that were never made: pages described and sealed as documents of their own."""
    new = [pages for pages in wanted if newest_manifest(services, file.agency, file.id_of(pages)) is None]
    if not new:
        return
    context = replace(context_of(services, file.agency, "", {}), agencies=learnt_agencies(services))
    originals = stored_originals(file.whole.record)
    prefix = record_prefix(file.agency, file.whole.row.record_id)
    keys = [prefix + original.path for original in originals]
    with services.store.fetch_all(services.policy.archive, keys) as paths:
        files_whole = {o.path: (path, o.entry) for o, path in zip(originals, paths, strict=True)}
        for pages in new:
            described = _described(context, file, pages, old, services.clock.now())
            with sources_of(services.viewer, originals, paths, pages) as sources:
                files = _part_files(reader, services, file, pages, described, sources, why)
            stored = files_whole if pages[0] == 1 else {}
            store_first_version(services, file.agency, file.id_of(pages), stored, files)


def _described(context: Context, file: _File, pages: Range, old: Sequence[Current], at: datetime) -> Record:
    """The part's record without its seal; what persons said of the document that begins it stays theirs."""
    read, whole, name = _read(file, pages), file.whole.record, file.id_of(pages)
    reading = Reading(read, tuple(map(read_signature, whole["signatures"])))
    found = describe(reading, context)
    holder = name if pages[0] == 1 else file.whole.row.record_id
    record = part_record(whole, name, pages, read, found, holder, at)
    return _keeping(record, old, pages)


def _keeping(record: Record, old: Sequence[Current], pages: Range) -> Record:
    """The record with what persons said of the one that began with the same page."""
    first = next((part for part in old if _pages_of(part)[0] == pages[0]), None)
    return keep_person_values(first.record, record) if first else record


def _read(file: _File, pages: Range) -> tuple[Page, ...]:
    return file.pages[pages[0] - 1 : pages[1]]


def _part_files(
    reader: Reader,
    services: PartServices,
    file: _File,
    pages: Range,
    described: Record,
    sources: Sequence[SourceFile],
    why: str,
) -> dict[str, bytes]:
    """All files of the part's version 1 but its manifest: its signed copy is made of ``sources``."""
    at, read = services.clock.now(), _read(file, pages)
    numbered = [replace(page, number=number) for number, page in enumerate(read, start=1)]
    subject, name = described["fields"].get("subject"), described["record_id"]
    title = subject["value"] if subject else None
    sealed, section = seal(
        *(services.sealer, services.agencies, file.agency, name, file.sha256, title, sources, numbered),
        services.clock,
    )
    record = with_seal(described, sealed, section)
    origin = {
        "whole": file.whole.row.record_id,
        "pages": list(pages),
        "sha256": file.sha256,
        "why": why,
    }
    events = part_history(reader, services.policy.settings_sha256, record, origin, sha256_hex(sealed.pdf), at)
    return first_files(record, sealed.pdf, read, file.words[pages[0] - 1 : pages[1]], events)
