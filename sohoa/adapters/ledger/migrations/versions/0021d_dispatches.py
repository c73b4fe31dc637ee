"""Deliveries of snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0021d"
down_revision = "0021c"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "dispatches",
        sa.Column("delivery", text, primary_key=True),
        sa.Column("day", text, primary_key=True),
        sa.Column("sha256", text, nullable=False),
        sa.Column("standing", text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("detail", text, nullable=False),
        sa.Column("next_at", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("claimed_by", text),
    )


def downgrade() -> None:
    """Nobody knows any more what was delivered."""
    op.drop_table("dispatches")
