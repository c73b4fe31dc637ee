"""When each record was last checked."""

import sqlalchemy as sa
from alembic import op

revision = "0021c"
down_revision = "0021b"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "fixity",
        sa.Column("record_id", text, primary_key=True),
        sa.Column("checked_at", sa.String(32), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
    )
    op.create_index("fixity_checked", "fixity", ["checked_at"])


def downgrade() -> None:
    """Nothing counts as checked."""
    op.drop_table("fixity")
