"""Export as tables of TT 02/2019 or NĐ 30: an agency's hồ sơ, and its documents; nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Corrupt, NotFound
from sohoa.domain.packages.elements import Element, Fault, Values
from sohoa.domain.packages.tables import (
    DOSSIERS,
    RECORDS,
    Rules,
    cells,
    dossier_row,
    record_row,
    row_faults,
    xml_pieces,
)
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import ListFiles, PackageWriter
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.dossiers.lists import list_dossiers
from sohoa.usecases.packages.export import Exported, ExportServices

Row = tuple[str, Values]


class TableForm(StrEnum):
    """What a table is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    XML = "xml"


class TableServices(ExportServices, Protocol):
    """The records with their hồ sơ, and what writes lists."""

    @property
    def list_files(self) -> ListFiles: ...


def export_tables(
    reader: Reader,
    services: TableServices,
    writer: PackageWriter,
    agency: str,
    rules: Rules,
    form: TableForm,
) -> Iterator[Exported]:
    """The table of the agency's hồ sơ, and that of its documents; one that does not fit is not written.

    A table that is there is written anew. Raises ``NotAllowed`` for who is no archivist by name, ``NotFound``
    for an agency that is not in the register.
    """
    reader.decides(Right.PERSONAL)
    if not services.agencies.knows(agency) or not reader.access.covers(agency):
        raise NotFound("agency", f"agency {agency!r} is not in the agency register")
    tables: tuple[tuple[str, str, Sequence[Element], Callable[[], Iterator[Row]]], ...] = (
        ("ho-so", "file", DOSSIERS[rules], lambda: _dossiers(reader, services, agency)),
        ("van-ban", "document", RECORDS[rules], lambda: _records(reader, services, agency)),
    )
    for title, element, columns, rows in tables:
        name = f"{agency}_{rules.value}_{title}.{form.value}"
        try:
            found = _written(services, writer, name, rules, form, element, columns, rows())
        except Corrupt as error:
            yield Exported(name, damage=str(error))
            continue
        if not found:
            details, now = {"package": name}, services.clock.now()
            services.events.append(f"packages:{agency}", reader.actor, Action.PACKED, details, now)
        yield Exported(name, "" if found else name, faults=found)


def _written(
    services: TableServices,
    writer: PackageWriter,
    name: str,
    rules: Rules,
    form: TableForm,
    element: str,
    columns: Sequence[Element],
    rows: Iterator[Row],
) -> tuple[Fault, ...]:
    """What does not fit; the file is there, whole, where all does."""
    wrong = list[Fault]()

    def fitting() -> Iterator[Values]:
        for where, values in rows:
            wrong.extend(row_faults(columns, values, where))
            yield values

    if form is TableForm.XML:
        pieces = xml_pieces(rules, element, columns, fitting())
    else:
        head = [column.name for column in columns]
        lines = (cells(columns, values) for values in fitting())
        pieces = services.list_files.pieces("csv" if form is TableForm.CSV else "xlsx", name, head, lines)
    writer.write_file(name, pieces, lambda: not wrong)
    return tuple(wrong)


def _dossiers(reader: Reader, services: TableServices, agency: str) -> Iterator[Row]:
    for dossier in list_dossiers(reader, services.dossiers, services.records, agency):
        yield dossier.code, dossier_row(dossier)


def _records(reader: Reader, services: TableServices, agency: str) -> Iterator[Row]:
    for row in services.records.records(agency=agency):
        if row.withdrawn:
            continue
        try:
            _, newest = visible(reader, services, row.record_id)
        except NotFound:
            continue
        member = next(iter(services.dossiers.of_record(row.record_id)), None)
        yield row.record_id, record_row(newest.record, member)
