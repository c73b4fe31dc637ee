"""Ids of objects, which give nothing away: what orchestration hands from task to task."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BATCH = 1000


def upgrade() -> None:
    """Give every object its id."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("objects", sa.Column("object_id", text, nullable=False, server_default=""))
    objects = sa.table("objects", *map(sa.column, ("key", "etag", "object_id")))
    named = sa.update(objects).where(
        objects.c.key == sa.bindparam("at_key"), objects.c.etag == sa.bindparam("at_etag")
    )
    connection = op.get_bind()
    waiting = sa.select(objects.c.key, objects.c.etag).where(objects.c.object_id == "").limit(_BATCH)
    while rows := connection.execute(waiting).all():
        connection.execute(
            named.values(object_id=sa.bindparam("id")),
            [{"at_key": key, "at_etag": etag, "id": _id(key, etag)} for key, etag in rows],
        )
    op.create_index("objects_object_id", "objects", ["object_id"])


def _id(key: str, etag: str) -> str:
    return hashlib.sha256(f"{key}\0{etag}".encode()).hexdigest()[:32]


def downgrade() -> None:
    """Ids are made of key and etag."""
    op.drop_index("objects_object_id", "objects")
    op.drop_column("objects", "object_id")
