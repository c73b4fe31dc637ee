"""Questions that people keep."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "saved_queries",
        sa.Column("login", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("question", text, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("login", "name"),
    )


def downgrade() -> None:
    """Nothing is kept."""
    op.drop_table("saved_queries")
