"""Leases of workers on a server."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; embedded it stays empty."""
    owner = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "workers",
        sa.Column("owner", owner, primary_key=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Claims live by their process again."""
    op.drop_table("workers")
