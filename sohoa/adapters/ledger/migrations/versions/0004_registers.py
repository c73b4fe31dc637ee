"""Registers of outgoing and incoming documents; files of records."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _texts(*names: str) -> list[sa.Column[str]]:
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return [sa.Column(name, text, nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "register_entries",
        *_texts("agency", "direction", "identity", "number", "issued_date", "entry_values", "source"),
        sa.Column("entered_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("agency", "direction", "identity"),
    )
    op.create_index("register_entries_number", "register_entries", ["agency", "number"])
    op.create_index("register_entries_day", "register_entries", ["agency", "issued_date"])
    op.create_table(
        "files",
        *_texts("agency", "code", "file_values", "source"),
        sa.Column("entered_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("agency", "code"),
    )
    op.create_table(
        "file_members",
        *_texts("agency", "code", "record_id"),
        sa.Column("ordinal", sa.Integer()),
        *_texts("method", "issued_date"),
        sa.PrimaryKeyConstraint("agency", "code", "record_id"),
    )
    op.create_index("file_members_record", "file_members", ["record_id"])


def downgrade() -> None:
    """No register is evidence, no record is in a file any more; the lists are with the agencies."""
    for table in ("file_members", "files", "register_entries"):
        op.drop_table(table)
