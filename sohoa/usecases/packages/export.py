"""Export of records as bags, one at a time; a repeat goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.disposal import held_by
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.versions import FileEntry, entry_for, manifest_path, record_prefix
from sohoa.domain.errors import Corrupt, NotFound
from sohoa.domain.packages.elements import Fault
from sohoa.domain.packages.package import (
    RecordBag,
    bag_files,
)
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import Fetch, PackageWriter, RecordRow
from sohoa.usecases.archive.services import Claims, Registered
from sohoa.usecases.archive.standing import SUPERSEDED
from sohoa.usecases.archive.store import Loaded
from sohoa.usecases.archive.versions import claimed, visible
from sohoa.usecases.dossiers.lists import ListServices


class ExportServices(Registered, Claims, ListServices, Protocol):
    """The records with their hồ sơ and history."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one package: its name, whether it was there before, and why it was not written.

    ``faults`` are elements that are missing or too long, ``damage`` what is wrong with the stored files,
    ``on_hold`` the records of it that are on hold: a hold does not travel with a package.
    """

    subject: str
    folder: str = ""
    already: bool = False
    faults: tuple[Fault, ...] = ()
    damage: str = ""
    on_hold: tuple[str, ...] = ()


def export_bags(
    reader: Reader, services: ExportServices, writer: PackageWriter, agency: str, record_ids: Sequence[str]
) -> Iterator[Exported]:
    """A bag of each record named, or of all that the reader may see; withdrawn ones are left out.

    Raises ``NotAllowed`` for who is no archivist by name, ``NotFound`` for a record named in vain.
    """
    reader.decides(Right.PERSONAL)
    named = record_ids or (row.record_id for row in services.records.records(agency=agency))
    for record_id in named:
        try:
            package = _bag(reader, services, writer, *visible(reader, services, record_id))
        except NotFound:
            if record_ids:
                raise
            continue
        except Corrupt as error:
            package = Exported(record_id, damage=str(error))
        if package:
            yield package


def _bag(
    reader: Reader, services: ExportServices, writer: PackageWriter, row: RecordRow, newest: Loaded
) -> Exported | None:
    """The bag of the record; of a withdrawn one none, unless others stand for it: it holds the original."""
    if row.withdrawn and not row.withdrawn.startswith(SUPERSEDED):
        return None
    manifest, now = newest.manifest, services.clock.now()
    bag = RecordBag(
        row.agency,
        services.agencies.name(row.agency),
        row.record_id,
        manifest.version,
        field_values(newest.record).get("subject", ""),
        bag_files(manifest, _manifests(services, row.agency, row.record_id, manifest.version)),
        now,
    )
    return written(
        reader,
        services,
        (row,),
        Exported(row.record_id, bag.folder, already=writer.holds(bag.folder)),
        lambda: writer.write_bag(bag, fetcher(services, row.agency)),
    )


def _manifests(services: Registered, agency: str, record_id: str, version: int) -> dict[str, FileEntry]:
    """The manifests of all versions as they are stored; ``verify`` proves that they are linked."""
    paths = [manifest_path(number) for number in range(1, version + 1)]
    prefix = record_prefix(agency, record_id)
    return {path: entry_for(services.store.get(services.policy.archive, prefix + path)) for path in paths}


def fetcher(services: Registered, agency: str) -> Fetch:
    """What gives files of the agency's records to a writer."""

    def fetch(record_id: str, path: str) -> AbstractContextManager[Path]:
        return services.store.fetch(services.policy.archive, record_prefix(agency, record_id) + path)

    return fetch


def written(
    reader: Reader,
    services: ExportServices,
    rows: Sequence[RecordRow],
    package: Exported,
    write: Callable[[], None],
) -> Exported:
    """Note on each record that it leaves, then write; what is there is left as it is."""
    held = tuple(row.record_id for row in rows if held_by(services.events.events(row.record_id)))
    package = replace(package, on_hold=held)
    if package.already:
        return package
    for row in rows:
        with claimed(services, row):
            details = {"package": package.folder}
            services.events.append(row.record_id, reader.actor, Action.PACKED, details, services.clock.now())
    try:
        write()
    except Corrupt as error:
        return Exported(package.subject, damage=str(error))
    return package
