"""Registers of outgoing and incoming documents."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    names = ("agency", "direction", "identity", "number", "issued_date", "entry_values", "source")
    op.create_table(
        "register_entries",
        *(sa.Column(name, text, nullable=False) for name in names),
        sa.Column("entered_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("agency", "direction", "identity"),
    )
    op.create_index("register_entries_number", "register_entries", ["agency", "number"])
    op.create_index("register_entries_day", "register_entries", ["agency", "issued_date"])


def downgrade() -> None:
    """No register is evidence any more; the files that were imported are with the agencies."""
    op.drop_table("register_entries")
