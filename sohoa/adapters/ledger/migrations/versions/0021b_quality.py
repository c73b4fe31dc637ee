"""How well records were read, whether their originals were signed; spans by when they began and ended."""

import sqlalchemy as sa
from alembic import op

revision = "0021b"
down_revision = "0021"

_SUMS = ("known", "originals", "read_low", "read_fair", "read_good", "read_best", "percents")


def upgrade() -> None:
    """Add the columns; of records that are there nothing is known until they are next saved."""
    for table in ("records", "record_spans"):
        op.add_column(table, sa.Column("confidence", sa.Integer))
        op.add_column(table, sa.Column("originally_signed", sa.Boolean))
    for name in _SUMS:
        op.add_column("coverage_cells", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("record_spans_started", "record_spans", ["started"])
    op.create_index("record_spans_ended", "record_spans", ["ended"])


def downgrade() -> None:
    """Records are counted by their stages alone."""
    op.drop_index("record_spans_ended", "record_spans")
    op.drop_index("record_spans_started", "record_spans")
    for name in _SUMS:
        op.drop_column("coverage_cells", name)
    for table in ("record_spans", "records"):
        op.drop_column(table, "originally_signed")
        op.drop_column(table, "confidence")
