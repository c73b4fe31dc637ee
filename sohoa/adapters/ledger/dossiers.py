"""Dossiers (hồ sơ) and which records are in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.paging import batches, paged
from sohoa.adapters.ledger.tables import FILE_MEMBERS as MEMBERS
from sohoa.adapters.ledger.tables import FILES
from sohoa.domain.archive.event_chain import canonical_json
from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import DossierEntry, DossierMember
from sohoa.ports import Entered

_FILE = select(*(FILES.c[name] for name in ("agency", "code", "file_values", "source")))
_MEMBER = select(
    *(MEMBERS.c[name] for name in ("agency", "code", "record_id", "ordinal", "method", "issued_date"))
)


class SqlDossiers:
    """The ``Dossiers`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, entries: Sequence[DossierEntry], at: datetime) -> Entered:
        """Store the dossiers, all or none; a known one is replaced where the list says something else."""
        new = changed = 0
        with self._database.writing() as connection:
            for batch in batches(entries):
                codes = FILES.c.code.in_([entry.code for entry in batch])
                rows = connection.execute(_FILE.where(codes))
                known = {(row.agency, row.code): row.file_values for row in rows}
                for entry in batch:
                    values = canonical_json(dict(entry.values))
                    before = known.get((entry.agency, entry.code))
                    if before == values:
                        continue
                    new, changed = new + (before is None), changed + (before is not None)
                    row = {"agency": entry.agency, "code": entry.code, "file_values": values}
                    self._database.upsert(FILES, connection, row | {"source": entry.source, "entered_at": at})
        return Entered(new, changed, len(entries) - new - changed)

    def listed(self, *, agency: str = "", code: str = "") -> Iterator[DossierEntry]:
        """Dossiers of the lists, sorted by agency and code; of one agency or one code if wanted."""
        query = _FILE.where(FILES.c.agency == agency) if agency else _FILE
        query = query.where(FILES.c.code == code) if code else query
        return map(_file, paged(self._database, query, FILES.c.agency, FILES.c.code))

    def members(self, *, agency: str = "", code: str = "") -> Iterator[DossierMember]:
        """Records in dossiers, sorted by agency, code and record; of one agency or one code if wanted."""
        query = _MEMBER.where(MEMBERS.c.agency == agency) if agency else _MEMBER
        query = query.where(MEMBERS.c.code == code) if code else query
        order = MEMBERS.c.agency, MEMBERS.c.code, MEMBERS.c.record_id
        return map(_member, paged(self._database, query, *order))

    def of_record(self, record_id: str) -> Sequence[DossierMember]:
        """The dossiers that a record is in."""
        query = _MEMBER.where(MEMBERS.c.record_id == record_id).order_by(MEMBERS.c.agency, MEMBERS.c.code)
        with self._database.reading() as connection:
            return [_member(row) for row in connection.execute(query)]

    def belongs(self, record_id: str, members: Sequence[DossierMember]) -> None:
        """From now on the record is in exactly these dossiers."""
        rows = [
            {
                "agency": member.agency,
                "code": member.code,
                "record_id": record_id,
                "ordinal": member.ordinal,
                "method": str(member.method),
                "issued_date": member.issued_date,
            }
            for member in members
        ]
        with self._database.writing() as connection:
            connection.execute(delete(MEMBERS).where(MEMBERS.c.record_id == record_id))
            if rows:
                connection.execute(insert(MEMBERS), rows)


def _file(row: Row[Any]) -> DossierEntry:
    return DossierEntry(row.agency, row.code, json.loads(row.file_values), row.source)


def _member(row: Row[Any]) -> DossierMember:
    method = Method(row.method)
    return DossierMember(row.agency, row.code, row.record_id, row.ordinal, method, row.issued_date)
