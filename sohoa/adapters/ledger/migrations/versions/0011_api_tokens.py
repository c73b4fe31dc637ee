"""Tokens of the API."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "api_tokens",
        sa.Column("sha256", text, primary_key=True),
        sa.Column("login", text, nullable=False),
        sa.Column("scopes", text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Nobody asks by a token any more."""
    op.drop_table("api_tokens")
