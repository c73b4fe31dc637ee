"""The queue of doubtful records and the assignments; what waits already comes into the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WAITING = """
    INSERT INTO reviews (record_id, agency, doubts, since)
    SELECT r.record_id, r.agency, MIN(o.reason), r.archived_at
    FROM objects o JOIN records r ON r.record_id = o.record_id
    WHERE o.state = 'needs_review' AND r.version >= 1 AND r.withdrawn = ''
    GROUP BY r.record_id, r.agency, r.archived_at
"""


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False)


def upgrade() -> None:
    """Make both tables and fill the queue."""
    op.create_table(
        "reviews",
        *map(_text, ("record_id", "agency", "doubts")),
        sa.Column("since", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index("reviews_agency", "reviews", ["agency", "record_id"])
    op.create_table(
        "assignments",
        *map(_text, ("record_id", "step", "person", "assigned_by")),
        sa.Column("assigned_at", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "step"),
    )
    op.create_index("assignments_person", "assignments", ["person", "record_id"])
    op.execute(_WAITING)


def downgrade() -> None:
    """The queue can be made again from the archive; assignments are kept in the events."""
    for table in ("assignments", "reviews"):
        op.drop_table(table)
