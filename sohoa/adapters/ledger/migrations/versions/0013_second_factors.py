"""Second factors of accounts, rights that wait for a second person's word, events by time and person."""

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
    op.create_index("events_at", "events", ["at"])
    op.create_index("events_actor", "events", ["actor", "at"])


def downgrade() -> None:
    """Passwords alone open accounts again."""
    op.drop_index("events_actor", "events")
    op.drop_index("events_at", "events")
    for name in ("waiting", "totp_step", "totp_secret"):
        op.drop_column("accounts", name)
