"""Second factors of accounts, and rights that wait for a second person's word."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012b"


def upgrade() -> None:
    """Add the columns; nobody has a second factor, nothing waits."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("accounts", sa.Column("totp_secret", text, nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("totp_step", sa.Integer, nullable=False, server_default="0"))
    op.add_column("accounts", sa.Column("waiting", text))


def downgrade() -> None:
    """Passwords alone open accounts again."""
    for name in ("waiting", "totp_step", "totp_secret"):
        op.drop_column("accounts", name)
