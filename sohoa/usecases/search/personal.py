"""Who sees personal data: an archivist by name, noted on the record; everybody else sees the mask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import cast

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import masked_values
from sohoa.domain.search.entry import entry_of
from sohoa.domain.search.folding import indexable
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import found_phrases
from sohoa.domain.search.snippets import highlights
from sohoa.ports import Event, SearchHit
from sohoa.usecases.archive.store import load, load_text
from sohoa.usecases.archive.versions import claimed
from sohoa.usecases.search.services import ShownServices

_READ_FROM_PAPER = ("fields", "documents", "pages", "decisions", "signatures", "findings")


def masked_record(record: Record, codes: PersonalCodes, to_decide: Collection[str] = ()) -> Record:
    """``record.json``, or a like answer, with what was read from the paper, and said by persons, masked.

    Fields that somebody has to decide on, by name, are left as they are.
    """
    masked = cast(
        "Record",
        {
            name: masked_values(value, codes) if name in _READ_FROM_PAPER else value
            for name, value in record.items()
        },
    )
    clear = {name: field for name, field in record["fields"].items() if name in to_decide}
    return {**masked, "fields": {**masked["fields"], **clear}}


def masked_event(event: Event, codes: PersonalCodes) -> Event:
    """The event with its details masked; its hash stays that of the details as they are."""
    return replace(event, details=masked_values(event.details, codes))


def unmasked(reader: Reader, services: ShownServices, query: Query, hit: SearchHit) -> SearchHit:
    """The hit with passages and fields as printed, made of the archive; noted on the record before."""
    row = services.records.record(hit.record_id)
    newest = load(services, row.agency, hit.record_id) if row else None
    if row is None or newest is None:
        return hit
    text = load_text(services, row.agency, newest.manifest)
    fields, entry = field_values(newest.record), entry_of(newest.record, text, services.codes)
    if entry.body == text and entry.fields == fields:
        return hit
    note_shown(reader, services, hit.record_id, "search")
    phrases = tuple(dict.fromkeys(found_phrases(query.tree)))
    return replace(hit, fields=fields, highlights=highlights(fields, indexable(text), phrases))


def note_shown(
    reader: Reader, services: ShownServices, record_id: str, where: str, purpose: str = ""
) -> None:
    """Write on the record that its personal data is shown to the person who acts, and what for.

    Raises ``Unavailable`` while somebody else is working on the record: nothing is shown that is not noted.
    """
    row = services.records.record(record_id)
    if row is not None:
        told = {"where": where} | ({"purpose": purpose} if purpose else {})
        with claimed(services, row):
            services.events.append(
                record_id, reader.actor, Action.PERSONAL_DATA_SHOWN, told, services.clock.now()
            )
