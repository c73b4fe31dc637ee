"""Tables of coverage: declared holdings, spans of records and objects, counted cells, snapshots.

A span is how long a record or object was as its row says; ``ended`` is empty while it still is, the moment of
the end is no part of it. ``year`` 0 stands for an unknown one. Triggers of the database write the spans of
objects (migration 0012b).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from sohoa.adapters.ledger.columns import METADATA, UtcTime, text_column

HOLDINGS = Table(
    "holdings",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("agency", text_column(), nullable=False),
    Column("fonds", text_column(), nullable=False),
    Column("year", Integer),
    Column("unit", text_column(), nullable=False),
    Column("retention", text_column(), nullable=False),
    Column("kind", text_column(), nullable=False),
    Column("held", text_column(), nullable=False),
    Column("low", text_column()),
    Column("high", text_column()),
    Column("source", text_column(), nullable=False),
    Column("as_of", text_column(), nullable=False),
    Column("valid_to", text_column()),
    Column("place", text_column(), nullable=False),
    Column("counts_from", text_column(), nullable=False),
    Column("declared_by", text_column(), nullable=False),
    Column("declared_at", UtcTime, nullable=False),
    Index("holdings_agency", "agency", "number"),
)

QUALITY = ("known", "originals", "read_low", "read_fair", "read_good", "read_best", "percents")
"""How many records of a cell are known by quality, in which class, and the sum of their confidences."""
FACTS = ("searchable", "signed", "complete", "draft")

RECORD_SPANS = Table(
    "record_spans",
    METADATA,
    Column("record_id", text_column(), nullable=False),
    Column("agency", text_column(), nullable=False),
    Column("year", Integer, nullable=False),
    *(Column(name, Boolean, nullable=False) for name in FACTS),
    Column("sheets", Integer, nullable=False),
    Column("confidence", Integer),
    Column("originally_signed", Boolean),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Index("record_spans_record", "record_id", "ended"),
    Index("record_spans_cell", "agency", "year", "ended"),
    Index("record_spans_started", "started"),
    Index("record_spans_ended", "ended"),
)

OBJECT_SPANS = Table(
    "object_spans",
    METADATA,
    Column("key", text_column(), nullable=False),
    Column("etag", text_column(), nullable=False),
    Column("agency", text_column(), nullable=False),
    Column("state", text_column(), nullable=False),
    Column("reason", text_column(), nullable=False),
    Column("replaced", Boolean, nullable=False),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime),
    Index("object_spans_key", "key", "etag", "ended"),
)

CELLS = Table(
    "coverage_cells",
    METADATA,
    Column("agency", text_column(), nullable=False),
    Column("year", Integer, nullable=False),
    *(Column(name, Boolean, nullable=False) for name in FACTS),
    Column("records", BigInteger, nullable=False),
    Column("sheets", BigInteger, nullable=False),
    *(Column(name, BigInteger, nullable=False, server_default="0") for name in QUALITY),
    PrimaryKeyConstraint("agency", "year", *FACTS),
)

TOUCHED = Table(
    "coverage_touched",
    METADATA,
    Column("agency", text_column(), nullable=False),
    Column("year", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("agency", "year"),
)

SNAPSHOTS = Table(
    "coverage_snapshots",
    METADATA,
    Column("day", text_column(), primary_key=True),
    Column("data", text_column(), nullable=False),
    Column("sha256", text_column(), nullable=False),
    Column("made_at", UtcTime, nullable=False),
)
