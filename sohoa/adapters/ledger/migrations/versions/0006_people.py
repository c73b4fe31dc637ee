"""Accounts of the people who sign in, and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make both tables."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "accounts",
        sa.Column("login", text, primary_key=True),
        sa.Column("name", text, nullable=False),
        sa.Column("roles", text, nullable=False),
        sa.Column("agencies", text),
        sa.Column("modes", text, nullable=False),
        sa.Column("password_hash", text, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("password_until", sa.String(32)),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.String(32)),
    )
    op.create_index("accounts_name", "accounts", ["name"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("token_hash", text, primary_key=True),
        sa.Column("login", text, nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
    )
    op.create_index("sessions_login", "sessions", ["login"])


def downgrade() -> None:
    """Nobody signs in any more."""
    op.drop_table("sessions")
    op.drop_table("accounts")
