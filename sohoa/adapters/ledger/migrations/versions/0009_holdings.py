"""Declared holdings: each declaration in its order."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "holdings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("agency", text, nullable=False),
        sa.Column("fonds", text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("unit", text, nullable=False),
        sa.Column("retention", text, nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("held", text, nullable=False),
        sa.Column("low", text),
        sa.Column("high", text),
        sa.Column("source", text, nullable=False),
        sa.Column("as_of", text, nullable=False),
        sa.Column("valid_to", text),
        sa.Column("place", text, nullable=False),
        sa.Column("counts_from", text, nullable=False),
        sa.Column("declared_by", text, nullable=False),
        sa.Column("declared_at", sa.String(32), nullable=False),
    )
    op.create_index("holdings_agency", "holdings", ["agency", "number"])


def downgrade() -> None:
    """Nothing is declared any more."""
    op.drop_table("holdings")
