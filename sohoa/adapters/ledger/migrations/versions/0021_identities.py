"""Accounts of people who sign in at another service, and the sign-ins that were begun there."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0014"


def upgrade() -> None:
    """Make the column and the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("accounts", sa.Column("identity", text))
    op.create_index("accounts_identity", "accounts", ["identity"], unique=True)
    op.create_table(
        "started_sign_ins",
        sa.Column("state_hash", text, primary_key=True),
        sa.Column("nonce", text, nullable=False),
        sa.Column("verifier", text, nullable=False),
        sa.Column("wanted", text, nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Nobody signs in elsewhere any more; their accounts have no password until one is given."""
    op.drop_table("started_sign_ins")
    op.drop_index("accounts_identity", "accounts")
    op.drop_column("accounts", "identity")
