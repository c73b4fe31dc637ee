"""Objects of the inbox, records, events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _time(name: str, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "objects",
        _text("key"),
        _text("etag"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        *map(_text, ("state", "reason", "detail", "sha256", "record_id")),
        *map(_number, ("pages", "attempts")),
        _flag("replaced"),
        _text("removed_by"),
        _time("updated_at"),
        _text("claimed_by", nullable=True),
        sa.PrimaryKeyConstraint("key", "etag"),
    )
    op.create_index("objects_sha256", "objects", ["sha256"])
    op.create_index("objects_record_id", "objects", ["record_id"])
    op.create_index("objects_state", "objects", ["state", "key"])
    op.create_index("objects_claimed_by", "objects", ["claimed_by"])
    op.create_table(
        "records",
        *map(_text, ("record_id", "agency", "sha256", "holder_key", "holder_etag")),
        _number("version"),
        _number("year", nullable=True),
        *map(_number, ("pages", "sheets_a4")),
        *map(_flag, ("searchable", "signed", "complete", "draft")),
        *map(_text, ("code", "manifest_sha256", "withdrawn")),
        _time("archived_at"),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index("records_number", "records", ["agency", "year", "code"])
    op.create_table(
        "events",
        _text("subject"),
        _number("position"),
        _time("at", nullable=False),
        *map(_text, ("actor", "action", "details", "previous", "hash")),
        sa.PrimaryKeyConstraint("subject", "position"),
    )


def downgrade() -> None:
    """The first revision has nothing before it: an empty ledger."""
    for table in ("events", "records", "objects"):
        op.drop_table(table)
