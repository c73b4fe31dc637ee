"""Tables of one generation of the index, and how an entry is put in and taken out.

The full-text table keeps no text of its own: to take an entry out, its folds are made again from the
stored text. ``SCHEMA`` therefore changes whenever folding or projection changes; the index is then rebuilt.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from sohoa.adapters.sqlite_index.match import ALL, tag
from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.folding import fold_norm, fold_plain, indexable, words
from sohoa.domain.search.projection import (
    code_of,
    filter_terms,
    filter_values,
    header_of,
    issued_of,
    number_of,
    signer_of,
    typed_words,
    year_of,
)

SCHEMA = 4
WEIGHTS = "8.0, 2.0, 4.0, 1.0, 0.0"
_COLUMNS = "head_norm, head_plain, body_norm, body_plain, tags"
_DDL = f"""
CREATE TABLE records (
  row INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, issued TEXT NOT NULL, facet INTEGER NOT NULL,
  number INTEGER NOT NULL, dossier INTEGER NOT NULL, signer INTEGER NOT NULL,
  code TEXT NOT NULL, code_norm TEXT NOT NULL, code_plain TEXT NOT NULL
);
CREATE INDEX records_signer ON records (signer, facet);
CREATE TABLE dossiers (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
CREATE TABLE signers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, words TEXT NOT NULL);
CREATE INDEX records_code_norm ON records (code_norm);
CREATE INDEX records_code_plain ON records (code_plain);
CREATE TABLE facets (
  id INTEGER PRIMARY KEY, agency TEXT NOT NULL, mode TEXT NOT NULL, type_name TEXT NOT NULL,
  year TEXT NOT NULL, state TEXT NOT NULL, quality TEXT NOT NULL, signed TEXT NOT NULL,
  UNIQUE (agency, mode, type_name, year, state, quality, signed)
);
CREATE TABLE texts (
  row INTEGER PRIMARY KEY, fields TEXT NOT NULL, header TEXT NOT NULL, body TEXT NOT NULL, tags TEXT NOT NULL
);
CREATE TABLE gone (record_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5({_COLUMNS}, content='', tokenize='ascii');
PRAGMA user_version = {SCHEMA};
"""
_STORED = (
    *("issued", "number", "code", "code_norm", "code_plain", "agency", "mode", "type_name", "year"),
    *("state", "quality", "signed", "dossier", "signer", "fields", "header", "body", "tags"),
)
_FACET = ("agency", "mode", "type_name", "year", "state", "quality", "signed")
_SHOWN = {"code": "r.code", "dossier": "ifnull(d.code, '')", "signer": "ifnull(s.name, '')"}
_HELD = f"""SELECT {", ".join(_SHOWN.get(name, name) for name in _STORED)} FROM records r
LEFT JOIN facets f ON f.id = r.facet LEFT JOIN texts t ON t.row = r.row
LEFT JOIN dossiers d ON d.id = r.dossier LEFT JOIN signers s ON s.id = r.signer WHERE record_id = ?"""  # noqa: S608 (constant)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty generation."""
    connection.executescript(_DDL)


def put(connection: sqlite3.Connection, entries: Iterable[IndexEntry], *, live: bool) -> None:
    """Put entries in, within one transaction.

    Live entries replace older ones. The others come from a rebuild's slower reading of the archive: what
    was put in or taken out live since the rebuild began is newer, and stays.
    """
    for entry in entries:
        row = _row_of(connection, entry.record_id)
        if not live and (row is not None or _is_gone(connection, entry.record_id)):
            continue
        if row is not None:
            _delete(connection, row)
        connection.execute("DELETE FROM gone WHERE record_id = ?", (entry.record_id,))
        _insert(connection, entry)


def take_out(connection: sqlite3.Connection, record_ids: Iterable[str], *, remember: bool) -> None:
    """Take records out, within one transaction; ``remember`` keeps a running rebuild from adding them."""
    for record_id in record_ids:
        row = _row_of(connection, record_id)
        if row is not None:
            _delete(connection, row)
        if remember:
            connection.execute("INSERT OR IGNORE INTO gone VALUES (?)", (record_id,))


def _row_of(connection: sqlite3.Connection, record_id: str) -> int | None:
    found = connection.execute("SELECT row FROM records WHERE record_id = ?", (record_id,)).fetchone()
    return found[0] if found else None


def _is_gone(connection: sqlite3.Connection, record_id: str) -> bool:
    return connection.execute("SELECT 1 FROM gone WHERE record_id = ?", (record_id,)).fetchone() is not None


def _folds(header: str, body: str, tags: str) -> tuple[str, ...]:
    return fold_norm(header), fold_plain(header), fold_norm(body), fold_plain(body), tags


def _tags(entry: IndexEntry) -> str:
    found = {ALL: None}
    for name, value in filter_values(entry):
        marked, plain = filter_terms(name, value)
        if marked:
            found |= {tag(name, marked, True): None, tag(name, plain, False): None}
    return " ".join(found)


def wanted_of(entry: IndexEntry) -> dict[str, Any]:
    """The columns that an entry is stored in, beside the full-text table, by name."""
    code = " ".join(words(code_of(entry.fields)))
    year = year_of(entry.fields)
    return {
        "issued": issued_of(entry.fields),
        "number": number_of(entry.fields),
        "code": indexable(code_of(entry.fields)),
        "code_norm": code,
        "code_plain": fold_plain(code),
        "agency": entry.agency,
        "mode": entry.mode,
        "type_name": indexable(entry.fields.get("type_name", "")),
        "year": "" if year is None else str(year),
        "state": entry.state,
        "quality": entry.quality,
        "signed": entry.signed,
        "dossier": indexable(entry.dossier),
        "signer": signer_of(entry.fields),
        "fields": json.dumps(dict(entry.fields)),
        "header": header_of(entry.fields),
        "body": indexable(entry.body),
        "tags": _tags(entry),
    }


def held_of(connection: sqlite3.Connection, record_id: str) -> dict[str, Any] | None:
    """The columns that are stored of a record, as ``wanted_of`` names them; None where there are none."""
    found = connection.execute(_HELD, (record_id,)).fetchone()
    return dict(zip(_STORED, found, strict=True)) if found else None


def _insert(connection: sqlite3.Connection, entry: IndexEntry) -> None:
    wanted = wanted_of(entry)
    record = (
        *(entry.record_id, wanted["issued"], _facet(connection, wanted), wanted["number"]),
        *(_dossier(connection, wanted["dossier"]), _signer(connection, wanted["signer"])),
        *(wanted["code"], wanted["code_norm"], wanted["code_plain"]),
    )
    row = connection.execute("INSERT INTO records VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", record).lastrowid
    header, body, tags = wanted["header"], wanted["body"], wanted["tags"]
    connection.execute(
        "INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (row, wanted["fields"], header, body, tags)
    )
    connection.execute(
        f"INSERT INTO words (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 (constant names)
        (row, *_folds(header, body, tags)),
    )


def _facet(connection: sqlite3.Connection, wanted: Mapping[str, str]) -> int:
    """What hits are counted and allowed by, as one number: a search reads it of every hit."""
    values = tuple(wanted[name] for name in _FACET)
    connection.execute("INSERT OR IGNORE INTO facets VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", values)
    same = f"SELECT id FROM facets WHERE ({', '.join(_FACET)}) = (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 (constant)
    return int(connection.execute(same, values).fetchone()[0])


def _dossier(connection: sqlite3.Connection, code: str) -> int:
    """The number of a hồ sơ, 0 for none."""
    if not code:
        return 0
    connection.execute("INSERT OR IGNORE INTO dossiers VALUES (NULL, ?)", (code,))
    return int(connection.execute("SELECT id FROM dossiers WHERE code = ?", (code,)).fetchone()[0])


def _signer(connection: sqlite3.Connection, name: str) -> int:
    """The number of a signer's name, 0 for none."""
    if not name:
        return 0
    connection.execute("INSERT OR IGNORE INTO signers VALUES (NULL, ?, ?)", (name, typed_words(name)))
    return int(connection.execute("SELECT id FROM signers WHERE name = ?", (name,)).fetchone()[0])


def _delete(connection: sqlite3.Connection, row: int) -> None:
    stored = connection.execute("SELECT header, body, tags FROM texts WHERE row = ?", (row,)).fetchone()
    connection.execute(
        f"INSERT INTO words (words, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (row, *_folds(*stored)),
    )
    connection.execute("DELETE FROM texts WHERE row = ?", (row,))
    connection.execute("DELETE FROM records WHERE row = ?", (row,))
