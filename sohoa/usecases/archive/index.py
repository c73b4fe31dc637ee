"""Index: the archive's projection for search; every entry is made from the archive alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.versions import Manifest, version_of
from sohoa.domain.errors import Unavailable
from sohoa.domain.protection.personal_data import masked_pages, masked_values
from sohoa.ports import IndexEntry
from sohoa.usecases.archive.store import read_file
from sohoa.usecases.services import Services

PAGE_BREAK = "\n\f\n"


def text_path(manifest: Manifest) -> str:
    """The current body text of a record."""
    return _newest(manifest, "/text/body.txt")


def record_path(manifest: Manifest) -> str:
    """The current ``record.json`` of a record."""
    return _newest(manifest, "/record.json")


def events_path(manifest: Manifest) -> str:
    """The whole history of a record up to its newest version."""
    return _newest(manifest, "/events.jsonl")


def load_record(services: Services, agency: str, manifest: Manifest) -> dict[str, Any]:
    """The current ``record.json``; raises ``Corrupt``."""
    loaded: dict[str, Any] = json.loads(read_file(services, agency, manifest, record_path(manifest)))
    return loaded


def _newest(manifest: Manifest, ending: str) -> str:
    return max((path for path in manifest.files if path.endswith(ending)), key=version_of)


def entry_of(record: Mapping[str, Any], body: str) -> IndexEntry:
    """What the index holds of a record: no engine is ever given the personal data in it."""
    pages = body.split(PAGE_BREAK)
    numbers = [page["number"] for page in record["pages"]]
    known = record.get("personal", ()) if len(pages) == len(numbers) else ()
    shown = PAGE_BREAK.join(masked_pages(pages, numbers, known))
    fields = masked_values(field_values(record))
    return IndexEntry(record["record_id"], record["agency"], record["mode"], fields, shown)


def load_entry(services: Services, agency: str, manifest: Manifest) -> IndexEntry:
    """The index entry of an archived record, from the archive alone."""
    return entry_of(load_record(services, agency, manifest), load_text(services, agency, manifest))


def load_text(services: Services, agency: str, manifest: Manifest) -> str:
    """The current text of a record as printed, its pages apart by ``PAGE_BREAK``; raises ``Corrupt``."""
    return read_file(services, agency, manifest, text_path(manifest)).decode()


def index(services: Services, entry: IndexEntry) -> None:
    """Make one record searchable; raises ``Unavailable`` when the index did not take it."""
    if entry.record_id not in services.index.add([entry]):
        raise Unavailable(f"the search index did not take record {entry.record_id}; the next run repeats it")


def archived_ids(services: Services) -> Iterator[tuple[str, str]]:
    """(agency, record id) of every folder in the archive bucket, in order; streaming."""
    last = ("", "")
    for info in services.store.list(services.policy.archive):
        agency, _, rest = info.key.partition("/")
        current = (agency, rest.partition("/")[0])
        if current != last:
            yield current
            last = current
