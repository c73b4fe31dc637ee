"""Index: the archive's projection for search; every entry is made from the archive alone."""

from __future__ import annotations

from collections.abc import Iterator

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.versions import Manifest
from sohoa.domain.errors import Unavailable
from sohoa.domain.protection.personal_data import masked_pages, masked_values
from sohoa.ports import IndexEntry, SearchIndex
from sohoa.usecases.archive.loaded import load_record, load_text
from sohoa.usecases.archive.store import PAGE_BREAK
from sohoa.usecases.services import Services


def entry_of(record: Record, body: str) -> IndexEntry:
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


def make_searchable(index: SearchIndex, entry: IndexEntry) -> None:
    """Make one record searchable; raises ``Unavailable`` when the index did not take it."""
    if entry.record_id not in index.add([entry]):
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
