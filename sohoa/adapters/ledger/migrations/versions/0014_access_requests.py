"""Requests to see restricted records."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "access_requests",
        sa.Column("request_id", text, primary_key=True),
        sa.Column("login", text, nullable=False),
        sa.Column("record_id", text, nullable=False),
        sa.Column("reason", text, nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("decided_by", text, nullable=False),
        sa.Column("decided_at", sa.String(32)),
        sa.Column("until", sa.String(32)),
    )
    op.create_index("access_requests_login", "access_requests", ["login", "until"])


def downgrade() -> None:
    """Nobody is granted a record any more."""
    op.drop_table("access_requests")
