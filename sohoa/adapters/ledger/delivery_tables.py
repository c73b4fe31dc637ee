"""The table of deliveries: how the snapshot of a day stands with each receiver."""

from __future__ import annotations

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table

from sohoa.adapters.ledger.columns import METADATA, UtcTime, text_column

DISPATCHES = Table(
    "dispatches",
    METADATA,
    Column("delivery", text_column(), nullable=False),
    Column("day", text_column(), nullable=False),
    Column("sha256", text_column(), nullable=False),
    Column("standing", text_column(), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("detail", text_column(), nullable=False),
    Column("next_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("claimed_by", text_column()),
    PrimaryKeyConstraint("delivery", "day"),
)
